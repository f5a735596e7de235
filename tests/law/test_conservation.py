"""The retention cases R1 to R5 of the law's specification, section 12."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.law import conservation as keep


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        # R1: ended at 24 years and 6 months, goes at 25. R2: ended at 15, goes at 18.
        (keep.group_limit(date(2025, 7, 1), date(2001, 1, 1)), date(2026, 1, 1)),
        (keep.group_limit(date(2026, 3, 1), date(2011, 3, 1)), date(2029, 3, 1)),
        # R3: a warning of 10 October; and the two sides of the school year's end.
        (keep.absence_limit(date(2026, 10, 10)), date(2027, 8, 31)),
        (keep.absence_limit(date(2026, 8, 31)), date(2026, 8, 31)),
        (keep.absence_limit(date(2026, 9, 1)), date(2027, 8, 31)),
        # R4.
        (keep.moved_limit(date(2026, 5, 4)), date(2026, 5, 4)),
        # R5: the guardian's letter restarts the clock.
        (keep.support_limit(date(2024, 3, 1)), date(2026, 3, 1)),
        (keep.support_limit(date(2026, 2, 1)), date(2028, 2, 1)),
        (keep.support_limit(date(2024, 2, 29)), date(2026, 2, 28)),
    ],
)
def test_each_case_of_section_12(found: date, expected: date) -> None:
    assert found == expected
