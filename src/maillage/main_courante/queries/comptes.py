"""Counting a year of notes: read from one index, without looking at any note."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, Sum

from maillage.base.wall import HouseWork, house_work
from maillage.main_courante.models import Note

Key = tuple[UUID, str, UUID]
"""A service, a category, a place."""


@dataclass(frozen=True)
class Compte:
    """How many notes, and the new contacts they hold together."""

    notes: int
    contacts: int


@house_work(HouseWork.COUNTING)
def standing_counts(
    services: Collection[UUID], since: date, until: date, *, using: str = DEFAULT_DB_ALIAS
) -> dict[Key, Compte]:
    """Count the standing notes of these services in these days, by service, category and place.

    The same notes as `passages.standing`: all but those withdrawn, read in the index `note_comptee`, less
    the few that another one corrected. The grouping is that index's own order: another one, or a condition
    more, would make SQLite read every note. `using` is where `operations.replica` counts.
    """
    notes = Note.objects.using(using)
    rows = notes.filter(service__in=list(services), jour__range=(since, until), annule=False)
    grouped = rows.order_by().values_list("service_id", "categorie", "lieu_id")
    found = {
        (service, categorie, lieu): [notes, contacts or 0]
        for service, categorie, lieu, notes, contacts in grouped.annotate(
            notes=Count("*"), contacts=Sum("contacts_nouveaux")
        )
    }
    for key, jour, contacts in _corrected(using):
        if key in found and since <= jour <= until:
            found[key][0] -= 1
            found[key][1] -= contacts
    return {key: Compte(*pair) for key, pair in found.items() if pair[0]}


def _corrected(using: str) -> list[tuple[Key, date, int]]:
    """Return every note that another one corrects and that withdraws none."""
    named = Note.objects.filter(corrige__isnull=False).values("corrige_id")
    rows = (
        Note.objects.using(using)
        .filter(pk__in=named)
        .values_list("service_id", "categorie", "lieu_id", "jour", "contacts_nouveaux", "annule")
    )
    return [
        ((service, categorie, lieu), jour, contacts or 0)
        for service, categorie, lieu, jour, contacts, annule in rows
        if not annule
    ]
