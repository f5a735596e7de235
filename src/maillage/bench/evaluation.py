"""How long the yearly evaluation takes to draft, beside the same counts in DuckDB over Parquet.

Runs on a throw-away installation of an invented partnership: SQLite, or PostgreSQL when DATABASE_URL is
set. Promise: the document drafted in a second at most at a million notes, time growing no faster than
notes, memory bounded whatever their number.
"""

from __future__ import annotations

import json
import tempfile
import tracemalloc
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from maillage.bench.field import (
    MONTHS,
    PROMISED_S,
    SIZES,
    YEAR,
    at_each_size,
    beside,
    duckdb_seconds,
    growth,
    timed,
    write_field,
)

NAME = "evaluation"
ROUNDS = 5
PROGRAM = "from maillage.bench.evaluation import measure; measure({size})"
YARDSTICK = [
    "SELECT service_id, count(*) FROM '{file}' GROUP BY ALL",
    "SELECT service_id, categorie, quartier, count(*) FROM '{file}' GROUP BY ALL",
]


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Seconds for a first draft, its median, the activity report; peak memory in MB; DuckDB's seconds."""
    return at_each_size(PROGRAM, sizes)


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    said = []
    for one in result["sizes"]:
        kept, duck = beside(one, "first_draft_s")
        said.append(
            f"{one['database']}, {one['notes']} notes : premier brouillon {one['first_draft_s']:.2f} s, "
            f"médiane {one['draft_s']:.2f} s dont {one['computed_s']:.2f} de calcul ici "
            f"(promis {PROMISED_S:.0f} s, {kept} ; {duck} pour les mêmes comptes), "
            f"rapport d'activité {one['activity_s']:.2f} s, mémoire {one['peak_mb']:.1f} Mo."
        )
    return [*said, growth(result["sizes"], "draft_s")]


def measure(size: int) -> None:
    """Fill, draft and measure, in a process of its own whose settings are already the throw-away ones."""
    import django

    django.setup()
    from django.db import connection

    from maillage.base import clock
    from maillage.evaluations.contenu import draft
    from maillage.evaluations.models import Evaluation
    from maillage.evaluations.queries import state_of
    from maillage.pilotage import activite

    with tempfile.TemporaryDirectory(prefix="maillage-mesure-") as folder:
        field = write_field(size, Path(folder))
        year = Evaluation.objects.create(
            partenariat=field.partenariat,
            debut=MONTHS[0],
            fin=date(YEAR, 12, 31),
            ouverte_le=clock.now(),
            invente=True,
        )
        spent = [timed(lambda: draft(state_of(year))) for _ in range(ROUNDS)]
        tracemalloc.start()
        draft(state_of(year))
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        result = {
            "database": connection.vendor,
            "notes": size,
            "first_draft_s": spent[0][0],
            "draft_s": median(wall for wall, _ in spent),
            "computed_s": median(computed for _, computed in spent),
            "activity_s": timed(lambda: activite.read(field.partenariat.code, YEAR))[0],
            "peak_mb": peak,
            "duckdb_s": duckdb_seconds(field, YARDSTICK),
        }
    print(json.dumps(result))  # noqa: T201
