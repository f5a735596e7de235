"""The exchanges of a partnership over a period, as columns: facts, verdicts and sources, nothing else.

Reads neither who the exchange was about, nor the orientation behind it, nor any content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.directory.models import Service
from maillage.law.readings.columns import Ranks, columns_of_packed
from maillage.law.replay import Rows
from maillage.law.wire import CaseError, parse_case
from maillage.pilotage.parts import OwnParts
from maillage.sharing.models import Echange

Numbers = NDArray[np.int64]
SIDES = ("emetteur", "destinataire")
READ = (
    "cas",
    "sources",
    "issue",
    "verdict__fondements",
    "service_emetteur_id",
    "service_destinataire_id",
    "poste_emetteur_id",
    "le",
)


@dataclass(frozen=True)
class Recorded:
    """Exchanges in the order of their moments, one row each.

    `columns` are the facts as judged; `issues` and `fondements` the verdicts as given. `ends` says
    for each side which of `services` stands there; `jours` are ordinals. `by_clause` gives the rows
    of each (path, clause) that a clause established, `settled` those that something else than a
    clause did. `unreadable` counts exchanges whose facts this version of the law no longer knows.
    """

    columns: Ranks
    issues: Sequence[str]
    fondements: Sequence[frozenset[str]]
    services: Sequence[Service]
    ends: Mapping[str, Numbers]
    jours: Numbers
    by_clause: Mapping[tuple[str, str], Rows]
    settled: Mapping[str, Rows]
    parts: OwnParts
    unreadable: int

    @property
    def size(self) -> int:
        """Return how many exchanges can be judged again."""
        return len(self.issues)

    def nothing(self) -> Rows:
        """Return a selection of no row."""
        return np.zeros(self.size, np.bool_)

    def held_by_clause(self, path: str) -> Rows:
        """Return the rows where some clause established this fact."""
        found = self.nothing()
        for (held, _), rows in self.by_clause.items():
            if held == path:
                found = found | rows
        return found

    def open_to_clause(self, path: str) -> Rows:
        """Return the rows where a clause may say this fact: nothing stronger has."""
        return ~self.settled.get(path, self.nothing())

    def of_service(self, side: str, *, code: str = "", metier: str = "") -> Rows:
        """Return the rows where this side is a service of that code, or of that trade."""
        wanted = [
            rank
            for rank, service in enumerate(self.services)
            if (service.code == code if code else service.metier == metier)
        ]
        return np.isin(self.ends[side], wanted)


@house_work(HouseWork.COUNTING)
def load_recorded(partenariat: Partenariat, since: date, until: date) -> Recorded:
    """Read the exchanges of a partnership between two days, both counted."""
    rows = (
        Echange.objects.filter(
            partenariat=partenariat,
            le__gte=_midnight(since),
            le__lt=_midnight(until + timedelta(days=1)),
        )
        .order_by("le", "pk")
        .values_list(*READ)
    )
    reader = _Reader()
    for row in rows.iterator(chunk_size=2000):
        reader.add(*row)
    return reader.done()


class _Reader:
    """Gathers rows one by one."""

    def __init__(self) -> None:
        self.packed: list[bytes] = []
        self.issues: list[str] = []
        self.fondements: list[frozenset[str]] = []
        self.ends: dict[str, list[UUID]] = {side: [] for side in SIDES}
        self.posts: list[UUID] = []
        self.jours: list[int] = []
        self.by_clause: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.settled: dict[str, list[int]] = defaultdict(list)
        self.unreadable = 0

    def add(
        self,
        cas: Mapping[str, Any],
        sources: Mapping[str, Mapping[str, str]],
        issue: str,
        fondements: Iterable[str],
        emetteur: UUID,
        destinataire: UUID,
        poste: UUID,
        le: datetime,
    ) -> None:
        """Keep one exchange, or count it apart when its facts are no longer those of the law."""
        try:
            case = parse_case(cas)
        except CaseError:
            self.unreadable += 1
            return
        rank = len(self.packed)
        for path, source in sources.items():
            if source["genre"] == "clause":
                self.by_clause[path, source["id"]].append(rank)
            else:
                self.settled[path].append(rank)
        self.packed.append(case.packed)
        self.issues.append(issue)
        self.fondements.append(frozenset(fondements))
        self.ends["emetteur"].append(emetteur)
        self.ends["destinataire"].append(destinataire)
        self.posts.append(poste)
        self.jours.append((case.jour or le.astimezone(clock.PARIS).date()).toordinal())

    def done(self) -> Recorded:
        """Return what was gathered."""
        known = set(self.ends["emetteur"]) | set(self.ends["destinataire"])
        services = list(Service.objects.filter(pk__in=known).order_by("metier", "nom_court", "pk"))
        ranks = {service.pk: rank for rank, service in enumerate(services)}
        size = len(self.packed)
        return Recorded(
            columns=columns_of_packed(self.packed),
            issues=self.issues,
            fondements=self.fondements,
            services=services,
            ends={side: np.array([ranks[one] for one in ids], np.int64) for side, ids in self.ends.items()},
            jours=np.array(self.jours, np.int64),
            by_clause={key: _rows(found, size) for key, found in self.by_clause.items()},
            settled={path: _rows(found, size) for path, found in self.settled.items()},
            parts=OwnParts(self.posts, self.ends["destinataire"], self.jours),
            unreadable=self.unreadable,
        )


def _rows(found: list[int], size: int) -> Rows:
    rows = np.zeros(size, np.bool_)
    rows[found] = True
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.PARIS)
