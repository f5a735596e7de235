"""The demo's one who leaves and one who begins: the 30th, then the 1st, whatever the day."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.demo.turnover import first_day, last_day


@pytest.mark.parametrize(
    ("today", "last", "first"),
    [
        (date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 11, 26), date(2026, 12, 30), date(2027, 1, 1)),
        (date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 1)),
        (date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 1)),
        (date(2026, 12, 31), date(2027, 1, 30), date(2027, 2, 1)),
    ],
)
def test_the_thirtieth_then_the_first(today: date, last: date, first: date) -> None:
    assert (last_day(today), first_day(last)) == (last, first)
