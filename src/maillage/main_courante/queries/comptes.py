"""Counting a year of notes: read from one index, without looking at any note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from maillage.main_courante.models import Note


def standing_counts(
    services: Iterable[UUID], since: date, until: date, *fields: str
) -> Counter[tuple[Any, ...]]:
    """Count the standing notes of these services in these days, by some of their columns.

    `fields` among `service_id`, `categorie` and `lieu_id`, which the index `note_comptee` holds. The same
    notes as `passages.standing`: all but those withdrawn, less the few that another one corrected.
    """
    counts: Counter[tuple[Any, ...]] = Counter()
    written, corrected = _written(services, since, until)
    for sign, rows in ((1, written), (-1, corrected)):
        for *key, many in rows.values_list(*fields).annotate(nombre=Count("*")):
            counts[tuple(key)] += sign * many
    return +counts


def new_contacts(services: Iterable[UUID], since: date, until: date) -> int:
    """Add up the new contacts of the same notes."""
    written, corrected = (
        rows.aggregate(somme=Sum("contacts_nouveaux"))["somme"] or 0
        for rows in _written(services, since, until)
    )
    return int(written - corrected)


def _written(services: Iterable[UUID], since: date, until: date) -> tuple[QuerySet[Note], QuerySet[Note]]:
    rows = Note.objects.filter(service__in=list(services), jour__range=(since, until), annule=False)
    corrections = Note.objects.filter(corrige__isnull=False).values("corrige_id")
    return rows.order_by(), rows.order_by().filter(pk__in=corrections)
