"""Writes about teams that change: a departure handed over in one gesture, a card of an arrival read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import must_sign
from maillage.directory.enums import Role
from maillage.equipes.arrivee import cards_read
from maillage.equipes.enums import Carte
from maillage.equipes.models import EtapeArrivee
from maillage.equipes.queries import Depart, departure, takers
from maillage.orientations.actions import reassign_porteur
from maillage.orientations.models import Orientation
from maillage.sharing import persons
from maillage.sharing.access import require_writer
from maillage.sharing.enums import MotifRelais
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly
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


@atomic
def read_card(*, by: Acteur, partenariat: Partenariat, carte: Carte) -> None:
    """Write that this post has read a card, today; reading twice changes nothing.

    Raises NotVisible (a post that follows no path, another's partnership), ReadOnly, NotNow (a card
    before this one is still to read).
    """
    if partenariat.pk not in by.partenariat_ids or not must_sign(by.poste):
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly
    read, cards = cards_read(by.poste, partenariat), list(Carte)
    for before in cards[: cards.index(carte)]:
        if before not in read:
            raise NotNow(f"Lisez d'abord la carte « {before.label} ».")
    if carte not in read:
        EtapeArrivee.objects.create(poste=by.poste, partenariat=partenariat, carte=carte, le=clock.today())
        note(by, Acte.MODIFICATION, "arrivee", partenariat.pk, {"carte": carte.value})
