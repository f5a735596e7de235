"""Reads of the barometer: means of closed waves, from five people up, never one person's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.enquetes.models import Depouillement, FeuilleCollective, Vague
from maillage.enquetes.questions import QUESTIONS

SMALLEST = 5
FIELD = frozenset({Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR})
STEERING = frozenset({Role.CHEF_DE_SERVICE, Role.DIRECTION})
# When everyone answers the same end of the scale, the exact mean would tell each one's answer.
LOWEST, HIGHEST = 1.2, 3.8


@dataclass(frozen=True)
class Result:
    """One trade's answers to one wave: means by question, None when fewer than five answered."""

    semestre: str
    metier: str
    moyennes: Mapping[str, float | None]


def half_year(on: date) -> str:
    """Return the half-year of a day: «2026-1» until June, «2026-2» after."""
    return f"{on.year}-{1 if on.month <= 6 else 2}"


def waves_of(partenariat: Partenariat) -> Sequence[Vague]:
    """Return the waves of a partnership, newest first."""
    return list(Vague.objects.filter(partenariat=partenariat))


def is_counted_here(partenariat: Partenariat, metier: str) -> bool:
    """Say whether a trade has enough field people here; below, its answers go to the network's pool."""
    services = [service.pk for service in members(partenariat) if service.metier == metier]
    people = Poste.objects.filter(active_on(clock.today()), service__in=services, role__in=FIELD)
    return people.values("professionnel").distinct().count() >= SMALLEST


def may_answer(acteur: Acteur, partenariat: Partenariat) -> bool:
    """Say whether this person is asked: field people of a member service."""
    return acteur.role in FIELD and acteur.service in members(partenariat)


def may_steer(acteur: Acteur, partenariat: Partenariat) -> bool:
    """Say whether this person opens and closes waves, and writes the collective sheet."""
    return acteur.role in STEERING and not acteur.lecture_seule and acteur.service in members(partenariat)


def results(partenariat: Partenariat | None) -> Sequence[Result]:
    """Return every closed wave's means, oldest first; without partnership, the pool of small teams.

    The pool is read once no wave of its half-year is open any more, anywhere.
    """
    opened = Vague.objects.filter(ouverte=True)
    if partenariat is not None:
        opened = opened.filter(partenariat=partenariat)
    rows = Depouillement.objects.filter(partenariat=partenariat).exclude(
        semestre__in=opened.values("semestre")
    )
    return [
        Result(row.semestre, row.metier, {one.cle: mean(row.comptes.get(one.cle, {})) for one in QUESTIONS})
        for row in rows.order_by("semestre", "metier")
    ]


def sheets(partenariat: Partenariat) -> Sequence[FeuilleCollective]:
    """Return the collective sheets of closed waves, newest first."""
    rows = FeuilleCollective.objects.filter(vague__partenariat=partenariat, vague__ouverte=False)
    return list(rows.select_related("service", "vague").order_by("-vague__semestre", "service__nom_court"))


def people_in(sums: Depouillement) -> int:
    """Return how many people answered, whatever they said."""
    return sum(sums.comptes.get(QUESTIONS[0].cle, {}).values())


def mean(counts: Mapping[str, int]) -> float | None:
    """Return the mean answer (1 to 4), kept off both ends; None below five answers."""
    people = sum(counts.values())
    if people < SMALLEST:
        return None
    exact = sum(int(answer) * many for answer, many in counts.items()) / people
    return round(min(max(exact, LOWEST), HIGHEST), 1)
