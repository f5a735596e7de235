"""The yearly evaluation by the actors concerned: teams first, then directions, then the others."""
