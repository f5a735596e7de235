"""Measurements: each module offers NAME, run() and lines(result)."""
