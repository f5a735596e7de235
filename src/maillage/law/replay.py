"""Replay: the same exchanges judged again under other clauses and readings, in counts only.

Takes ranks and gives numbers; it knows neither names nor content, and changes nothing. Only the
exchanges that took place are judged again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.law.case import Valeur, rank_of
from maillage.law.facts import FAIT_PAR_CHEMIN, INDICE
from maillage.law.readings.columns import ColumnLaw, ColumnVerdicts, Ranks
from maillage.law.rules import REGLES
from maillage.law.steps import ISSUES

Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Change:
    """One clause or one reading: what it does to the facts, on which exchanges (None: on all).

    `faits` maps paths to values; a reading is `{"lecture.U-10": "rapport"}`, and None puts a fact
    back to its default, as when a clause falls.
    """

    nom: str
    faits: Mapping[str, Valeur]
    sur: Rows | None = None

    def apply(self, columns: Ranks) -> None:
        """Write the facts into the columns; KeyError or ValueError for a fact or value unknown."""
        for chemin, valeur in self.faits.items():
            rang = rank_of(FAIT_PAR_CHEMIN[chemin], valeur)
            row = columns[INDICE[chemin]]
            row[... if self.sur is None else self.sur] = rang


@dataclass(frozen=True)
class Contribution:
    """What one change does alone, and what is lost without it among the others (rows by outcome)."""

    nom: str
    seul: Mapping[str, int]
    sans: Mapping[str, int]


@dataclass(frozen=True)
class Replay:
    """Counts before and after; `passages[i][j]` counts the exchanges going from outcome i to j."""

    avant: Mapping[str, int]
    apres: Mapping[str, int]
    passages: NDArray[np.int64]
    fondements_avant: Mapping[str, int]
    fondements_apres: Mapping[str, int]
    contributions: tuple[Contribution, ...]
    verdicts: tuple[ColumnVerdicts, ColumnVerdicts]

    def moved(self, avant: str, apres: str) -> int:
        """How many exchanges go from one outcome to another."""
        return int(self.passages[ISSUES.index(avant), ISSUES.index(apres)])


def replay(columns: Ranks, changes: Sequence[Change], *, law: ColumnLaw | None = None) -> Replay:
    """Judge every exchange as recorded, then with all the changes, then with each alone and without.

    `columns` are the recorded ranks (`columns_of`, `columns_of_packed`); they are left untouched.
    """
    judge = law or LAW
    before = judge.decide(columns)
    after = judge.decide(_changed(columns, changes))
    passages = np.zeros((len(ISSUES), len(ISSUES)), np.int64)
    np.add.at(passages, (before.issues, after.issues), 1)
    contributions = tuple(
        Contribution(
            change.nom,
            judge.decide(_changed(columns, [change])).counts(),
            judge.decide(_changed(columns, [c for c in changes if c is not change])).counts(),
        )
        for change in changes
        if len(changes) > 1
    )
    return Replay(
        before.counts(),
        after.counts(),
        passages,
        grounds_of(before, judge),
        grounds_of(after, judge),
        contributions,
        (before, after),
    )


def grounds_of(verdicts: ColumnVerdicts, law: ColumnLaw, rows: Rows | None = None) -> dict[str, int]:
    """How many exchanges rest on each rule, among some rows; rules without any are left out."""
    grounds = verdicts.grounds if rows is None else verdicts.grounds[rows]
    counted = {name: int(np.count_nonzero(grounds & np.uint64(1 << bit))) for bit, name in enumerate(law.ids)}
    return {name: count for name, count in counted.items() if count}


def counts_of(verdicts: ColumnVerdicts, rows: Rows) -> dict[str, int]:
    """How many of some rows (one direction, one service) end in each outcome."""
    counted = np.bincount(verdicts.issues[rows], minlength=len(ISSUES))
    return dict(zip(ISSUES, counted.tolist(), strict=True))


def _changed(columns: Ranks, changes: Sequence[Change]) -> Ranks:
    """The columns with these changes, in their order."""
    out = columns.copy()
    for change in changes:
        change.apply(out)
    return out


LAW = ColumnLaw(REGLES)
"""The law in force, compiled for columns."""
