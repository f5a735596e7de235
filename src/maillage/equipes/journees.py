"""Shadowing days: one team watches the other work. Two services, a day, a number; nobody is named.

A day opens nothing: who comes to watch sees no person, on paper nor on screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members, partner_services
from maillage.directory.enums import Role
from maillage.directory.models import Service
from maillage.equipes.enums import EtatJournee, Moment
from maillage.equipes.models import JourneeObservation
from maillage.sharing.ledger import note

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

AT_MOST = 3
FAR = timedelta(days=365)
OPEN = (EtatJournee.PROPOSEE, EtatJournee.ACCEPTEE)


@dataclass(frozen=True)
class Proposal:
    """What a head of service proposes: which service, whether we go there or they come, when, how many."""

    autre: UUID
    chez_nous: bool
    jour: date
    moment: Moment
    nombre: int = 1


@dataclass(frozen=True)
class Journee:
    """One day as my service reads it, and what my service may do with it today."""

    row: JourneeObservation
    autre: Service
    chez_nous: bool
    a_repondre: bool
    a_confirmer: bool
    annulable: bool


def days(acteur: Acteur, partenariat: Partenariat) -> Sequence[Journee]:
    """Return the days of my service in this partnership, the latest first. Raises NotYours."""
    if partenariat.pk not in acteur.partenariat_ids:
        raise NotYours
    rows = _of(acteur.service).filter(partenariat=partenariat).order_by("-jour", "-proposee_le", "pk")
    return [_read(row, acteur) for row in rows]


def days_to_answer(acteur: Acteur) -> int:
    """Return how many days another service proposed to mine and wait for an answer."""
    rows = _of(acteur.service).filter(etat=EtatJournee.PROPOSEE, jour__gte=clock.today())
    return rows.filter(partenariat__in=acteur.partenariat_ids).exclude(propose=acteur.service).count()


@atomic
def propose_day(*, by: Acteur, partenariat: Partenariat, data: Proposal) -> JourneeObservation:
    """Propose a day to a service of the other trade; the same proposal twice asks once.

    Raises NotYours, CannotWrite, BadAnswer (another's service, a day past or too far, a crowd).
    """
    _require_head(by, partenariat)
    other = next((one for one in partner_services(partenariat, by.service) if one.pk == data.autre), None)
    if other is None:
        raise BadAnswer("autre", "Choisissez une équipe de l'autre métier, dans ce partenariat.")
    if data.jour < clock.today():
        raise BadAnswer("jour", "Ce jour est passé : choisissez aujourd'hui ou après.")
    if data.jour > clock.today() + FAR:
        raise BadAnswer("jour", "Choisissez un jour de l'année qui vient.")
    if not 1 <= data.nombre <= AT_MOST:
        raise BadAnswer("nombre", "Une à trois personnes : au-delà, on ne voit plus le travail.")
    row, created = JourneeObservation.objects.get_or_create(
        partenariat=partenariat,
        accueil=by.service if data.chez_nous else other,
        invite=other if data.chez_nous else by.service,
        jour=data.jour,
        moment=data.moment,
        etat__in=OPEN,
        defaults={
            "propose": by.service,
            "nombre": data.nombre,
            "etat": EtatJournee.PROPOSEE,
            "proposee_le": clock.now(),
        },
    )
    if created:
        note(by, Acte.CREATION, "journee_observation", row.pk)
    return row


@atomic
def answer_day(*, by: Acteur, journee: UUID, accepte: bool) -> JourneeObservation:
    """Accept or decline a day the other service proposed. Raises NotYours, CannotWrite, NotNow."""
    row = _locked(by, journee)
    if row.propose_id == by.service.pk:
        raise NotNow("C'est à l'autre équipe de répondre.")
    if row.etat != EtatJournee.PROPOSEE or row.jour < clock.today():
        raise NotNow("Cette journée n'attend plus de réponse.")
    row.repondue_le = clock.now()
    return _moved(by, row, EtatJournee.ACCEPTEE if accepte else EtatJournee.ANNULEE)


@atomic
def confirm_day(*, by: Acteur, journee: UUID) -> JourneeObservation:
    """Say that an accepted day took place; either service may. Raises NotYours, CannotWrite, NotNow."""
    row = _locked(by, journee)
    if row.etat == EtatJournee.FAITE:
        return row
    if row.etat != EtatJournee.ACCEPTEE or row.jour > clock.today():
        raise NotNow("Une journée est faite une fois acceptée, et son jour venu.")
    return _moved(by, row, EtatJournee.FAITE)


@atomic
def cancel_day(*, by: Acteur, journee: UUID) -> JourneeObservation:
    """Give up a day not done yet; either service may. Raises NotYours, CannotWrite, NotNow."""
    row = _locked(by, journee)
    if row.etat not in OPEN:
        raise NotNow("Cette journée est déjà faite, ou annulée.")
    return _moved(by, row, EtatJournee.ANNULEE)


def _of(service: Service) -> QuerySet[JourneeObservation]:
    rows = JourneeObservation.objects.filter(Q(accueil=service) | Q(invite=service))
    return rows.select_related("accueil", "invite", "propose")


def _read(row: JourneeObservation, acteur: Acteur) -> Journee:
    ours, today = row.accueil_id == acteur.service.pk, clock.today()
    waiting = row.etat == EtatJournee.PROPOSEE and row.jour >= today
    writes = acteur.role == Role.CHEF_DE_SERVICE and not acteur.lecture_seule
    return Journee(
        row=row,
        autre=row.invite if ours else row.accueil,
        chez_nous=ours,
        a_repondre=writes and waiting and row.propose_id != acteur.service.pk,
        a_confirmer=writes and row.etat == EtatJournee.ACCEPTEE and row.jour <= today,
        annulable=writes and row.etat in OPEN,
    )


def _require_head(by: Acteur, partenariat: Partenariat) -> None:
    if by.role != Role.CHEF_DE_SERVICE or partenariat.pk not in by.partenariat_ids:
        raise NotYours
    if by.service not in members(partenariat):
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")


def _locked(by: Acteur, journee: UUID) -> JourneeObservation:
    row = (
        JourneeObservation.objects.select_for_update(of=("self",))
        .select_related("partenariat")
        .filter(Q(accueil=by.service) | Q(invite=by.service), pk=journee)
        .first()
    )
    if row is None:
        raise NotYours
    _require_head(by, row.partenariat)
    return row


def _moved(by: Acteur, row: JourneeObservation, etat: EtatJournee) -> JourneeObservation:
    row.etat = etat
    row.save(update_fields=["etat", "repondue_le"])
    note(by, Acte.MODIFICATION, "journee_observation", row.pk, {"etat": etat.value})
    return row
