"""Days as French writes them, in code and in every template."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from maillage.base.days import french_date

FIRST, LAST = date(2027, 1, 1), date(2027, 1, 31)


@pytest.mark.parametrize(
    ("day", "form", "said"),
    [
        (FIRST, "j F Y", "1er janvier 2027"),
        (FIRST, "l j F", "vendredi 1er janvier"),
        (LAST, "j F Y", "31 janvier 2027"),
        (FIRST, "d/m/Y", "01/01/2027"),
        (None, "j F", ""),
    ],
)
def test_the_first_of_a_month_is_1er(day: date | None, form: str, said: str) -> None:
    assert french_date(day, form) == said
    assert Template("{{ day|date:form }}").render(Context({"day": day, "form": form})) == said


def test_a_moment_is_a_day_of_paris() -> None:
    night = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert Template('{{ le|date:"j F, H:i" }}').render(Context({"le": night})) == "1er janvier, 00:30"
