"""Brothers and sisters whom one service supports: joined by someone who knows, never by the product.

Being of one family opens nothing: a share, a designation, a withdrawal about one is about that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.dossiers.models import Accompagnement, Famille, Personne
from maillage.sharing.access import genuinely_opened, opened_to, require_writer
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.errors import BadAnswer
from maillage.sharing.ledger import note
from maillage.sharing.persons.accompagnements import accompagnement_of
from maillage.sharing.reading import readable

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@dataclass(frozen=True)
class Relative:
    """Another support of the same family, as its own service calls them."""

    accompagnement: UUID
    pseudonyme: str


@atomic
def join_family(*, by: Acteur, accompagnement: UUID, avec: UUID) -> None:
    """Note that two people of my service are of one family; nothing else of either changes.

    Raises NotVisible, ReadOnly, BadAnswer (the same person, or each of a family already).
    """
    require_writer(by)
    mine, other = (accompagnement_of(by, one, lock=True).personne for one in (accompagnement, avec))
    if mine.pk == other.pk:
        raise BadAnswer("avec", "Choisissez quelqu'un d'autre.")
    if mine.famille_id and other.famille_id and mine.famille_id != other.famille_id:
        raise BadAnswer("avec", "Chacun est déjà noté dans une famille : retirez l'un d'abord.")
    known = mine.famille or other.famille or Famille.objects.create(service=by.service)
    Personne.objects.filter(pk__in=[mine.pk, other.pk]).update(famille=known)
    note(by, Acte.MODIFICATION, "famille", known.pk, {"avec": other.pk})


@atomic
def leave_family(*, by: Acteur, accompagnement: UUID) -> None:
    """Take someone out of a family. Raises NotVisible, ReadOnly."""
    require_writer(by)
    mine = accompagnement_of(by, accompagnement, lock=True).personne
    if mine.famille_id is None:
        return
    note(by, Acte.MODIFICATION, "famille", mine.famille_id, {"sans": mine.pk})
    Personne.objects.filter(pk=mine.pk).update(famille=None)


@atomic
def relatives(by: Acteur, accompagnement: UUID) -> Sequence[Relative]:
    """Return the other supports of the family that my service may open now, by name.

    Leaves one ledger line for each. Raises NotVisible.
    """
    mine = accompagnement_of(by, accompagnement).personne
    if mine.famille_id is None:
        return ()
    rows = list(
        Accompagnement.objects.filter(
            opened_to(by.service.pk, PorteeOuverture.ACCOMPAGNEMENT, "personne_id"),
            personne__famille=mine.famille_id,
            personne__effacee_le__isnull=True,
            service=by.service,
        )
        .exclude(personne=mine)
        .select_related("personne")
    )
    seen = genuinely_opened(by, [row.personne_id for row in rows], PorteeOuverture.ACCOMPAGNEMENT)
    rows = [row for row in rows if row.personne_id in seen]
    keys = data_keys(Portee.PERSONNE, [row.personne_id for row in rows])
    for row in rows:
        note(by, Acte.LECTURE, "accompagnement", row.pk)
    found = [
        Relative(row.pk, readable(row.personne, "appellation_scellee", keys.get(row.personne_id)))
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.pseudonyme.casefold(), str(one.accompagnement)))
