"""Orientations that owe an answer, and their two faces."""
