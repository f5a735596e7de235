"""The order in which the law answers, written once for every reading.

`ETAPES` is the table: the first step that finds a rule at its level gives the outcome, and all the
rules found at that step are its grounds. `read_law` folds a set of rules through that table into
any reading; `readings.explain` follows the same table for one case, with sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from maillage.law.facts import jour
from maillage.law.language import (
    Effet,
    Formule,
    Reading,
    Regle,
    Voie,
    oppose,
    read,
    un_de,
)

T = TypeVar("T")


class Niveau(IntEnum):
    """How far a rule is from holding: a step accepts its own level and the nearer ones."""

    TIENT = 0
    REPARABLE = 1
    CONTESTABLE = 2
    ECHOUE = 3


@dataclass(frozen=True)
class Etape:
    """One step: among the rules of these effects, those at this level give this outcome.

    `ECHOUE` reads the other way: the step answers when the rule does *not* hold.
    """

    issue: str
    effets: tuple[Effet, ...]
    niveau: Niveau


ISSUES = ("obligatoire", "permis", "incomplet", "a_trancher", "interdit")

ETAPES = (
    Etape("permis", (Effet.ECARTE,), Niveau.TIENT),
    Etape("a_trancher", (Effet.SITUE,), Niveau.ECHOUE),
    Etape("permis", (Effet.DONNE_ACCES,), Niveau.TIENT),
    Etape("obligatoire", (Effet.IMPOSE,), Niveau.TIENT),
    Etape("interdit", (Effet.INTERDIT,), Niveau.TIENT),
    Etape("permis", (Effet.AUTORISE,), Niveau.TIENT),
    Etape("incomplet", (Effet.AUTORISE,), Niveau.REPARABLE),
    Etape("a_trancher", (Effet.AUTORISE, Effet.IMPOSE), Niveau.CONTESTABLE),
    Etape("interdit", (Effet.PAR_DEFAUT,), Niveau.TIENT),
)

OBLIGENT = frozenset({"obligatoire", "permis"})
"""Outcomes that carry the obligations of their grounds; the other ones carry what is missing."""


def en_vigueur(regle: Regle) -> Formule:
    """The rule exists on the day of the exchange (its first day included)."""
    return jour.depuis(regle.depuis)


@dataclass(frozen=True)
class Lecture(Generic[T]):
    """The whole law in one reading: truths of the outcomes, of the grounds, of what is missing."""

    issues: dict[str, T]
    fondements: dict[str, T]
    manques: dict[tuple[str, str], T]


def read_law(regles: Iterable[Regle], reading: Reading[T]) -> Lecture[T]:
    """Fold a set of rules through `ETAPES`: every outcome, ground and missing path."""
    return _Fold(tuple(regles), reading).run()


class _Fold(Generic[T]):
    """One walk of the table; `reste` is what no earlier step has answered."""

    def __init__(self, regles: tuple[Regle, ...], reading: Reading[T]) -> None:
        self.regles = regles
        self.reading = reading
        self.gardes = self._gardes()
        never = reading.any_of([])
        self.issues = dict.fromkeys(ISSUES, never)
        self.fondements = {r.id: never for r in regles}
        self.manques: dict[tuple[str, str], T] = {}

    def run(self) -> Lecture[T]:
        """Walk the steps in order."""
        reste = self.reading.all_of([])
        for etape in ETAPES:
            found = [
                (regle, self._at_level(regle, etape.niveau))
                for regle in self.regles
                if regle.effet in etape.effets
            ]
            here = self.reading.any_of([truth for _, truth in found])
            answered = self.reading.all_of([reste, here])
            self._or(self.issues, etape.issue, answered)
            for regle, truth in found:
                cited = self.reading.all_of([reste, truth])
                self._or(self.fondements, regle.id, cited)
                if etape.issue not in OBLIGENT and etape.niveau is not Niveau.TIENT:
                    self._missing(regle, cited)
            reste = self.reading.all_of([reste, self.reading.none_of(here)])
        return Lecture(self.issues, self.fondements, self.manques)

    def _or(self, into: dict[str, T], key: str, truth: T) -> None:
        """Add a truth to what is already recorded under a key."""
        into[key] = self.reading.any_of([into[key], truth])

    def _at_level(self, regle: Regle, niveau: Niveau) -> T:
        """The rule is in force and each condition holds, or has a way out that this level admits."""
        if niveau is Niveau.ECHOUE:
            return self.reading.none_of(self._at_level(regle, Niveau.TIENT))
        parts = [read(en_vigueur(regle), self.reading)]
        for condition in regle.si:
            open_ways = [v.quand for v in condition.voies if _admits(niveau, v)]
            parts.append(read(un_de(condition.si, *open_ways), self.reading))
        if regle.effet is Effet.AUTORISE and niveau is Niveau.TIENT:
            parts.extend(self.reading.none_of(g) for g in self.gardes.values())
        return self.reading.all_of(parts)

    def _missing(self, regle: Regle, cited: T) -> None:
        """Record every path of the ways that are open while their condition fails."""
        for condition in regle.si:
            fails = self.reading.none_of(read(condition.si, self.reading))
            earlier: list[Formule] = []
            for voie in condition.voies:
                first = self.reading.none_of(read(un_de(*earlier), self.reading)) if earlier else fails
                opens = self.reading.all_of([cited, fails, first, read(voie.quand, self.reading)])
                self._or_missing((regle.id, voie.chemin), opens)
                earlier.append(voie.quand)
        if regle.effet is Effet.AUTORISE:
            for chemin, garde_ouverte in self.gardes.items():
                self._or_missing((regle.id, chemin), self.reading.all_of([cited, garde_ouverte]))

    def _or_missing(self, key: tuple[str, str], truth: T) -> None:
        """Add a truth to a missing path."""
        known = self.manques.get(key)
        self.manques[key] = truth if known is None else self.reading.any_of([known, truth])

    def _gardes(self) -> dict[str, T]:
        """Per path: some prohibition in force cannot be excluded because that term is unknown."""
        by_path: dict[str, list[T]] = {}
        for regle in self.regles:
            if regle.effet is not Effet.INTERDIT:
                continue
            possible = [read(en_vigueur(regle), self.reading)]
            possible += [self.reading.none_of(read(oppose(t.si), self.reading)) for t in regle.si]
            for terme in regle.si:
                unknown = self.reading.none_of(read(terme.si, self.reading))
                by_path.setdefault(terme.chemin, []).append(self.reading.all_of([*possible, unknown]))
        return {chemin: self.reading.any_of(parts) for chemin, parts in by_path.items()}


def _admits(niveau: Niveau, voie: Voie) -> bool:
    """A level admits repairs, or repairs and open questions."""
    return niveau is Niveau.CONTESTABLE or (niveau is Niveau.REPARABLE and voie.question is None)
