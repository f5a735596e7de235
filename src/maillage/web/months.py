"""Months as an address says them."""

from __future__ import annotations

from datetime import date

from maillage.base import clock

# Before, there is nothing to count; the first years of the calendar have no moment in UTC.
OLDEST = date(2000, 1, 1)


def month_of(text: str) -> date:
    """Return the first day of `AAAA-MM`; anything else, too old or still to come, is the present month."""
    present = clock.today().replace(day=1)
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return present
    return asked if OLDEST <= asked <= present else present
