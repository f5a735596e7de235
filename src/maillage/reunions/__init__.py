"""Meetings that prepare themselves, their minutes and decisions."""
