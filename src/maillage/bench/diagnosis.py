"""How long a diagnosis takes to count its months, beside the same count in DuckDB over Parquet.

Runs on a throw-away installation of an invented partnership: SQLite, or PostgreSQL when DATABASE_URL is
set. Promise: the first month counted in a second at most at a million notes, time growing no faster than
notes, memory bounded by one month.
"""

from __future__ import annotations

import json
import tempfile
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from maillage.bench.field import MONTHS, duckdb_seconds, write_field
from maillage.bench.throwaway import on_either_database, run_there

NAME = "diagnosis"
SIZES, PROMISED_S = (100_000, 1_000_000), 1.0
PROGRAM = "from maillage.bench.diagnosis import measure; measure({size})"
YARDSTICK = """
    SELECT service_id, {column}, count(*) FROM '{{file}}'
    WHERE jour >= DATE '{first}' AND jour < DATE '{last}' GROUP BY ALL
"""


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Seconds for the first month and for the year, peak memory in MB, DuckDB's seconds, at each size."""
    found = []
    for size in sizes:
        with on_either_database() as env:
            found.append(run_there(PROGRAM.format(size=size), env))
    return {"sizes": found}


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    said = []
    for one in result["sizes"]:
        kept = "tenu" if one["first_month_s"] <= PROMISED_S else "non tenu"
        duck = "DuckDB absent" if one["duckdb_s"] is None else f"DuckDB sur Parquet {one['duckdb_s']:.2f} s"
        said.append(
            f"{one['database']}, {one['notes']} notes : premier mois {one['first_month_s']:.2f} s, médiane "
            f"{one['month_s']:.2f} s (promis {PROMISED_S:.0f} s, {kept}), l'année {one['year_s']:.1f} s "
            f"({duck} pour l'année), tables masquées {one['masked_s']:.2f} s, "
            f"mémoire {one['peak_mb']:.0f} Mo."
        )
    small, large = result["sizes"][0], result["sizes"][-1]
    times, more = large["year_s"] / small["year_s"], large["notes"] / small["notes"]
    return [*said, f"{more:.0f} fois plus de notes : {times:.1f} fois plus de temps."]


def measure(size: int) -> None:
    """Fill and count, in a process of its own whose settings are already the throw-away ones."""
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="maillage-mesure-") as folder:
        field = write_field(size, Path(folder))
        figures = {
            "notes": size,
            **_counted(field.partenariat),
            "duckdb_s": duckdb_seconds(field, _yardstick()),
        }
    print(json.dumps(figures))  # noqa: T201


def _counted(partenariat: Any) -> dict[str, Any]:
    from django.db import connection

    from maillage.diagnostics.counting import month_counts, places_of
    from maillage.diagnostics.figures import Ground, figures_of
    from maillage.diagnostics.masking import INSIDE

    counted, spent = {}, []
    for month in MONTHS:
        start = perf_counter()
        counted[month] = month_counts(partenariat, month)
        spent.append(perf_counter() - start)
    lieux = {str(one.pk): one for one in places_of(partenariat).select_related("territoire")}
    start = perf_counter()
    figures_of(Ground(lieux, {month: counted[month] for month in MONTHS[:3]}), INSIDE)
    masked = perf_counter() - start
    tracemalloc.start()
    month_counts(partenariat, MONTHS[1])
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {
        "database": connection.vendor,
        "first_month_s": spent[0],
        "month_s": median(spent),
        "year_s": sum(spent),
        "masked_s": masked,
        "peak_mb": peak,
    }


def _yardstick() -> list[str]:
    from maillage.diagnostics.counting import next_month

    return [
        YARDSTICK.format(column=column, first=month, last=next_month(month))
        for month in MONTHS
        for column in ("lieu_id", "creneau", "categorie", "ambiance", "jour")
    ]
