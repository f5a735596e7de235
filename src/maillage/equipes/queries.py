"""Who leaves a service, and what still waits under their name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from maillage.base import clock
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.equipes.arrivee import arriving
from maillage.orientations.queries import carried_orientations, carried_receptions
from maillage.sharing.access import PERSON_ROLES
from maillage.sharing.errors import NotVisible
from maillage.sharing.queries import carried_accompagnements

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

THREE_MONTHS = timedelta(days=92)


@dataclass(frozen=True)
class Depart:
    """One post that ends or has ended, with the identifiers of what it still carries.

    `parti`: its last day is past, so whatever it carries has nobody but the service.
    """

    poste: Poste
    orientations: Sequence[UUID]
    recues: Sequence[UUID]
    accompagnements: Sequence[UUID]
    parti: bool

    @property
    def reste(self) -> int:
        """Return how many things wait for a taker."""
        return len(self.orientations) + len(self.recues) + len(self.accompagnements)


def departures(acteur: Acteur) -> list[Depart]:
    """Return my service's posts that end within three months, or have ended and still carry something.

    What waits without anyone comes first, then by last day. Raises NotVisible for a post that meets
    nobody.
    """
    today, carried = clock.today(), _carried(acteur)
    carrying = {poste for one in carried for poste in one}
    soon = Q(fin__gte=today, fin__lte=today + THREE_MONTHS)
    posts = (
        Poste.objects.filter(soon | Q(fin__isnull=False, pk__in=carrying), service=acteur.service)
        .select_related("professionnel")
        .order_by("fin", "pk")
    )
    found = [_depart(poste, carried) for poste in posts]
    return sorted(found, key=lambda one: not one.parti)


def departure(acteur: Acteur, poste: UUID) -> Depart:
    """Return one post of my service that has an end date, and what it carries. Raises NotVisible."""
    carried = _carried(acteur)
    found = (
        Poste.objects.filter(pk=poste, service=acteur.service, fin__isnull=False)
        .select_related("professionnel")
        .first()
    )
    if found is None:
        raise NotVisible
    return _depart(found, carried)


def takers(acteur: Acteur, leaving: Poste) -> list[Poste]:
    """Return who of my service, in post today, may take over: those who meet people, and stay longer.

    Who has not finished arriving is left out.
    """
    assert leaving.fin is not None
    last = max(leaving.fin, clock.today())
    stays = Q(fin__isnull=True) | Q(fin__gt=last)
    return list(
        Poste.objects.filter(
            active_on(clock.today()),
            stays,
            service=acteur.service,
            role__in=PERSON_ROLES,
            lecture_seule=False,
        )
        .exclude(professionnel=leaving.professionnel_id)
        .exclude(pk__in=[one.poste.pk for one in arriving(acteur)])
        .select_related("professionnel")
        .order_by("professionnel__prenom", "professionnel__nom", "pk")
    )


Carried = Sequence[Mapping[UUID, Sequence[UUID]]]


def _carried(acteur: Acteur) -> Carried:
    """Return what each post carries: orientations sent, orientations received, supports."""
    return carried_orientations(acteur), carried_receptions(acteur), carried_accompagnements(acteur)


def _depart(poste: Poste, carried: Carried) -> Depart:
    assert poste.fin is not None
    sent, received, supports = (one.get(poste.pk, ()) for one in carried)
    return Depart(poste, sent, received, supports, parti=poste.fin < clock.today())
