"""Days as French writes them: « 1er janvier », where Django writes « 1 janvier »."""

from __future__ import annotations

from datetime import date, datetime

from django.template import defaultfilters


def french_date(value: date | datetime | str | None, form: str | None = None) -> str:
    """Write a day, a moment or an hour in Django's `form`; nothing for what is no day."""
    written = str(defaultfilters.date(value, form))
    if form and "j F" in form and getattr(value, "day", 0) == 1:
        return written.replace("1 ", "1er ", 1)
    return written
