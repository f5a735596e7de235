"""Handing over: one team asks the next for a gesture at a place; the night's report goes up."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import seal, unseal
from maillage.comptes.acteur import Acteur
from maillage.directory.queries import lieux_of
from maillage.main_courante.gestes import Geste
from maillage.main_courante.jours import work_day
from maillage.main_courante.models import CompteRendu, Consigne
from maillage.main_courante.saisie import Refused, check_text

LONGEST = timedelta(days=60)


@dataclass(frozen=True)
class ConsigneData:
    """What is asked: where, which gesture, until which day included (today without one), a word."""

    id: UUID
    lieu: UUID
    geste: Geste
    jusquau: date | None = None
    texte: str = ""


@transaction.atomic
def leave_consigne(*, by: Acteur, data: ConsigneData) -> Consigne:
    """Leave a consigne to the next teams of one's service; the same call twice leaves one.

    Without a day it holds through tomorrow's shift. Raises Refused when the place is not ours, the day
    is past or too far, the text too long, or the identifier served for another consigne.
    """
    lock_chains([by.service.pk])
    found = Consigne.objects.filter(pk=data.id).first()
    if found is not None:
        return _again(by, data, found)
    if not lieux_of(by.service).filter(pk=data.lieu).exists():
        raise Refused("Ce lieu n'est pas dans le territoire de votre équipe.")
    today = clock.today()
    until = data.jusquau or today + timedelta(days=1)
    if not today <= until <= today + LONGEST:
        raise Refused("Une consigne vaut d'aujourd'hui à soixante jours au plus.")
    consigne = Consigne(
        id=data.id,
        service=by.service,
        poste=by.poste,
        lieu_id=data.lieu,
        geste=data.geste,
        creee_le=clock.now(),
        jusquau=until,
    )
    consigne.texte_scelle = seal(consigne, "texte_scelle", check_text(data.texte))
    consigne.save(force_insert=True)
    _trace(by, Acte.CREATION, "consigne", consigne.pk)
    return consigne


@transaction.atomic
def lift_consigne(*, by: Acteur, consigne: UUID) -> bool:
    """Say that a consigne is done or over. False when absent, another service's, or lifted before."""
    lock_chains([by.service.pk])
    changed = Consigne.objects.filter(pk=consigne, service=by.service, levee_le__isnull=True).update(
        levee_le=clock.now()
    )
    if changed:
        _trace(by, Acte.MODIFICATION, "consigne", consigne)
    return bool(changed)


@transaction.atomic
def restore_consigne(*, by: Acteur, consigne: UUID) -> bool:
    """Undo `lift_consigne`. False when there is nothing to restore."""
    lock_chains([by.service.pk])
    changed = Consigne.objects.filter(pk=consigne, service=by.service, levee_le__isnull=False).update(
        levee_le=None
    )
    if changed:
        _trace(by, Acte.MODIFICATION, "consigne", consigne)
    return bool(changed)


@transaction.atomic
def transmit_report(*, by: Acteur, jour: date) -> CompteRendu:
    """Send a working day's report to the hierarchy; a second time changes nothing.

    Raises Refused for a day to come.
    """
    if jour > work_day(clock.now(), by.role):
        raise Refused("Ce jour n'est pas encore commencé.")
    lock_chains([by.service.pk])
    sent, new = CompteRendu.objects.get_or_create(
        service=by.service, jour=jour, defaults={"transmis_le": clock.now()}
    )
    if new:
        _trace(by, Acte.CREATION, "compte_rendu", None)
    return sent


def _again(by: Acteur, data: ConsigneData, found: Consigne) -> Consigne:
    same = found.service_id == by.service.pk and (found.poste_id, found.lieu_id, found.geste) == (
        by.poste.pk,
        data.lieu,
        data.geste,
    )
    if not same or unseal(found, "texte_scelle") != data.texte:
        raise Refused("Ce formulaire a déjà servi ; rechargez la page pour laisser une autre consigne.")
    return found


def _trace(by: Acteur, acte: Acte, genre: str, objet: UUID | None) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre=genre, objet=objet)
