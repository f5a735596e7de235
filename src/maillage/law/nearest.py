"""Why nothing opens an exchange: the rules that came nearest, and the one thing that stops each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.law.case import Case
from maillage.law.facts import INDICE
from maillage.law.language import Condition, Effet, Fait, Formule, Regle, read
from maillage.law.rules import REGLES
from maillage.law.steps import en_vigueur
from maillage.law.verdict import cite_rule

MOST = 3
"""Rules shown at most: the reader wants a reason, not a list."""
NEAR = 0.7
"""Share of its conditions that a rule must meet to be called near."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that one hard condition stops: its text, what it would open, what stops it in French."""

    regle: str
    article: str
    dit: str
    empeche: str


class OneCase:
    """The plainest reading: every truth is a boolean about one case."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def fact(self, fait: Fait, rangs: frozenset[int]) -> bool:
        """The case's rank is one of these."""
        return self.case.rangs[INDICE[fait.chemin]] in rangs

    def all_of(self, parts: Sequence[bool]) -> bool:
        """Conjunction."""
        return all(parts)

    def any_of(self, parts: Sequence[bool]) -> bool:
        """Disjunction."""
        return any(parts)

    def none_of(self, part: bool) -> bool:
        """Complement."""
        return not part


def nearest(case: Case, regles: Sequence[Regle] = REGLES) -> tuple[NearMiss, ...]:
    """For a forbidden exchange, the permissions that a single hard condition stops, nearest first.

    « Nearest » is the share of conditions met. Nothing here can be repaired: it is a reason, never
    advice; what may be done instead is in `repairs.instead`.
    """
    found = []
    reading = OneCase(case)
    for regle in regles:
        if regle.effet is not Effet.AUTORISE or not read(en_vigueur(regle), reading):
            continue
        stops = [c for c in regle.si if _hard(c, reading)]
        met = sum(read(c.si, reading) for c in regle.si) / len(regle.si)
        if len(stops) == 1 and met > NEAR:
            found.append((-met, NearMiss(regle.id, cite_rule(regle), regle.dit, stops[0].sinon)))
    found.sort(key=lambda pair: pair[0])
    return tuple(miss for _, miss in found[:MOST])


def _hard(condition: Condition, reading: OneCase) -> bool:
    """The condition fails and no way out is open."""
    formules: list[Formule] = [condition.si, *(v.quand for v in condition.voies)]
    return not any(read(f, reading) for f in formules)
