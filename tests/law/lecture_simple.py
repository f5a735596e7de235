"""The simplest reading there is: booleans for one case. It is the judge of the faster ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.law.case import Case
from maillage.law.facts import INDICE
from maillage.law.language import Fait, Formule, read


@dataclass(frozen=True)
class OneCase:
    """A reading in which every truth is a boolean about one case."""

    case: Case

    def fact(self, fait: Fait, rangs: frozenset[int]) -> bool:
        return self.case.rangs[INDICE[fait.chemin]] in rangs

    def all_of(self, parts: Sequence[bool]) -> bool:
        return all(parts)

    def any_of(self, parts: Sequence[bool]) -> bool:
        return any(parts)

    def none_of(self, part: bool) -> bool:
        return not part


def holds(formule: Formule, case: Case) -> bool:
    """A formula holds for a case."""
    return read(formule, OneCase(case))
