"""A service's year for those who fund it: outings, notes by quartier and by register of the trade.

Written from the notebook at the end of each quarter, so that the year's report is ready in January.
Figures of people and notes are masked as for publication, four stops of a year taken together: one
cannot subtract a stop from the next to find a small number. Nothing is counted by agent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Sum

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.diagnostics.masking import PUBLISHED, Cell, Row, protect
from maillage.directory.enums import Metier
from maillage.directory.models import Financement, Service
from maillage.directory.queries import quartier_of
from maillage.main_courante.models import Sortie
from maillage.main_courante.queries.comptes import Compte, Key, standing_counts
from maillage.operations.replica import counted
from maillage.pilotage.registres import register_of, registers

QUARTER = 3
NONE = Cell(0)
Part = tuple[int, str, str]
Counts = Mapping[Part, int]


@dataclass(frozen=True)
class Line:
    """One line of a table: what is counted, and the figure as it may be shown."""

    nom: str
    cell: Cell


@dataclass(frozen=True)
class ServiceActivity:
    """A service's activity until the stop; `minutes` adds up closed outings, whatever their crew."""

    service: Service
    financeurs: Sequence[str]
    sorties: int
    minutes: int
    notes: Cell
    contacts: Cell
    quartiers: Sequence[Line]
    registres: Sequence[Line]


@dataclass(frozen=True)
class Activity:
    """The activity of a partnership's services from 1 January to the last day of an ended quarter.

    `financeur` names the one funder whose services are told, empty for all of them; `arrete_le` is when
    it was counted up to, on the standby.
    """

    partenariat: Partenariat
    depuis: date
    jusqu_au: date
    services: Sequence[ServiceActivity]
    financeur: str = ""
    arrete_le: datetime | None = None


@dataclass(frozen=True)
class Outside:
    """What services did outside: notes by quarter of the year, outings closed and their time by service."""

    notes: Mapping[int, Mapping[Key, Compte]]
    outings: Mapping[UUID, tuple[int, timedelta]]


def read(
    partenariat: str = "", annee: int | None = None, financeur: str = "", *, standby: bool = False
) -> Activity | None:
    """Return the activity of a partnership (its code, else the first) in a year.

    Without `annee`, the year of the last ended quarter; with `financeur`, the services it funds. None when
    there is no such partnership or funder, or no quarter of that year is over. With `standby`, for a
    screen, it may be counted on the standby.
    """
    rows = Partenariat.objects.order_by("code")
    found = (rows.filter(code=partenariat) if partenariat else rows).first()
    last = _last_stop(clock.today())
    until = last if annee is None else min(last, date(annee, 12, 31))
    if found is None or (annee is not None and until.year != annee):
        return None
    since = date(until.year, 1, 1)
    told = [one for one in members(found, on=until) if not financeur or financeur in funders([one])]
    if financeur and not told:
        return None
    ids = [one.pk for one in told]
    outside = counted(lambda using: _outside(ids, since, until, using), standby=standby)
    services = [_of_service(one, until, outside.valeur) for one in told]
    return Activity(found, since, until, services, financeur, outside.arrete_le)


def funders(services: Iterable[Service]) -> list[str]:
    """Return the names of those who fund at least one of these services, in alphabetical order."""
    rows = Financement.objects.filter(service__in=[one.pk for one in services])
    return sorted(set(rows.values_list("financeur", flat=True)), key=str.casefold)


def _last_stop(today: date) -> date:
    """Return the last day of the last quarter that is over."""
    first = date(today.year, today.month - (today.month - 1) % QUARTER, 1)
    return first - timedelta(days=1)


@house_work(HouseWork.COUNTING)
def _outside(services: Sequence[UUID], since: date, until: date, using: str) -> Outside:
    rows = Sortie.objects.using(using).filter(service__in=services, jour__range=(since, until))
    closed = rows.filter(fin__isnull=False).order_by().values_list("service_id")
    return Outside(
        {
            quarter: standing_counts(services, first, last, using=using)
            for quarter, first, last in _quarters(since, until)
        },
        {
            pk: (many, spent)
            for pk, many, spent in closed.annotate(n=Count("pk"), t=Sum(F("fin") - F("debut")))
        },
    )


