"""What both trades noted and where they went, month by month: exact counts, shown to nobody as such."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, QuerySet, Value, When

from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.models import Lieu
from maillage.directory.queries import territoires_of
from maillage.main_courante.models import Note, Sortie
from maillage.main_courante.queries.passages import standing
from maillage.main_courante.vocabulaire import CALME

# What is counted of a note: one value a note, or several.
SINGLE = ("lieu", "creneau", "categorie", "ambiance")
MANY = ("publics", "suites")


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months from `first` to `last`, both included."""
    found = [first]
    while found[-1] < last:
        found.append(next_month(found[-1]))
    return found


def month_counts(partenariat: Partenariat, month: date) -> dict[str, Any]:
    """Count a month by trade: its outings (`sorties`), those of which something was written (`ecrites`),
    its `notes` ({table: {value: n}}) and its `passages` ({place: [n, tense]}).

    A note that was corrected or withdrawn does not count. A passage is a place of an outing, declared
    or noted; it is tense when a note of it is: writing more about it changes nothing.
    """
    trades: dict[str, list[UUID]] = {}
    for service in members(partenariat, month):
        trades.setdefault(service.metier, []).append(service.pk)
    places = places_of(partenariat)
    return {trade: _trade_counts(services, places, month) for trade, services in trades.items()}


def places_of(partenariat: Partenariat) -> QuerySet[Lieu]:
    """Return the places on the ground, closed ones too: a service of several tells each its own."""
    return Lieu.objects.filter(territoire__in=territoires_of(partenariat).values("pk"))


@house_work(HouseWork.COUNTING)
def _trade_counts(services: list[UUID], places: QuerySet[Lieu], month: date) -> dict[str, Any]:
    until = next_month(month)
    notes = standing(
        Note.objects.filter(service__in=services, jour__gte=month, jour__lt=until, lieu__in=places)
    )
    outings = Sortie.objects.filter(service__in=services, jour__gte=month, jour__lt=until)
    passages, written, days = _passages(notes, outings, places)
    return {
        "sorties": outings.count(),
        "ecrites": written,
        "notes": {**_counted(notes), "jour": days},
        "passages": passages,
    }


def _counted(notes: QuerySet[Note]) -> dict[str, dict[str, int]]:
    """Every table of a month but the days, in one reading already added up."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*SINGLE, *MANY)}
    for row in notes.order_by().values("lieu_id", *SINGLE[1:], *MANY).annotate(nombre=Count("pk")):
        counts["lieu"][str(row["lieu_id"])] += row["nombre"]
        for name in SINGLE[1:]:
            counts[name][row[name]] += row["nombre"]
        for name in MANY:
            for one in set(row[name]):
                counts[name][one] += row["nombre"]
    return {name: dict(found) for name, found in counts.items()}


def _passages(
    notes: QuerySet[Note], outings: QuerySet[Sortie], places: QuerySet[Lieu]
) -> tuple[dict[str, list[int]], int, dict[str, int]]:
    """Passages by place, all and tense; outings of which something was written; notes by day of the week."""
    tense = Case(When(ambiance=CALME, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = notes.order_by().values_list("lieu_id", "sortie_id", "jour")
    found: dict[tuple[UUID, UUID], int] = {}
    days: Counter[str] = Counter()
    for lieu, sortie, jour, tendu, many in rows.annotate(tendu=Max(tense), nombre=Count("pk")):
        days[str(jour.isoweekday())] += many
        if sortie is not None:
            found[lieu, sortie] = max(tendu, found.get((lieu, sortie), 0))
    written = len({sortie for _, sortie in found})
    for lieu, sortie in outings.filter(lieux__in=places).values_list("lieux", "pk"):
        found.setdefault((lieu, sortie), 0)
    counts: dict[str, list[int]] = {}
    for (lieu, _), tendu in found.items():
        pair = counts.setdefault(str(lieu), [0, 0])
        pair[0] += 1
        pair[1] += tendu
    return counts, written, dict(days)
