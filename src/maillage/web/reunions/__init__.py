"""Meetings: what comes, what it will speak of, what was decided; calendars and shared hours."""
