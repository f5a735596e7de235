"""How an orientation ends: withdrawal at once, the date fixed at sending whatever happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.transaction import atomic

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.orientations.access import lock, require_alive
from maillage.orientations.enums import EtatReception, EtatRelais
from maillage.orientations.models import Orientation, Reception, Relais, Relance
from maillage.sharing import persons
from maillage.sharing.actions import close_access, end_taken_up, withdraw_accord
from maillage.sharing.enums import Donneur, FinOuverture, PorteeAccord
from maillage.sharing.errors import BadAnswer, NotNow

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

LIVE_RELAIS = (EtatRelais.PROPOSE, EtatRelais.CONVENU)


@atomic
def withdraw(
    *,
    orientation: Orientation,
    by: Acteur,
    donneur: Donneur | str,
    lien: str = "",
    portee: PorteeAccord | str = PorteeAccord.ORIENTATION,
) -> Orientation:
    """End everything that rests on the accord, on both faces, in one transaction.

    `donneur` is jeune or titulaire (then `lien` says which). With portee RETOUR only what came
    back disappears; with ORIENTATION the whole stops and what it said of the person is erased.
    Withdrawing twice is harmless. Raises NotVisible, ReadOnly, BadAnswer, NotNow (a draft).
    """
    row = lock(by, orientation.pk, "emetteur", "destinataire")
    if row.retiree_le is not None:
        return row
    require_alive(row)
    if row.sujet is None:
        raise NotNow("Ce que disait cette orientation est déjà effacé.")
    if portee not in PorteeAccord.values:
        raise BadAnswer("portee", "Choisissez une réponse de la liste.")
    lock_chains([row.service_emetteur_id, row.service_destinataire_id])
    back = portee == PorteeAccord.RETOUR
    withdraw_accord(
        by=by,
        personne=row.sujet,
        portee=portee,
        destinataire=row.service_emetteur if back else row.service_destinataire,
        donneur=donneur,
        lien=lien or None,
        orientation=row.pk,
    )
    if portee != PorteeAccord.RETOUR:
        row.relais.filter(etat__in=LIVE_RELAIS).update(etat=EtatRelais.SANS_SUITE)
    if portee == PorteeAccord.ORIENTATION:
        _stop(row)
    _tell_other(row, by)
    return row


@house_work(HouseWork.ENDING)
def _stop(row: Orientation) -> None:
    """Close both faces at once and erase what the orientation said of the person."""
    assert row.sujet is not None
    reception = Reception.objects.get(orientation=row)
    Reception.objects.filter(pk=reception.pk).update(etat=EtatReception.RETIREE)
    if reception.accompagnement is not None:
        end_taken_up(accompagnement=reception.accompagnement)
    persons.erase_oriented(personne=row.sujet, cause=FinOuverture.RETRAIT)
    row.retiree_le, row.sujet = clock.now(), None
    row.save(update_fields=["retiree_le", "sujet"])


def _tell_other(row: Orientation, by: Acteur) -> None:
    """Write on the other service's chain that its access ended, by no one's hand."""
    mine = row.service_emetteur_id == by.service.pk
    other = row.service_destinataire_id if mine else row.service_emetteur_id
    record(chaine=other, acte=Acte.FERMETURE, acteur=None, objet_genre="orientation", objet=row.pk)


def due_on(on: date) -> QuerySet[Orientation]:
    """Return the orientations whose fixed end has come and the drafts past three months, not erased yet."""
    old = on - timedelta(days=persons.ORIENTED_DAYS)
    return Orientation.objects.filter(
        Q(cloture_prevue_le__lte=on) | Q(envoyee_le__isnull=True, creee_le__date__lte=old),
        sujet__isnull=False,
        retiree_le__isnull=True,
    )


def close_due(on: date) -> int:
    """Close every orientation whose fixed date has come and erase the sender's data; return how many.

    Drafts older than three months lose what they said too. Each in its own transaction.
    """
    return sum(_close(pk) for pk in list(due_on(on).values_list("pk", flat=True)))


@atomic
def _close(pk: UUID) -> int:
    """Close one orientation; returns 0 when it found another end meanwhile."""
    row = Orientation.objects.select_for_update().get(pk=pk)
    if row.sujet is None:
        return 0
    chains = [row.service_emetteur_id]
    if row.envoyee_le is not None:
        chains.append(row.service_destinataire_id)
        waiting = Reception.objects.filter(orientation=row, etat=EtatReception.A_VOIR)
        waiting.update(etat=EtatReception.EXPIREE)
        Relais.objects.filter(orientation=row, etat__in=LIVE_RELAIS).update(etat=EtatRelais.SANS_SUITE)
    close_access(personne=row.sujet, cause=FinOuverture.TERME)
    persons.erase_oriented(personne=row.sujet)
    fields = {"sujet": None} if row.envoyee_le else {"sujet": None, "abandonnee_le": clock.now()}
    Orientation.objects.filter(pk=row.pk).update(**fields)
    lock_chains(chains)
    for chaine in chains:
        record(chaine=chaine, acte=Acte.CLOTURE, acteur=None, objet_genre="orientation", objet=row.pk)
    return 1


def late_on(on: date) -> QuerySet[Orientation]:
    """Return the orientations that wait for an answer past the agreed day, not reminded that day."""
    return Orientation.objects.filter(
        reponse_attendue_le__lt=on,
        cloture_prevue_le__gt=on,
        retiree_le__isnull=True,
        reception__etat=EtatReception.A_VOIR,
    ).exclude(relances__le=on)


@atomic
def remind_due(on: date) -> list[Relance]:
    """Remind each receiving service once a day of what it has not answered in time."""
    rows = [Relance(orientation=orientation, le=on) for orientation in late_on(on)]
    return Relance.objects.bulk_create(rows, ignore_conflicts=True)
