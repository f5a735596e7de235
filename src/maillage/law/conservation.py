"""How long each thing may be kept (law, section 12), as pure functions of dates.

The first two are for data that is never stored here, and serve whoever must answer about it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

SUPPORT_YEARS = 2
EXCHANGE_YEARS = 6
PAY_YEARS = 3
GROUP_YEARS = 3
GROUP_AGE = 25
# The school year ends on the last day of August.
SCHOOL_END = (8, 31)


def group_limit(fin: date, naissance: date) -> date:
    """Return when the follow-up of a CLSPD group goes: three years after it ended, never past 25.

    Source: CNIL 2014-262, article 5.
    """
    return min(years_after(fin, GROUP_YEARS), years_after(naissance, GROUP_AGE))


def absence_limit(le: date) -> date:
    """Return when a warning for absence goes: at the end of its school year (C. éduc. R. 131-10-4)."""
    month, day = SCHOOL_END
    year = le.year if (le.month, le.day) <= SCHOOL_END else le.year + 1
    return date(year, month, day)


def moved_limit(depart: date) -> date:
    """Return when the mayor's file of a family that leaves the commune goes: the same day."""
    return depart


def support_limit(dernier_contact: date) -> date:
    """Return when a support goes: two years after the last contact by the person or who represents them.

    Source: CNIL, 20 January 2022 (recommended).
    """
    return years_after(dernier_contact, SUPPORT_YEARS)


def pay_limit(jour: date) -> date:
    """Return when hours written for pay go: three years after the day worked.

    Source: C. trav. L. 3245-1 (how long a wage may be claimed).
    """
    return years_after(jour, PAY_YEARS)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later (earlier when negative); 29 February becomes the 28th."""
    return months_after(day, 12 * years)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later (earlier when negative), or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
