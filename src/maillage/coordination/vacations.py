"""The hours of the parents relais: each writes their own, the head of their service reads the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotYours
from maillage.coordination.models import Vacation
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service
from maillage.law.conservation import PAY_YEARS, years_after

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

LATEST = timedelta(days=31)
LONGEST = 10 * 60


@atomic
def note_hours(*, by: Acteur, jour: date, debut: time, fin: time) -> Vacation:
    """Write hours worked, up to a month back. Raises NotYours, CannotWrite, BadAnswer."""
    _require_relay(by)
    today = clock.today()
    if jour > today:
        raise BadAnswer("jour", "Ces heures ne sont pas encore faites : notez-les après.")
    if jour < today - LATEST:
        raise BadAnswer("jour", "Plus d'un mois est passé : voyez avec la cheffe ou le chef de service.")
    row = Vacation(poste=by.poste, jour=jour, debut=debut, fin=fin)
    if fin <= debut:
        raise BadAnswer("fin", "La fin vient après le début, le même jour.")
    if row.minutes > LONGEST:
        raise BadAnswer("fin", "Dix heures au plus en une fois.")
    Poste.objects.select_for_update().get(pk=by.poste.pk)
    if Vacation.objects.filter(poste=by.poste, jour=jour, debut__lt=fin, fin__gt=debut).exists():
        raise BadAnswer("debut", "Ces heures en recouvrent d'autres, déjà notées ce jour-là.")
    row.save()
    _trace(by, Acte.CREATION, row)
    return row


@atomic
def remove_hours(*, by: Acteur, vacation: UUID) -> None:
    """Take back hours of one's own, up to a month back. Raises NotYours, CannotWrite."""
    _require_relay(by)
    rows = Vacation.objects.filter(pk=vacation, poste=by.poste, jour__gte=clock.today() - LATEST)
    row = rows.select_for_update().first()
    if row is None:
        raise NotYours
    _trace(by, Acte.RETRAIT, row)
    row.delete()


def hours_of(poste: Poste, month: date) -> Sequence[Vacation]:
    """Return a post's hours of one month (`month` is its first day), in order."""
    rows = Vacation.objects.filter(poste=poste, jour__year=month.year, jour__month=month.month)
    return list(rows.order_by("jour", "debut"))


def team_hours(service: Service, month: date) -> Sequence[tuple[Poste, int]]:
    """Return the minutes of each parent relais of a service in one month, by name; nobody without any."""
    rows = (
        Vacation.objects.filter(poste__service=service, jour__year=month.year, jour__month=month.month)
        .select_related("poste__professionnel")
        .order_by("poste__professionnel__nom", "poste__professionnel__prenom", "poste")
    )
    found: dict[UUID, tuple[Poste, int]] = {}
    for row in rows:
        _, before = found.get(row.poste_id, (row.poste, 0))
        found[row.poste_id] = (row.poste, before + row.minutes)
    return list(found.values())


def old_hours(on: date) -> QuerySet[Vacation]:
    """Return the hours that nobody may claim any more that day: worked three years before, or longer ago."""
    return Vacation.objects.filter(jour__lte=years_after(on, -PAY_YEARS))


@atomic
def drop_old_hours(on: date) -> int:
    """Delete the hours whose term is past; return how many lines."""
    return old_hours(on).delete()[0]


def _require_relay(by: Acteur) -> None:
    if by.role != Role.PARENT_RELAIS:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")


def _trace(by: Acteur, acte: Acte, row: Vacation) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre="vacation", objet=row.pk)
