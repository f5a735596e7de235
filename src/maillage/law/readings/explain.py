"""The explained reading: one case, decided fast, with each condition met, missing or contested.

A set of rules is compiled once. Every atom of the grammar becomes one bit; a fact's value gives the
mask of the atoms that it makes true, so that a case is one integer and a conjunction one comparison.
A formula becomes the list of its conjunctions (disjunctive normal form, absorbed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.law.facts import DERIVES, FAITS, INDICE
from maillage.law.language import (
    Condition,
    Dans,
    DansDerive,
    Derive,
    Effet,
    Formule,
    Regle,
    Tous,
    UnDe,
    Voie,
    oppose,
    reparable,
)
from maillage.law.steps import ETAPES, Etape, Niveau, en_vigueur

Atom = Dans | DansDerive
Terms = tuple[int, ...]
"""A formula compiled: it holds when all the bits of one of these masks are set."""
Failing = tuple[tuple[int, Voie], ...]
"""The failing conditions of a rule: position of the condition (-1: a prohibition not excluded), way."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to be tested: the mask of its plain hard conditions, then the others."""

    indice: int
    regle: Regle
    mask: int
    conditions: tuple[tuple[int, Terms, tuple[tuple[Terms, Voie], ...]], ...]


@dataclass(frozen=True, slots=True)
class CompiledBar:
    """A prohibition as an unknown that may bar: when it is excluded, and each term with its path."""

    mask: int
    excluded: Terms
    termes: tuple[tuple[Terms, Voie], ...]


Found = list[tuple[CompiledRule, Failing]]


class Plan:
    """A set of rules compiled for one case at a time."""

    def __init__(self, regles: Sequence[Regle], others: Mapping[str, Formule] | None = None) -> None:
        """Compile the rules, and other formulas (by name) to be asked with `holding`."""
        self._bits: dict[Atom, int] = {}
        self._others = {name: self._terms(f) for name, f in (others or {}).items()}
        self.by_effect: dict[Effet, tuple[CompiledRule, ...]] = {}
        rules = [self._rule(i, r) for i, r in enumerate(regles)]
        for effet in Effet:
            self.by_effect[effet] = tuple(r for r in rules if r.regle.effet is effet)
        self.bars = tuple(self._bar(r) for r in regles if r.effet is Effet.INTERDIT)
        self._derived = tuple(self._derive(d) for d in DERIVES)
        self.tables = self._tables()

    def bits(self, rangs: Sequence[int]) -> int:
        """The atoms on raw facts that these ranks (one per fact of `FAITS`) make true."""
        bits = 0
        for table, rang in zip(self.tables, rangs, strict=True):
            bits |= table[rang]
        return bits

    def holding(self, raw: int) -> tuple[str, ...]:
        """The names of the other formulas that hold."""
        bits = self._with_derived(raw)
        return tuple(name for name, terms in self._others.items() if _holds(terms, bits))

    def answer(self, raw: int) -> tuple[Etape, Found]:
        """The step that answers and the rules found there, from the bits of the raw facts.

        Raises LookupError for a set of rules that has no default and finds nothing.
        """
        bits = self._with_derived(raw)
        survivors: dict[Effet, list[tuple[CompiledRule, Failing, Niveau]]] = {}
        for etape in ETAPES:
            found: Found = []
            wanted = etape.niveau
            for effet in etape.effets:
                if wanted is Niveau.ECHOUE:
                    found += _not_met(self.by_effect[effet], bits)
                    continue
                alive = survivors.get(effet)
                if alive is None:
                    alive = survivors[effet] = self._survivors(effet, bits)
                for rule, failing, niveau in alive:
                    if niveau <= wanted:
                        found.append((rule, failing))
            if found:
                return etape, found
        raise LookupError("aucune règle ne répond : il manque une règle par défaut")

    def _survivors(self, effet: Effet, bits: int) -> list[tuple[CompiledRule, Failing, Niveau]]:
        """The rules of an effect that may still hold, with what fails and how far they are."""
        alive = []
        guards: Failing | None = None
        for rule in self.by_effect[effet]:
            mask = rule.mask
            if bits & mask != mask:
                continue
            failing = _failing(rule, bits)
            if failing is None:
                continue
            if effet is Effet.AUTORISE:
                if guards is None:
                    guards = self._guards(bits)
                failing += guards
            alive.append((rule, failing, _level(failing)))
        return alive

    def _guards(self, bits: int) -> Failing:
        """What must be known before any permission: the prohibitions that cannot be excluded."""
        guards: dict[str, tuple[int, Voie]] = {}
        for bar in self.bars:
            if bits & bar.mask != bar.mask or _holds(bar.excluded, bits):
                continue
            for terms, voie in bar.termes:
                if not _holds(terms, bits):
                    guards[voie.chemin] = (-1, voie)
        return tuple(guards.values())

    def _with_derived(self, bits: int) -> int:
        """Add the atoms on derived facts."""
        raw = bits
        for choices in self._derived:
            for terms, mask in choices:
                if _holds(terms, raw):
                    bits |= mask
                    break
        return bits

    def _bit(self, atom: Atom) -> int:
        """The bit of an atom, given on first sight."""
        bit = self._bits.get(atom)
        if bit is None:
            bit = self._bits[atom] = 1 << len(self._bits)
        return bit

    def _terms(self, formule: Formule) -> Terms:
        """A formula as masks, the shorter ones first."""
        masks = {sum(self._bit(a) for a in term) for term in _dnf(formule)}
        kept = [m for m in masks if not any(o != m and o & m == o for o in masks)]
        return tuple(sorted(kept, key=lambda m: (m.bit_count(), m)))

    def _rule(self, indice: int, regle: Regle) -> CompiledRule:
        """Split the conditions: plain hard ones into one mask, the others kept apart."""
        (mask,) = self._terms(en_vigueur(regle)) or (0,)
        conditions = []
        for position, condition in enumerate(regle.si):
            terms = self._terms(condition.si)
            if len(terms) == 1 and not condition.voies and regle.effet is not Effet.SITUE:
                mask |= terms[0]
            else:
                ways = tuple((self._terms(v.quand), v) for v in condition.voies)
                conditions.append((position, terms, ways))
        return CompiledRule(indice, regle, mask, tuple(conditions))

    def _bar(self, regle: Regle) -> CompiledBar:
        """A prohibition seen as a doubt: its terms, and what would exclude it."""
        (mask,) = self._terms(en_vigueur(regle))
        excluded = tuple(m for t in regle.si for m in self._terms(oppose(t.si)))
        termes = tuple((self._terms(t.si), doubt(t)) for t in regle.si)
        return CompiledBar(mask, excluded, termes)

    def _derive(self, derive: Derive) -> tuple[tuple[Terms, int], ...]:
        """For each value of a derived fact, when it has it and the atoms that it makes true."""
        used = [a for a in self._bits if isinstance(a, DansDerive) and a.derive is derive]
        return tuple(
            (self._terms(formule), sum(self._bits[a] for a in used if valeur in a.valeurs))
            for valeur, formule in derive.valeurs.items()
        )

    def _tables(self) -> tuple[tuple[int, ...], ...]:
        """Per fact, per rank (unknown last): the mask of the atoms made true."""
        tables = [[0] * (f.inconnu + 1) for f in FAITS]
        for atom, bit in self._bits.items():
            if isinstance(atom, Dans):
                for rang in atom.rangs:
                    tables[INDICE[atom.fait.chemin]][rang] |= bit
        return tuple(tuple(t) for t in tables)


