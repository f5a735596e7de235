"""Reads for the notebook of the telephone and for the sealed tray."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from maillage.comptes.acteur import Acteur
from maillage.main_courante.models import EnveloppeDeposee, Note


@dataclass(frozen=True)
class Bac:
    """The service's sealed tray: how many envelopes wait, and since when."""

    nombre: int
    depuis: datetime | None


def mine_of_day(acteur: Acteur, jour: date) -> frozenset[UUID]:
    """Return the notes of that day that this person may correct: their own, and their outings' ones."""
    ours = Q(poste=acteur.poste) | Q(sortie__equipage=acteur.poste)
    rows = Note.objects.filter(ours, service=acteur.service, jour=jour)
    return frozenset(rows.order_by().values_list("pk", flat=True).distinct())


def ticked_on_day(acteur: Acteur, jour: date) -> dict[UUID, tuple[list[str], list[str]]]:
    """Return the codes ticked on each note of that day, (publics, suites): a correction starts from them."""
    rows = Note.objects.filter(service=acteur.service, jour=jour).values_list("pk", "publics", "suites")
    return {pk: (publics, suites) for pk, publics, suites in rows}


def tray_of(acteur: Acteur) -> Bac:
    """Return what waits in the tray of the service: a number and a date, never a content nor an author."""
    waiting = EnveloppeDeposee.objects.filter(service=acteur.service, versee_le=None)
    found = waiting.aggregate(nombre=Count("pk"), depuis=Min("deposee_le"))
    return Bac(found["nombre"], found["depuis"])
