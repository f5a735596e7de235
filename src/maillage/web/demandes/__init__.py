"""Requests about a place: from a town hall, a relay or a bailleur; answered in one gesture, with passages."""
