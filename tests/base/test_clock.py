"""The product's clock: real time, unless a demo moves it."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from maillage.base import clock

SECOND = timedelta(seconds=5)


def _near(moment: datetime, expected: datetime) -> bool:
    return abs(moment - expected) < SECOND


def test_outside_a_demo_nothing_moves_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "clock").write_text("2020-01-01T00:00")
    monkeypatch.setenv("MAILLAGE_CLOCK", "2020-01-01")
    with override_settings(MAILLAGE_DEMO=False, MAILLAGE_DATA_DIR=tmp_path):
        assert _near(clock.now(), datetime.now(clock.PARIS))


def test_a_demo_starts_at_the_asked_time_which_then_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_CLOCK", "2026-03-12T19:30")
    monkeypatch.setattr(clock, "_started", datetime.now(clock.PARIS) - timedelta(hours=1))
    with override_settings(MAILLAGE_DEMO=True, MAILLAGE_DATA_DIR=tmp_path):
        assert _near(clock.now(), datetime(2026, 3, 12, 20, 30, tzinfo=clock.PARIS))


def test_the_clock_file_moves_a_serving_demo(tmp_path: Path) -> None:
    with override_settings(MAILLAGE_DEMO=True, MAILLAGE_DATA_DIR=tmp_path):
        file = tmp_path / "clock"
        file.write_text("2027-01-15T08:00\n")
        assert _near(clock.now(), datetime(2027, 1, 15, 8, 0, tzinfo=clock.PARIS))
        file.write_text("2027-02-15T08:00:00\n")
        hour_ago = file.stat().st_mtime - 3600
        os.utime(file, (hour_ago, hour_ago))
        assert _near(clock.now(), datetime(2027, 2, 15, 9, 0, tzinfo=clock.PARIS))


def test_an_absurd_or_half_written_clock_file_moves_nothing(tmp_path: Path) -> None:
    with override_settings(MAILLAGE_DEMO=True, MAILLAGE_DATA_DIR=tmp_path):
        file = tmp_path / "clock"
        file.write_text("2027-01-15T08:00\n")
        before = clock.now()
        for absurd in ("", "demain", "2027-13-45"):
            file.write_text(absurd)
            assert _near(clock.now(), before)


def test_paris_is_assumed_without_an_offset() -> None:
    assert clock.parse_moment("2026-07-01T10:00").utcoffset() == timedelta(hours=2)
