"""How long it takes to judge a year of exchanges again under another form."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any

from maillage.bench.cases import sample_cases
from maillage.law.readings.columns import columns_of_packed
from maillage.law.replay import Change, replay

NAME = "replay"
EXCHANGES, DISTINCT, PROMISED_S = 300_000, 20_000, 2.0
CHANGES = (
    Change("U-10", {"lecture.U-10": "rapport"}),
    Change("clause de retour", {"clause_retour": True}),
    Change("notice RGPD", {"information_rgpd": True}),
    Change("décision de l'autorité", {"decision_autorite": True}),
)


def run() -> dict[str, Any]:
    """Seconds from packed exchanges to every count, contributions of each change included."""
    packed = [case.packed for case in sample_cases(DISTINCT)] * (EXCHANGES // DISTINCT)
    start = perf_counter()
    result = replay(columns_of_packed(packed), CHANGES)
    seconds = perf_counter() - start
    return {
        "exchanges": EXCHANGES,
        "changes": len(CHANGES),
        "seconds": seconds,
        "before": dict(result.avant),
        "after": dict(result.apres),
    }


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    kept = "tenu" if result["seconds"] <= PROMISED_S else "non tenu"
    return [
        f"{result['exchanges']} échanges rejugés sous {result['changes']} changements, chacun seul et sans "
        f"lui aussi : {result['seconds']:.2f} s (promis {PROMISED_S:.0f} s, {kept}).",
        f"Permis : {result['before']['permis']} avant, {result['after']['permis']} après.",
    ]
