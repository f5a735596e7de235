"""The shared diagnosis: a map, a calendar, a story by two; editions for who decides."""
