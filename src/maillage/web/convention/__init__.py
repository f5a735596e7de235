"""The convention's workshop, its signatures, and the charters."""
