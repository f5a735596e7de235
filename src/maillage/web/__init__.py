"""The screens: one folder per area, and what they all share."""
