"""Two closed waves of the barometer in each city; every figure is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.enquetes.models import Depouillement, Vague
from maillage.enquetes.queries import is_counted_here
from maillage.enquetes.questions import ANSWERS, QUESTIONS

PEOPLE = (6, 12)


def write_barometer(partenariat: Partenariat, rng: Random, today: date) -> None:
    """Write the two half-years before this one; small teams' answers join the pool."""
    for rank, semestre in enumerate(_half_years(today)):
        Vague.objects.create(partenariat=partenariat, semestre=semestre, ouverte=False)
        for metier in sorted({service.metier for service in members(partenariat)}):
            here = is_counted_here(partenariat, metier)
            sums, _ = Depouillement.objects.get_or_create(
                semestre=semestre, partenariat=partenariat if here else None, metier=metier
            )
            sums.comptes = _answers(
                sums.comptes, rng.randint(*PEOPLE) if here else rng.randint(1, 4), rng, rank
            )
            sums.save(update_fields=["comptes"])


def _half_years(today: date) -> list[str]:
    year = today.year
    return [f"{year - 1}-1", f"{year - 1}-2"] if today.month <= 6 else [f"{year - 1}-2", f"{year}-1"]


def _answers(
    before: dict[str, dict[str, int]], people: int, rng: Random, rank: int
) -> dict[str, dict[str, int]]:
    found = {}
    for question in QUESTIONS:
        # A little better from one wave to the next, as a team would hope.
        drawn = Counter(rng.choices(list(ANSWERS), (2 - rank, 4, 5 + rank, 2 + rank), k=people))
        known = before.get(question.cle, {})
        found[question.cle] = {one: known.get(one, 0) + drawn[one] for one in ANSWERS}
    return found
