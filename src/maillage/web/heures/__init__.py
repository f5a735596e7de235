"""The hours of the parents relais."""
