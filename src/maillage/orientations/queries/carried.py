"""Which orientations each post of a service carries, sent or received: what must find a new carrier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.base import clock
from maillage.orientations.access import received_by, sent_by
from maillage.orientations.enums import EtatReception
from maillage.orientations.models import Orientation

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def carried_orientations(acteur: Acteur) -> dict[UUID, list[UUID]]:
    """Return my service's drafts and orientations still alive, by the post that carries them.

    Raises NotVisible for a post that meets nobody.
    """
    rows = _alive(sent_by(acteur)).values_list("porteur_id", "pk")
    return _by_post(rows)


def carried_receptions(acteur: Acteur) -> dict[UUID, list[UUID]]:
    """Return the orientations my service took and no support answers for, by the post that took them.

    Raises NotVisible for a post that meets nobody.
    """
    taken = received_by(acteur).filter(
        reception__etat=EtatReception.ACCEPTEE, reception__accompagnement__isnull=True
    )
    return _by_post(_alive(taken).values_list("reception__referent_id", "pk"))


def _alive(rows: QuerySet[Orientation]) -> QuerySet[Orientation]:
    open_ = Q(cloture_prevue_le__isnull=True) | Q(cloture_prevue_le__gt=clock.today())
    return rows.filter(open_, retiree_le__isnull=True).order_by("creee_le", "pk")


def _by_post(rows: Iterable[tuple[UUID, UUID]]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for poste, orientation in rows:
        found.setdefault(poste, []).append(orientation)
    return found
