"""Reciprocity by pair of services and direction: news of places, orientations and returns apart.

A service reads its own flows exactly. What became of an orientation belongs to the service that
received it: who sent it reads of it, at most, sums of a year that is over, in which neither all nor
none are of one kind. Between two other services, no figure that is small or would tell a small one.
Never by agent: nothing here knows who wrote or answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import permutations
from statistics import median
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.conventions.regles import longest_closing
from maillage.diagnostics.masking import INSIDE, PUBLISHED, CannotHide, Cell, Row, Why, protect
from maillage.directory.models import Service
from maillage.pilotage.echanges import (
    Envoi,
    Offre,
    decisions_between,
    news_between,
    orientations_between,
    returns_between,
)
from maillage.sharing.errors import NotVisible

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

YEAR_DAYS = 364
THEIRS = Cell(None, Why.THEIRS)
SENT, ANSWERED, ON_TIME, REFUSED = "envoyes", "repondus", "a_temps", "refuses"
OFFERED, HELD = "offerts", "tenus"
Pair = tuple[UUID, UUID]
Dated = TypeVar("Dated", Envoi, Offre)
# One kind of thing of one month: what became of it, and why it was refused.
Atom = tuple[date, str, str]


@dataclass(frozen=True)
class Compte:
    """What was sent one way, and what became of it; `delai` is the median number of days, if told."""

    envoyes: Cell
    repondus: Cell
    a_temps: Cell
    refuses: Cell
    motifs: Mapping[str, Cell] = field(default_factory=dict)
    delai: float | None = None


@dataclass(frozen=True)
class Sens:
    """One direction between two services of different trades. `mien`: my service is one of the two.

    `offerts` and `tenus` are the returns that `emetteur` gave on orientations it had received.
    """

    emetteur: Service
    destinataire: Service
    mien: bool
    lieux: Compte
    orientations: Compte
    offerts: Cell
    tenus: Cell


def flows(acteur: Acteur, partenariat: Partenariat, since: date, until: date) -> list[Sens]:
    """Return every direction between the two trades in whole months, mine first.

    `since` begins a month and `until` ends one. Raises NotVisible.
    """
    if partenariat.pk not in acteur.partenariat_ids:
        raise NotVisible
    return flows_seen_by(acteur.service.pk, partenariat, since, until)


def flows_seen_by(
    mine: UUID | None, partenariat: Partenariat, since: date, until: date, *, threshold: int = INSIDE
) -> list[Sens]:
    """Return every direction as one service reads it (None: as who is in none of them, from `threshold`)."""
    news = _by_pair(news_between(partenariat, since, until))
    sent = _by_pair(orientations_between(partenariat, since, until))
    services, settled = members(partenariat, until), _settled(partenariat, since, until)
    readers = {pair[1] for pair in sent} & ({one.pk for one in services} if settled else {mine})
    decided = _by_pair(decisions_between(partenariat, since, until, readers)) if readers else {}
    back: dict[Pair, list[Offre]] = {}
    for offer in returns_between(partenariat, since, until):
        back.setdefault((offer.donneur, offer.lecteur), []).append(offer)
    found = []
    for one, other in permutations(services, 2):
        if one.metier == other.metier:
            continue
        pair, ours = (one.pk, other.pk), mine in (one.pk, other.pk)
        said = news.get(pair, [])
        found.append(
            Sens(
                one,
                other,
                ours,
                exact(said) if ours else seen_by_others(said, threshold),
                _orientations(
                    sent.get(pair, []), decided.get(pair, []), mine, pair, threshold, settled=settled
                ),
                *_returns(back.get(pair, []), threshold, ours=ours),
            )
        )
    return sorted(
        found,
        key=lambda row: (not row.mien, row.emetteur.pk != mine, str(row.emetteur), str(row.destinataire)),
    )


def exact(sent: Sequence[Envoi]) -> Compte:
    """Count one direction, nothing hidden."""
    figures = {row.key: row.value for row in _rows(sent)}
    reasons = [key for key in figures if key.startswith("motif:")]
    return Compte(
        Cell(figures[SENT]),
        Cell(figures[ANSWERED]),
        Cell(figures[ON_TIME]),
        Cell(figures[REFUSED]),
        {key.removeprefix("motif:"): Cell(figures[key]) for key in reasons},
        _delay(sent),
    )


def seen_by_others(sent: Sequence[Envoi], threshold: int = INSIDE) -> Compte:
    """Count one direction for who is in neither service."""
    cells = _from_outside(sent, _rows, threshold)
    return _compte(cells, cells[SENT], sent)


def _orientations(
    sent: Sequence[Envoi],
    decided: Sequence[Envoi],
    mine: UUID | None,
    pair: Pair,
    threshold: int,
    *,
    settled: bool,
) -> Compte:
    """Exact for who received; of what the others read, only the number sent, until the year is over."""
    if mine == pair[1] or not sent:
        return exact(decided)
    whole = Cell(len(sent)) if mine == pair[0] else seen_by_others(sent, threshold).envoyes
    if not settled or whole.value is None:
        return Compte(whole, THEIRS, THEIRS, THEIRS)
    rows = list(_rows(decided))
    total = next(row for row in rows if row.key == SENT)
    inner = [row for row in rows if row.key != SENT]
    # All or none would say of each one what became of it.
    telling = [row.key for row in inner if row.value in (0, total.value)]
    return _compte(_protected(inner, PUBLISHED, [total], telling), whole, decided)


def _compte(cells: Mapping[str, Cell], whole: Cell, sent: Sequence[Envoi]) -> Compte:
    return Compte(
        whole,
        cells[ANSWERED],
        cells[ON_TIME],
        cells[REFUSED],
        {key.removeprefix("motif:"): cell for key, cell in cells.items() if key.startswith("motif:")},
        _delay(sent) if cells[ANSWERED].value else None,
    )


def _returns(offers: Sequence[Offre], threshold: int, *, ours: bool) -> tuple[Cell, Cell]:
    if ours:
        return Cell(len(offers)), Cell(sum(one.tenu for one in offers))
    cells = _from_outside(offers, _return_rows, threshold)
    return cells[OFFERED], cells[HELD]


def _from_outside(
    items: Sequence[Dated], rows_of: Callable[[Sequence[Dated]], Iterator[Row]], threshold: int
) -> dict[str, Cell]:
    """Mask for members of other services; what they may not read is hidden from anyone further too."""
    inside = _month_first(items, rows_of)
    if threshold <= INSIDE:
        return inside
    hidden = [key for key, cell in inside.items() if cell.value is None]
    return _protected(list(rows_of(items)), threshold, telling=hidden)


def _month_first(
    items: Sequence[Dated], rows_of: Callable[[Sequence[Dated]], Iterator[Row]]
) -> dict[str, Cell]:
    """Mask a period: each of its months may be read alone, and what they hide is not told by the rest."""
    before: list[Row] = []
    hidden: list[Row] = []
    months = sorted({one.le.replace(day=1) for one in items})
    for month in months if len(months) > 1 else ():
        rows = list(rows_of([one for one in items if one.le.replace(day=1) == month]))
        cells = _protected(rows, INSIDE)
        for row in rows:
            kept = before if cells[row.key].value is not None else hidden
            kept.append(Row(f"{month}:{row.key}", row.parts, row.value))
    whole: list[Row] = list(rows_of(items))
    found = _protected([*whole, *hidden], INSIDE, before, telling=[row.key for row in hidden])
    return {row.key: found[row.key] for row in whole}


def _protected(
    rows: Sequence[Row], threshold: int, before: Sequence[Row] = (), telling: Iterable[str] = ()
) -> dict[str, Cell]:
    """Hide what must be; when that is not enough beside what is known, show nothing of it."""
    try:
        return protect(rows, threshold=threshold, before=before, withheld=list(telling))
    except CannotHide:
        return {row.key: Cell(None, Why.PROTECTS) for row in rows}


def _rows(sent: Sequence[Envoi]) -> Iterator[Row]:
    """Add up one direction: sent, answered, on time, refused, and by reason."""
    atoms: Counter[Atom] = Counter((one.le.replace(day=1), _state(one), one.motif) for one in sent)
    wanted: dict[str, Callable[[Atom], bool]] = {
        SENT: lambda atom: True,
        ANSWERED: lambda atom: atom[1] != "attente",
        ON_TIME: lambda atom: atom[1] == "a_temps",
        REFUSED: lambda atom: bool(atom[2]),
    }
    for key, holds in wanted.items():
        parts = frozenset(atom for atom in atoms if holds(atom))
        yield Row(key, parts, sum(atoms[atom] for atom in parts))
    for reason in sorted({one.motif for one in sent if one.motif}):
        parts = frozenset(atom for atom in atoms if atom[2] == reason)
        yield Row(f"motif:{reason}", parts, sum(atoms[atom] for atom in parts))


def _return_rows(offers: Sequence[Offre]) -> Iterator[Row]:
    atoms = Counter((one.le.replace(day=1), one.tenu) for one in offers)
    held = frozenset(atom for atom in atoms if atom[1])
    yield Row(OFFERED, frozenset(atoms), len(offers))
    yield Row(HELD, held, sum(atoms[atom] for atom in held))


def _state(one: Envoi) -> str:
    if one.repondu is None:
        return "attente"
    return "a_temps" if one.repondu <= one.limite else "tard"


def _delay(sent: Sequence[Envoi]) -> float | None:
    waited = [(one.repondu - one.le).days for one in sent if one.repondu is not None]
    return float(median(waited)) if waited else None


def _by_pair(sent: Iterable[Envoi]) -> dict[Pair, list[Envoi]]:
    found: dict[Pair, list[Envoi]] = {}
    for one in sent:
        found.setdefault((one.emetteur, one.destinataire), []).append(one)
    return found


def _settled(partenariat: Partenariat, since: date, until: date) -> bool:
    """Say whether this is a year whose every orientation is past its end, whatever happened to it."""
    over = until + timedelta(days=longest_closing(partenariat, since, until)) < clock.today()
    return over and (until - since).days >= YEAR_DAYS