def doubt(terme: Condition) -> Voie:
    """The way out of a prohibition whose term is unknown: the sender establishes the fact."""
    return reparable(terme.chemin, "emetteur", f"de savoir si {terme.dit}")


def _holds(terms: Terms, bits: int) -> bool:
    """One conjunction at least holds."""
    for mask in terms:  # noqa: SIM110 - a generator costs twice as much here
        if bits & mask == mask:
            return True
    return False


def _failing(rule: CompiledRule, bits: int) -> Failing | None:
    """The failing conditions with their first open way; None when one of them has no way out."""
    failing: Failing = ()
    for position, terms, ways in rule.conditions:
        for mask in terms:
            if bits & mask == mask:
                break
        else:
            for when, voie in ways:
                if _holds(when, bits):
                    failing += ((position, voie),)
                    break
            else:
                return None
    return failing


def _not_met(rules: Sequence[CompiledRule], bits: int) -> Found:
    """The rules that a step asks to hold and that do not, with the ways out that are open."""
    found: Found = []
    for rule in rules:
        met, failing = bits & rule.mask == rule.mask, []
        for position, terms, ways in rule.conditions:
            if not _holds(terms, bits):
                met = False
                failing += [(position, voie) for when, voie in ways if _holds(when, bits)][:1]
        if not met:
            found.append((rule, tuple(failing)))
    return found


def _level(failing: Failing) -> Niveau:
    """How far from holding: nothing fails, only repairs, or some open question."""
    if not failing:
        return Niveau.TIENT
    for _, voie in failing:
        if voie.question is not None:
            return Niveau.CONTESTABLE
    return Niveau.REPARABLE


def _dnf(formule: Formule) -> set[frozenset[Atom]]:
    """The conjunctions of atoms of which one at least must hold."""
    match formule:
        case Dans() | DansDerive():
            return {frozenset({formule})}
        case UnDe():
            return {term for part in formule.parts for term in _dnf(part)}
        case Tous():
            terms: set[frozenset[Atom]] = {frozenset()}
            for part in formule.parts:
                terms = {t | u for t in terms for u in _dnf(part)}
            return terms
