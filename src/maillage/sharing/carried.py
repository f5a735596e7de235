"""What a post answers for among the supports of its service: what must not stay behind at a departure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.directory.enums import Metier
from maillage.dossiers.models import Reference
from maillage.sharing.access import opened_to, require_reader
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.ledger import note

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@atomic
def carried_accompagnements(acteur: Acteur) -> dict[UUID, list[UUID]]:
    """Return the open supports of my service by the post that answers for them; bare identifiers.

    A mediation service holds none. Raises NotVisible for a post that meets nobody.
    """
    require_reader(acteur)
    if acteur.service.metier != Metier.PREVENTION_SPECIALISEE:
        return {}
    rows = (
        Reference.objects.filter(
            opened_to(acteur.service.pk, PorteeOuverture.ACCOMPAGNEMENT, "accompagnement__personne_id"),
            fin__isnull=True,
            accompagnement__service=acteur.service,
            accompagnement__clos_le__isnull=True,
        )
        .order_by("accompagnement_id")
        .values_list("poste_id", "accompagnement_id")
    )
    found: dict[UUID, list[UUID]] = {}
    for poste, accompagnement in rows:
        found.setdefault(poste, []).append(accompagnement)
    note(acteur, Acte.LISTE, "accompagnement", None, {"nombre": sum(map(len, found.values()))})
    return found
