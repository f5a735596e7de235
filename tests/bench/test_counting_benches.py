"""The benches that count a year of notes run on any size, and say what they promised."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import pytest

from maillage.bench import diagnosis, evaluation, throwaway
from tests.migrated import migrate


@pytest.fixture(autouse=True)
def _migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare each measure on SQLite its migrations: they are not what is measured."""
    if "DATABASE_URL" not in os.environ:
        monkeypatch.setattr(throwaway, "_migrate", lambda env: migrate(Path(env["MAILLAGE_DATA"]), env))


@pytest.mark.parametrize(
    ("bench", "first"),
    [(diagnosis, "first_month_s"), (evaluation, "first_draft_s")],
    ids=["diagnosis", "evaluation"],
)
def test_a_small_year_is_measured_beside_the_yardstick(bench: ModuleType, first: str) -> None:
    result = bench.run((300,))
    (one,) = result["sizes"]
    assert one["notes"] == 300
    assert all(one[name] > 0 for name in (first, "peak_mb", "duckdb_s"))
    said = bench.lines({"sizes": [one | {first: 0.5}, one | {first: 1.5, "notes": 3000}]})
    assert ["tenu" in said[0], "non tenu" in said[0], "non tenu" in said[1]] == [True, False, True]
    assert said[2] == "10 fois plus de notes : 1.0 fois plus de temps."
