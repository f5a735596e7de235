"""Which orientations each post of the sending service carries: what must find a new carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from maillage.base import clock
from maillage.orientations.access import sent_by

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def carried_orientations(acteur: Acteur) -> dict[UUID, list[UUID]]:
    """Return my service's drafts and orientations still alive, by the post that carries them.

    Raises NotVisible for a post that meets nobody.
    """
    alive = Q(cloture_prevue_le__isnull=True) | Q(cloture_prevue_le__gt=clock.today())
    rows = sent_by(acteur).filter(alive, retiree_le__isnull=True).order_by("creee_le", "pk")
    found: dict[UUID, list[UUID]] = {}
    for poste, orientation in rows.values_list("porteur_id", "pk"):
        found.setdefault(poste, []).append(orientation)
    return found