def _of_service(service: Service, until: date, outside: Outside) -> ServiceActivity:
    counts, contacts = _counts(service, outside.notes)
    quarters = until.month // QUARTER
    # Mediators do not count new contacts.
    met = contacts if service.metier == Metier.PREVENTION_SPECIALISEE else {}
    shown = _masked(counts, quarters)
    outings, spent = outside.outings.get(service.pk, (0, timedelta()))
    return ServiceActivity(
        service=service,
        financeurs=[_share(one) for one in service.financements.order_by("rang", "pk")],
        sorties=outings,
        minutes=round(spent.total_seconds() / 60),
        notes=shown.get("tout", NONE),
        contacts=_masked(met, quarters).get("tout", NONE),
        quartiers=[
            Line(name, shown[f"quartier:{name}"]) for name in sorted({quartier for _, quartier, _ in counts})
        ],
        registres=[
            Line(label, shown.get(f"registre:{code}", NONE)) for code, label in registers(service.metier)
        ],
    )


def _share(one: Financement) -> str:
    """Name a funder, with its share of the service where it is known."""
    return f"{one.financeur}, {'environ ' if one.environ else ''}{one.part} %" if one.part else one.financeur


def _counts(
    service: Service, notes: Mapping[int, Mapping[Key, Compte]]
) -> tuple[Counter[Part], Counter[Part]]:
    """Count a service's notes by quarter, quartier and register; and its new contacts, by quarter."""
    counts: Counter[Part] = Counter()
    contacts: Counter[Part] = Counter()
    own = [
        (quarter, categorie, lieu, found)
        for quarter, counted_then in notes.items()
        for (pk, categorie, lieu), found in counted_then.items()
        if pk == service.pk
    ]
    quartiers = quartier_of(lieu for _, _, lieu, _ in own)
    for quarter, categorie, lieu, found in own:
        counts[quarter, quartiers[lieu].nom, register_of(service.metier, categorie)] += found.notes
        contacts[quarter, "", ""] += found.contacts
    return counts, contacts


def _quarters(since: date, until: date) -> Iterator[tuple[int, date, date]]:
    """Return the quarters of a year: number, first and last day."""
    for quarter in range(1, until.month // QUARTER + 1):
        first = date(since.year, QUARTER * (quarter - 1) + 1, 1)
        last = date(since.year + quarter // 4, QUARTER * quarter % 12 + 1, 1) - timedelta(days=1)
        yield quarter, first, last


def _masked(counts: Counts, quarters: int) -> dict[str, Cell]:
    """Mask the figures of the last stop, knowing what each earlier stop of the year already showed."""
    before: list[Row] = []
    cells: dict[str, Cell] = {}
    for stop in range(1, quarters + 1):
        total = {row.key: row for row in _rows(counts, range(1, stop + 1))}
        alone = [
            Row(f"{stop}+{row.key}", row.parts, row.value)
            for row in _rows(counts, range(stop, stop + 1))
            if stop > 1
        ]
        known = [Row(f"{stop}:{key}", row.parts, row.value) for key, row in total.items()]
        small = [row.key for row in alone]
        found = protect([*known, *alone], threshold=PUBLISHED, before=before, withheld=small)
        cells = {key: found[f"{stop}:{key}"] for key in total}
        before += [row for row in known if found[row.key].value is not None]
    return cells


def _rows(counts: Counts, quarters: range) -> Iterator[Row]:
    """Return the non-empty figures of these quarters: everything, by quartier, by register."""
    sums: Counter[str] = Counter()
    parts: dict[str, set[Part]] = {}
    for part, number in counts.items():
        quarter, quartier, registre = part
        if quarter not in quarters or not number:
            continue
        for key in ("tout", f"quartier:{quartier}", f"registre:{registre}"):
            sums[key] += number
            parts.setdefault(key, set()).add(part)
    return (Row(key, frozenset(parts[key]), value) for key, value in sums.items())
