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
from typing import Any

from maillage.bench.field import (
    MONTHS,
    PROMISED_S,
    SIZES,
    at_each_size,
    beside,
    duckdb_seconds,
    growth,
    timed,
    write_field,
)

NAME = "diagnosis"
PROGRAM = "from maillage.bench.diagnosis import measure; measure({size})"
YARDSTICK = """
    SELECT service_id, {column}, count(*) FROM '{{file}}'
    WHERE jour >= DATE '{first}' AND jour < DATE '{last}' GROUP BY ALL
"""


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Seconds for the first month and for the year, peak memory in MB, DuckDB's seconds, at each size."""
    return at_each_size(PROGRAM, sizes)


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    said = []
    for one in result["sizes"]:
        kept, duck = beside(one, "first_month_s")
        said.append(
            f"{one['database']}, {one['notes']} notes : premier mois {one['first_month_s']:.2f} s, médiane "
            f"{one['month_s']:.2f} s dont {one['computed_s']:.2f} de calcul ici "
            f"(promis {PROMISED_S:.0f} s, {kept}), l'année {one['year_s']:.1f} s "
            f"({duck} pour l'année), masquage {one['masked_s']:.2f} s, mémoire {one['peak_mb']:.0f} Mo."
        )
    return [*said, growth(result["sizes"], "year_s")]


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
        spent.append(timed(lambda: counted.update({month: month_counts(partenariat, month)})))  # noqa: B023
    lieux = {str(one.pk): one for one in places_of(partenariat).select_related("territoire")}
    ground = Ground(lieux, {month: counted[month] for month in MONTHS[:3]})
    masked, _ = timed(lambda: figures_of(ground, INSIDE))
    tracemalloc.start()
    month_counts(partenariat, MONTHS[1])
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {
        "database": connection.vendor,
        "first_month_s": spent[0][0],
        "month_s": median(wall for wall, _ in spent),
        "computed_s": median(computed for _, computed in spent),
        "year_s": sum(wall for wall, _ in spent),
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
