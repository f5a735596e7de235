"""The reader's attack on whole diagnoses: every table shown, inside and published, solved together (S-13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any
from uuid import uuid4

import pytest
import z3

from maillage.diagnostics.figures import TRADES, Ground, figures_of
from maillage.diagnostics.masking import INSIDE, PUBLISHED
from maillage.directory.models import Lieu, Territoire

pytestmark = pytest.mark.requirement("S-13")

MONTHS = [date(2026, month, 1) for month in (6, 7, 8)]
SINGLE = ("lieu", "creneau", "jour", "categorie", "ambiance")
TRADE = TRADES[0]


def ground(rng: Random) -> Ground:
    """Places of two quartiers, sparse counts: many small cells."""
    quartiers = [Territoire(id=uuid4(), nom=name) for name in "AB"]
    lieux = {str(uuid4()): Lieu(territoire=quartiers[rank % 2], nom=f"Lieu {rank}") for rank in range(5)}
    return Ground(lieux, {month: {TRADE: _counts(rng, list(lieux))} for month in MONTHS})


def _counts(rng: Random, places: list[str]) -> dict[str, Any]:
    values = {
        "lieu": places,
        "creneau": ["soiree", "nuit"],
        "jour": ["5", "6", "7"],
        "categorie": ["regroupement", "tag", "rixe"],
        "ambiance": ["ras", "tensions"],
    }
    notes: dict[str, dict[str, int]] = {name: {} for name in (*SINGLE, "publics", "suites")}
    for _ in range(rng.choice((4, 9, 15))):
        for name, known in values.items():
            one = rng.choices(known, range(len(known), 0, -1))[0]
            notes[name][one] = notes[name].get(one, 0) + 1
    passages = {place: [many, rng.randint(0, many)] for place in places if (many := rng.choice((0, 1, 3, 8)))}
    return {"sorties": 20, "notes": notes, "passages": passages}


class Reader:
    """Someone who holds every table shown, and solves them all at once in whole numbers."""

    def __init__(self, of: Ground) -> None:
        self.ground = of
        self.solver = z3.Solver()
        self.unknown: dict[tuple[str, ...], Any] = {}
        self.truth: dict[str, tuple[Any, int]] = {}
        totals = [self._table(name) for name in SINGLE]
        self.solver.add([total == totals[0] for total in totals[1:]])

    def _atom(self, *name: str) -> Any:
        if name not in self.unknown:
            self.unknown[name] = z3.Int("/".join(name))
            self.solver.add(self.unknown[name] >= 0)
        return self.unknown[name]

    def _true(self, name: str, value: str) -> int:
        return sum(found[TRADE]["notes"][name].get(value, 0) for found in self.ground.months.values())

    def _table(self, name: str) -> Any:
        known = {one for found in self.ground.months.values() for one in found[TRADE]["notes"][name]}
        values = sorted(known | set(self.ground.places if name == "lieu" else ()))
        for value in values:
            self.truth[f"{name}:{value}"] = (self._atom(name, value), self._true(name, value))
        return z3.Sum([self._atom(name, value) for value in values])

    def reads(self, figures: Mapping[str, Any]) -> None:
        """Take in everything that is shown."""
        mine = figures["metiers"][TRADE]
        self._learn(z3.Sum([self._atom("lieu", key) for key in self.ground.places]), mine["total"], figures)
        for name, cells in mine["tables"].items():
            for cell in cells:
                inside = [
                    key for key, lieu in self.ground.places.items() if str(lieu.territoire_id) == cell["cle"]
                ]
                atoms = [("lieu", key) for key in inside] if name == "quartier" else [(name, cell["cle"])]
                self._learn(z3.Sum([self._atom(*atom) for atom in atoms]), cell, figures)
        for key, shown in [(one["cle"], one[TRADE]) for one in figures["lieux"]] + [
            (one["mois"], one[TRADE]) for one in figures["mois"]
        ]:
            self._presence(key, shown)

    def _presence(self, key: str, shown: Mapping[str, Any]) -> None:
        pairs = [
            (month.isoformat(), place)
            for month in MONTHS
            for place in self.ground.places
            if key in {month.isoformat(), place}
        ]
        for rank, which in enumerate(("passages", "tendus")):
            kinds = ("tendus", "calmes") if which == "passages" else ("tendus",)
            total = z3.Sum([self._atom(kind, *pair) for kind in kinds for pair in pairs])
            counted = [
                self.ground.months[date.fromisoformat(month)][TRADE]["passages"].get(place, [0, 0])[rank]
                for month, place in pairs
            ]
            self.truth[f"{which}:{key}"] = (total, sum(counted))
            if shown[which] is not None:
                self.solver.add(total == shown[which])

    def _learn(self, total: Any, cell: Mapping[str, Any], figures: Mapping[str, Any]) -> None:
        if cell["valeur"] is not None:
            self.solver.add(total == cell["valeur"])
        elif cell["pourquoi"].startswith("moins"):
            self.solver.add(total >= 1, total < figures["seuil"])

    def finds(self, threshold: int) -> list[str]:
        """Return the small counts that have one possible value left."""
        assert self.solver.check() == z3.sat
        small = {key: pair for key, pair in self.truth.items() if 0 < pair[1] < threshold}
        return [key for key, (total, value) in small.items() if self.solver.check(total != value) == z3.unsat]


@pytest.mark.parametrize("seed", range(6))
def test_all_that_is_shown_tells_nothing_small(seed: int) -> None:
    of = ground(Random(seed))
    inside = figures_of(of, INSIDE)
    member = Reader(of)
    member.reads(inside)
    published = figures_of(of, PUBLISHED, inside["masques"])
    member.reads(published)
    assert member.finds(INSIDE) == []
    elected = Reader(of)
    elected.reads(published)
    assert elected.finds(PUBLISHED) == []


def test_the_attack_finds_a_planted_hole() -> None:
    of = ground(Random(0))
    figures = figures_of(of, INSIDE)
    cells = figures["metiers"][TRADE]["tables"]["lieu"]
    hole = next(cell for cell in cells if cell["pourquoi"] == "moins de 5")
    for cell in cells:
        if cell is not hole:
            cell["valeur"] = sum(m[TRADE]["notes"]["lieu"].get(cell["cle"], 0) for m in of.months.values())
    reader = Reader(of)
    reader.reads(figures)
    assert f"lieu:{hole['cle']}" in reader.finds(INSIDE)
