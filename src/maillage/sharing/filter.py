"""The filter reading: the law as a Django `Q`, so that a list is judged by the database.

What Python already knows (who asks, in what frame, on what day) becomes a constant; only the facts
held in columns stay in the query. There is no NOT: every truth is carried with its opposite, so
that NULL, which means unknown, satisfies neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from maillage.law.case import value_of
from maillage.law.language import Fait, Regle
from maillage.law.rules import REGLES
from maillage.law.steps import read_law

Clause = Q | bool
"""A condition of the query, or a constant."""


@dataclass(frozen=True)
class Column:
    """Where a fact is stored: a lookup path, holding ranks (small integers) or codes of the wire.

    NULL is a missing fact: its default, or unknown. A fact that is a set must be held as a rank.
    """

    lookup: str
    codes: bool = False


@dataclass(frozen=True)
class Truth:
    """A statement about each row: when it holds, and when it does not."""

    yes: Clause
    no: Clause


class Filter:
    """A reading whose truths are queries.

    `columns` and `known` go by path; `known` holds ranks. A fact that is in neither is missing.
    """

    def __init__(self, columns: Mapping[str, Column], known: Mapping[str, int]) -> None:
        self.columns = columns
        self.known = known
        self._atoms: dict[tuple[Fait, frozenset[int]], Truth] = {}

    def fact(self, fait: Fait, rangs: frozenset[int]) -> Truth:
        """The stored or known rank is one of these."""
        column = self.columns.get(fait.chemin)
        if fait.chemin in self.known or column is None:
            holds = self.known.get(fait.chemin, fait.rang_par_defaut) in rangs
            return Truth(holds, not holds)
        truth = self._atoms.get((fait, rangs))
        if truth is None:
            others = frozenset(range(fait.inconnu + 1)) - rangs
            truth = Truth(_among(column, fait, rangs), _among(column, fait, others))
            self._atoms[fait, rangs] = truth
        return truth

    def all_of(self, parts: Sequence[Truth]) -> Truth:
        """Conjunction."""
        return Truth(_joined(Q.AND, [p.yes for p in parts]), _joined(Q.OR, [p.no for p in parts]))

    def any_of(self, parts: Sequence[Truth]) -> Truth:
        """Disjunction."""
        return Truth(_joined(Q.OR, [p.yes for p in parts]), _joined(Q.AND, [p.no for p in parts]))

    def none_of(self, part: Truth) -> Truth:
        """Complement: the two sides change places."""
        return Truth(part.no, part.yes)


def law_filter(
    *issues: str,
    columns: Mapping[str, Column],
    known: Mapping[str, int],
    regles: Sequence[Regle] = REGLES,
) -> Q:
    """The rows whose verdict is one of these outcomes, for a queryset whose lookups `columns` names."""
    reading = Filter(columns, known)
    law = read_law(regles, reading)
    return _query(reading.any_of([law.issues[i] for i in issues]).yes)


def ground_filter(
    regle: str,
    *,
    columns: Mapping[str, Column],
    known: Mapping[str, int],
    regles: Sequence[Regle] = REGLES,
) -> Q:
    """The rows whose verdict rests on this rule; KeyError for a rule that is not in the law."""
    return _query(read_law(regles, Filter(columns, known)).fondements[regle].yes)


def _query(clause: Clause) -> Q:
    """A clause as a query: everything, nothing, or the condition."""
    if isinstance(clause, bool):
        return Q() if clause else Q(pk__in=[])
    return clause


def _among(column: Column, fait: Fait, rangs: frozenset[int]) -> Clause:
    """The column holds one of these ranks; NULL stands for the rank of a missing fact."""
    stored = sorted(rangs - {fait.inconnu})
    values = [value_of(fait, r) for r in stored] if column.codes else stored
    clauses: list[Clause] = [Q(**{f"{column.lookup}__in": values})] if values else []
    if fait.rang_par_defaut in rangs:
        clauses.append(Q(**{f"{column.lookup}__isnull": True}))
    return _joined(Q.OR, clauses)


def _joined(connector: str, clauses: Sequence[Clause]) -> Clause:
    """Clauses joined, constants folded."""
    stops = connector == Q.OR
    kept: dict[int, Q] = {}
    for clause in clauses:
        if isinstance(clause, bool):
            if clause is stops:
                return stops
            continue
        kept[id(clause)] = clause
    if len(kept) < 2:
        return next(iter(kept.values()), not stops)
    return Q(*kept.values(), _connector=connector)
