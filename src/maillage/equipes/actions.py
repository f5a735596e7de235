"""Writes about teams that change: what someone who leaves carried passes on in one gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.directory.enums import Role
from maillage.equipes.queries import Depart, departure, takers
from maillage.orientations.actions import reassign_porteur
from maillage.orientations.models import Orientation
from maillage.sharing import persons
from maillage.sharing.access import require_writer
from maillage.sharing.enums import MotifRelais
from maillage.sharing.errors import BadAnswer, NotVisible
from maillage.sharing.ledger import note

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@atomic
def hand_over_departure(*, by: Acteur, poste: UUID, preneur: UUID) -> Depart:
    """Pass everything the leaving post carries to one colleague; return what has passed.

    Each orientation and each support changes hands with its history and its own ledger line; all or
    none. For the head of service. Raises NotVisible (not a leaving post of my service), ReadOnly,
    BadAnswer (a taker who is not in post, leaves no later, or meets nobody).
    """
    if by.role != Role.CHEF_DE_SERVICE:
        raise NotVisible
    require_writer(by)
    leaving = departure(by, poste)
    to = next((one for one in takers(by, leaving.poste) if one.pk == preneur), None)
    if to is None:
        raise BadAnswer("preneur", "Choisissez une personne de votre service, en poste après ce départ.")
    for orientation in Orientation.objects.filter(pk__in=leaving.orientations).order_by("pk"):
        reassign_porteur(orientation=orientation, by=by, porteur=to)
    for accompagnement in leaving.accompagnements:
        persons.hand_over(accompagnement=accompagnement, to=to, by=by, motif=MotifRelais.DEPART)
    passed = {"orientations": len(leaving.orientations), "accompagnements": len(leaving.accompagnements)}
    note(by, Acte.MODIFICATION, "depart", leaving.poste.pk, passed)
    return leaving
