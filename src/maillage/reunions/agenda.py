"""The agenda that builds itself from live data: everything overdue, nothing by agent, nobody named.

Three readers: a service of the partnership (exact for what it owes itself), everybody in the room
(`acteur` None: small numbers of orientations hidden), a guest (nothing that is about persons).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import clauses_to_review, closed_to, members, unsigned_charters
from maillage.diagnostics.masking import INSIDE
from maillage.directory.models import Service
from maillage.main_courante.models import MessageDeLieu, ReponseMessage
from maillage.main_courante.queries.passages import places_of_services
from maillage.orientations.enums import EtatReception
from maillage.orientations.models import Orientation
from maillage.projets.queries import live_projects
from maillage.reunions.queries import decision_lines, open_decisions
from maillage.sharing.access import PERSON_ROLES
from maillage.sharing.queries import oriented_names

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

SMALLEST_SHOWN = INSIDE


@dataclass(frozen=True)
class Point:
    """One line of the agenda: which part it belongs to, and its sentence."""

    genre: str
    phrase: str


def agenda(
    partenariat: Partenariat, on: date, acteur: Acteur | None = None, *, guest: bool = False
) -> list[Point]:
    """Return the agenda of a meeting held on `on`, as this reader may see it."""
    found: list[Point] = []
    services = members(partenariat)
    if not guest:
        found += _orientations(partenariat, services, acteur)
    found += _messages(partenariat)
    found += _places(services)
    found += _projects(partenariat, guest=guest)
    found += _charters(partenariat, services)
    if not guest:
        found += _decisions(partenariat, on)
    found += _clauses(partenariat, on)
    return found


def nominative(partenariat: Partenariat, acteur: Acteur) -> list[str]:
    """Return how the reader's service calls the persons it may speak of here; read through the door.

    Live orientations between two services of the partnership whose agreed day of answer is past,
    answered or not: the sender learns nothing from it that the dates did not say. A withdrawal
    removes the line at once. Empty for a post that meets nobody, or that has not finished arriving;
    leaves one ledger line.
    """
    if acteur.role not in PERSON_ROLES or partenariat.pk not in acteur.partenariat_ids:
        return []
    if closed_to(acteur.poste, clock.today(), [partenariat.pk]):
        return []
    mine = acteur.service.pk
    rows = [
        row
        for row in _past_due(partenariat).select_related(
            "service_emetteur", "service_destinataire", "reception"
        )
        if mine == row.service_emetteur_id
        or (mine == row.service_destinataire_id and row.reception.etat == EtatReception.A_VOIR)
    ]
    names = oriented_names(acteur, [row.sujet for row in rows])
    return [
        f"{names[row.sujet]} : {row.service_emetteur} vers {row.service_destinataire}, "
        f"réponse attendue le {row.reponse_attendue_le:%d/%m/%Y}"
        for row in rows
        if row.sujet in names
    ]


def _past_due(partenariat: Partenariat) -> QuerySet[Orientation]:
    today = clock.today()
    return Orientation.objects.filter(
        partenariat=partenariat,
        reponse_attendue_le__lt=today,
        cloture_prevue_le__gt=today,
        retiree_le__isnull=True,
    ).order_by("reponse_attendue_le", "pk")


def _orientations(
    partenariat: Partenariat, services: list[Service], acteur: Acteur | None
) -> Iterator[Point]:
    """Say what each service has not answered: exactly to itself, from five up to the others.

    For the others the line is always there, so that neither its presence nor its end tells anything.
    """
    with house_work(HouseWork.COUNTING):
        late = Counter(
            _past_due(partenariat)
            .filter(reception__etat=EtatReception.A_VOIR)
            .order_by()
            .values_list("service_destinataire_id", flat=True)
        )
    mine = acteur.service.pk if acteur is not None else None
    for service in services:
        count = late[service.pk]
        if service.pk == mine:
            if count:
                what = "orientation attend" if count == 1 else "orientations attendent"
                yield Point("retard", f"{count} {what} la réponse de {service}, délai passé")
        elif service.metier == "prevention_specialisee":
            said = str(count) if count >= SMALLEST_SHOWN else "moins de cinq, zéro compris"
            yield Point("retard", f"Orientations sans réponse de {service}, délai passé : {said}")


def _messages(partenariat: Partenariat) -> Iterator[Point]:
    """Say the news of places that nobody answered, by pair of services."""
    start_of_day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = (
        MessageDeLieu.objects.filter(partenariat=partenariat, envoye_le__lt=start_of_day)
        .exclude(Exists(ReponseMessage.objects.filter(message=OuterRef("pk"))))
        .order_by()
        .values_list("service_destinataire__nom_court", "service_emetteur__nom_court")
        .annotate(nombre=Count("pk"), depuis=Min("envoye_le"))
        .order_by("service_destinataire__nom_court", "service_emetteur__nom_court")
    )
    with house_work(HouseWork.COUNTING):
        found = list(rows)
    for receiver, sender, count, since in found:
        what = "nouvelle d'un lieu attend" if count == 1 else "nouvelles de lieux attendent"
        day = since.astimezone(clock.PARIS)
        yield Point("retard", f"{count} {what} {receiver} (de {sender}), la plus ancienne du {day:%d/%m/%Y}")


def _places(services: list[Service]) -> Iterator[Point]:
    for place in places_of_services([service.pk for service in services], clock.today()):
        if place.monte:
            yield Point("lieu_tension", f"{place.lieu} : {place.pourquoi}")
        else:
            # A figure of calm is a small one: it is left out.
            yield Point("lieu_calme", f"{place.lieu} : plus calme que d'ordinaire")


def _projects(partenariat: Partenariat, *, guest: bool) -> Iterator[Point]:
    """Say where each live project stands; to a guest by its kind, since a title is typed freely."""
    for row in live_projects(partenariat):
        named = row.get_genre_display() if guest else row.titre
        yield Point("projet", f"{named}, {row.lieu} : {row.etat.label.lower()}")


def _charters(partenariat: Partenariat, services: list[Service]) -> Iterator[Point]:
    waiting = unsigned_charters(partenariat, clock.today())
    for service in services:
        count = waiting.get(service.pk, 0)
        if count:
            what = "charte reste" if count == 1 else "chartes restent"
            yield Point("charte", f"{service} : {count} {what} à signer")


def _decisions(partenariat: Partenariat, on: date) -> Iterator[Point]:
    for line in decision_lines(open_decisions(partenariat)):
        row = line.decision
        if row.echeance <= on or row.etat == "a_reprendre":
            yield Point("decision", f"{line.texte} ({row.responsable}, pour le {row.echeance:%d/%m/%Y})")


def _clauses(partenariat: Partenariat, on: date) -> Iterator[Point]:
    for row in clauses_to_review(partenariat, on):
        ends = f" prend fin le {row.fin:%d/%m/%Y}" if row.fin else " est à revoir"
        yield Point("clause", f"« {row.titre} »{ends}")
