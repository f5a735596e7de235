"""Accompagnements of a prevention service: under pseudonym, freely agreed to, one référent."""
