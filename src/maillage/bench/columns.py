"""How many verdicts a second in columns, from a hundred thousand cases to ten million."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any

import numpy as np

from maillage.bench.cases import sample_cases
from maillage.law.readings.columns import BYTES_PER_ROW, ColumnLaw, columns_of
from maillage.law.rules import REGLES

NAME = "columns"
SIZES = (100_000, 1_000_000, 10_000_000)
DISTINCT = 20_000
PROMISED_PER_SECOND, PROMISED_BYTES = 5_000_000, 200


def run() -> dict[str, Any]:
    """Verdicts a second at each size (whole law, grounds included), bytes a row, one core."""
    law = ColumnLaw(REGLES)
    base = columns_of(sample_cases(DISTINCT))
    law.decide(base)
    sizes: list[dict[str, Any]] = []
    for size in SIZES:
        columns = np.tile(base, (1, size // DISTINCT))
        start = perf_counter()
        counts = law.decide(columns).counts()
        seconds = perf_counter() - start
        sizes.append({"rows": size, "seconds": seconds, "per_second": size / seconds, "counts": counts})
        del columns
    linear = sizes[-1]["per_second"] / sizes[0]["per_second"]
    return {"sizes": sizes, "bytes_per_row": BYTES_PER_ROW, "speed_last_over_first": linear}


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    out = []
    for size in result["sizes"]:
        kept = "tenu" if size["per_second"] >= PROMISED_PER_SECOND else "non tenu"
        rows = f"{size['rows']:,}".replace(",", " ")
        out.append(
            f"{rows} cas : {size['seconds']:.2f} s, {size['per_second'] / 1e6:.1f} millions de "
            f"verdicts/s (promis {PROMISED_PER_SECOND // 1_000_000}, {kept})."
        )
    kept = "tenu" if result["bytes_per_row"] <= PROMISED_BYTES else "non tenu"
    out.append(f"{result['bytes_per_row']} octets par cas (promis {PROMISED_BYTES}, {kept}).")
    out.append(
        f"Vitesse au plus grand nombre : {result['speed_last_over_first']:.2f} fois celle du plus petit."
    )
    return out
