"""What may be told outside of a place: rounds by slot, what was seen by kind, small numbers hidden.

Rounds are those of the team, things about no one: they are given as they are. What was seen is told by
category, of the families that say nothing of a person, and from a smallest number up. No total is
given, so that nothing is found by subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from maillage.base.wall import HouseWork, house_work
from maillage.directory.models import Lieu, Service
from maillage.main_courante.enums import Liste
from maillage.main_courante.jours import SLOT_ORDER
from maillage.main_courante.models import Guichet, Note, Signalement
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.passages import standing
from maillage.main_courante.vocabulaire import RIEN_A_SIGNALER, TECHNIQUE

# Shown to one addressee (law, U-12); given every month to a bailleur, hence as good as published.
SHARED, PUBLISHED = 5, 11
# Distress, isolation, access to rights: what is seen of persons never leaves for a town hall or a bailleur.
TOLD_OUTSIDE = frozenset({"Tranquillité", TECHNIQUE, "Vie du quartier"})


@dataclass(frozen=True)
class PlaceFigures:
    """A place in a period, both days included: rounds by slot; sightings, None below `seuil`."""

    depuis: date
    jusquau: date
    seuil: int
    passages: Sequence[tuple[str, int]]
    vu: Sequence[tuple[str, int | None]]

    @property
    def comptes(self) -> list[tuple[str, int]]:
        """Return what was seen often enough to be counted."""
        return [(label, count) for label, count in self.vu if count is not None]

    @property
    def caches(self) -> list[str]:
        """Return what was seen fewer times than may be told."""
        return [label for label, count in self.vu if count is None]

    def as_json(self) -> dict[str, object]:
        """Return the figures as plain JSON values, to keep what was answered."""
        return {
            "depuis": self.depuis.isoformat(),
            "jusquau": self.jusquau.isoformat(),
            "seuil": self.seuil,
            "passages": [list(pair) for pair in self.passages],
            "vu": [list(pair) for pair in self.vu],
        }


@dataclass(frozen=True)
class PlaceSheet:
    """The month of one place for a bailleur: figures, and the technical things told and repaired."""

    service: str
    lieu: Lieu
    mois: date
    chiffres: PlaceFigures
    signales: int
    repares: int


def smallest_told(*, by_link: bool) -> int:
    """Return the smallest number of an answer to who asked about a place, in an account or by a desk's link.

    A desk also reads the month of the same place: an answer that went lower would tell what the sheet hides.
    """
    return PUBLISHED if by_link else SHARED


def figures_from_json(stored: Mapping[str, Any]) -> PlaceFigures:
    """Read back what `PlaceFigures.as_json` wrote."""
    return PlaceFigures(
        depuis=date.fromisoformat(stored["depuis"]),
        jusquau=date.fromisoformat(stored["jusquau"]),
        seuil=stored["seuil"],
        passages=[(label, count) for label, count in stored["passages"]],
        vu=[(label, count) for label, count in stored["vu"]],
    )


@house_work(HouseWork.PLACE)
def place_figures(service: Service, lieu: UUID, since: date, until: date, smallest: int) -> PlaceFigures:
    """Count the service's rounds by slot at a place and what they saw there, masked below `smallest`."""
    words = listes_of(service)
    notes = standing(Note.objects.filter(service=service, lieu=lieu, jour__gte=since, jour__lte=until))
    rounds = dict(
        notes.filter(sortie__isnull=False)
        .order_by()
        .values_list("creneau")
        .annotate(rounds=Count("sortie", distinct=True))
    )
    seen = (
        notes.exclude(categorie=RIEN_A_SIGNALER)
        .order_by()
        .values_list("categorie")
        .annotate(times=Count("pk"))
    )
    told = [
        (words.label(Liste.CATEGORIE, code), times if times >= smallest else None)
        for code, times in seen
        if words.family(code) in TOLD_OUTSIDE
    ]
    return PlaceFigures(
        depuis=since,
        jusquau=until,
        seuil=smallest,
        passages=[(words.label(Liste.CRENEAU, code), rounds[code]) for code in SLOT_ORDER if code in rounds],
        vu=sorted(told, key=lambda pair: (pair[1] is None, -(pair[1] or 0), pair[0])),
    )


def place_sheet(service: Service, lieu: Lieu, month: date, guichet: Guichet | None = None) -> PlaceSheet:
    """Return the sheet of one place and one ended month; a desk reads its own technical reports only."""
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    told = Signalement.objects.filter(service=service, lieu=lieu, jour__gte=month, jour__lte=last)
    if guichet is not None:
        told = told.filter(guichet=guichet)
    return PlaceSheet(
        service=str(service),
        lieu=lieu,
        mois=month,
        chiffres=place_figures(service, lieu.pk, month, last, PUBLISHED),
        signales=told.count(),
        repares=told.filter(repare_le__isnull=False).count(),
    )
