"""The six cities' year: invented persons on the study's real services, from a seed."""
