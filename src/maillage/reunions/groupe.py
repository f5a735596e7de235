"""A CLSPD working group without file: its rules checked at the door, two numbers kept for each service.

Names may be said in the room; nothing here takes a word, so that none can be stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, NotNow
from maillage.reunions.actions import locked, services_of
from maillage.reunions.enums import EtatReunion, GenreReunion
from maillage.reunions.models import ComptesGroupe, Presence, Reunion
from maillage.reunions.queries import group_may_meet

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

MOST = 200


@atomic
def open_group(*, by: Acteur, reunion: UUID, presents: Mapping[UUID, tuple[int, bool]]) -> Reunion:
    """Open the door of the group: by service, how many came, and whether all of them signed the rules.

    Raises NotYours, CannotWrite, NotNow (the partnership has not adopted rules signed by all, someone
    present has not signed, not the day).
    """
    row = _group(by, reunion)
    if row.le.astimezone(clock.PARIS).date() > clock.today():
        raise NotNow("Cette réunion n'a pas encore eu lieu.")
    if not group_may_meet(row.partenariat, clock.today()):
        raise NotNow(
            "Les règles du groupe ne sont pas adoptées et signées par tous : personne n'y est nommé."
        )
    known = services_of(row.partenariat)
    came = {pk: said for pk, said in presents.items() if said[0]}
    if not came or any(pk not in known or not 0 < count <= MOST for pk, (count, _) in came.items()):
        raise BadAnswer("presences", f"Dites combien sont là, de 1 à {MOST}, pour un service au moins.")
    if not all(signed for _, signed in came.values()):
        raise NotNow("Quelqu'un présent n'a pas signé les règles : faites signer, ou ne nommez personne.")
    row.presences.all().delete()
    Presence.objects.bulk_create(
        Presence(reunion=row, service=known[pk], nombre=count, regles_signees=True)
        for pk, (count, _) in came.items()
    )
    row.etat = EtatReunion.TENUE
    row.save(update_fields=["etat"])
    _note(by, row)
    return row


@atomic
def count_group(*, by: Acteur, reunion: UUID, comptes: Mapping[UUID, tuple[int, int]]) -> Reunion:
    """Keep what a group leaves: by service present, how many situations and how many decisions."""
    row = _group(by, reunion)
    present = {one.service_id for one in row.presences.all()}
    if row.etat != EtatReunion.TENUE or not present:
        raise NotNow("Ouvrez d'abord le groupe : ses règles se vérifient à la porte.")
    for pk, numbers in comptes.items():
        if pk not in present or not all(0 <= number <= MOST for number in numbers):
            raise BadAnswer("comptes", f"Des nombres de 0 à {MOST}, pour les services présents.")
    for pk, (situations, decisions) in comptes.items():
        ComptesGroupe.objects.update_or_create(
            reunion=row, service_id=pk, defaults={"situations": situations, "decisions": decisions}
        )
    _note(by, row)
    return row


def _group(by: Acteur, reunion: UUID) -> Reunion:
    row = locked(by, reunion)
    if row.genre != GenreReunion.GROUPE:
        raise NotNow("Cette réunion n'est pas un groupe sans fichier.")
    return row


def _note(by: Acteur, row: Reunion) -> None:
    record(
        chaine=by.service.pk,
        acte=Acte.MODIFICATION,
        acteur=by.professionnel_id,
        objet_genre="reunion",
        objet=row.pk,
    )
