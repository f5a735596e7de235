"""Shared diagnosis: what both trades see of places, with nobody recognisable."""
