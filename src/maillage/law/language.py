"""The grammar in which the law is written: *a fact is in a finite set*, *all of*, *one of*.

There is no NOT. `hors` takes the complement of a set and `oppose` swaps sets and connectives, so
that an unknown fact satisfies neither a formula nor its opposite. A formula is data: every reading
(explained case, columns, database filter, proof) folds the same objects with `read`.

A fact holds a *rank*: the position of its value in `valeurs`, a bit mask for a fact that is a set,
or `inconnu`, one past the last rank, which belongs to no accepted set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar, assert_never

T = TypeVar("T")


class Genre(StrEnum):
    """What a fact holds on the wire."""

    ENUMERATION = "enumeration"
    BOOLEEN = "booleen"
    ENSEMBLE = "ensemble"
    DATE = "date"
    LECTURE = "lecture"


@dataclass(frozen=True, eq=False)
class Fait:
    """One fact of the wire: its path, its values in order with their labels, its default.

    `defaut` is a value, or None where a missing fact stays unknown. For an ENSEMBLE the values are
    the possible elements and the rank is the bit mask of those present.
    """

    chemin: str
    genre: Genre
    libelle: str
    definition: str
    valeurs: tuple[str, ...]
    libelles: tuple[str, ...]
    defaut: str | None = None

    @property
    def inconnu(self) -> int:
        """The rank that means unknown: one past the last known rank."""
        return 2 ** len(self.valeurs) if self.genre is Genre.ENSEMBLE else len(self.valeurs)

    @property
    def rang_par_defaut(self) -> int:
        """The rank of a fact that is missing or null."""
        return self.inconnu if self.defaut is None else self.rang(self.defaut)

    def rang(self, valeur: str) -> int:
        """Rank of one value; ValueError when it is not one of this fact's values."""
        if valeur not in self.valeurs:
            raise ValueError(f"{self.chemin}: valeur inconnue {valeur!r}")
        position = self.valeurs.index(valeur)
        return 1 << position if self.genre is Genre.ENSEMBLE else position

    def parmi(self, *valeurs: str) -> Dans:
        """The fact is known and is one of these values (or contains one of them, for a set)."""
        rangs = {self.rang(v) for v in valeurs}
        if self.genre is Genre.ENSEMBLE:
            masque = sum(rangs)
            rangs = {r for r in range(self.inconnu) if r & masque}
        return Dans(self, frozenset(rangs))

    def hors(self, *valeurs: str) -> Dans:
        """The fact is known and is none of these values (or contains none of them)."""
        return Dans(self, self.parmi(*valeurs).complement)

    @property
    def vrai(self) -> Dans:
        """A boolean fact holds."""
        return self.parmi("true")

    @property
    def faux(self) -> Dans:
        """A boolean fact does not hold."""
        return self.parmi("false")

    @property
    def connu(self) -> Dans:
        """The fact is known, whatever its value."""
        return Dans(self, frozenset(range(self.inconnu)))


@dataclass(frozen=True, eq=False)
class Derive:
    """A named fact computed below the rules: for each of its values, when it has it.

    The formulas exclude one another; when none holds the derived fact is unknown.
    """

    nom: str
    libelle: str
    valeurs: Mapping[str, Formule]

    def parmi(self, *valeurs: str) -> DansDerive:
        """The derived fact is known and is one of these values."""
        unknown = set(valeurs) - set(self.valeurs)
        if unknown:
            raise ValueError(f"{self.nom}: valeurs inconnues {sorted(unknown)}")
        return DansDerive(self, frozenset(valeurs))

    def hors(self, *valeurs: str) -> DansDerive:
        """The derived fact is known and is none of these values."""
        return DansDerive(self, frozenset(self.valeurs) - self.parmi(*valeurs).valeurs)


@dataclass(frozen=True)
class Dans:
    """Atom: the fact's rank is one of `rangs` (unknown never is)."""

    fait: Fait
    rangs: frozenset[int]

    @property
    def complement(self) -> frozenset[int]:
        """The known ranks that are not accepted."""
        return frozenset(range(self.fait.inconnu)) - self.rangs


@dataclass(frozen=True)
class DansDerive:
    """Atom on a derived fact; a reading that does not know it reads its definition instead."""

    derive: Derive
    valeurs: frozenset[str]

    @property
    def definition(self) -> Formule:
        """The same statement written on the facts of the wire only."""
        return un_de(*(f for v, f in self.derive.valeurs.items() if v in self.valeurs))


@dataclass(frozen=True)
class Tous:
    """All of the parts; the empty one always holds."""

    parts: tuple[Formule, ...]


@dataclass(frozen=True)
class UnDe:
    """One of the parts at least; the empty one never holds."""

    parts: tuple[Formule, ...]


Formule = Dans | DansDerive | Tous | UnDe


def tous(*parts: Formule) -> Formule:
    """All of these hold."""
    return parts[0] if len(parts) == 1 else Tous(parts)


def un_de(*parts: Formule) -> Formule:
    """One of these holds at least."""
    return parts[0] if len(parts) == 1 else UnDe(parts)


TOUJOURS: Formule = Tous(())
JAMAIS: Formule = UnDe(())


def oppose(formule: Formule) -> Formule:
    """The formula that holds exactly when this one fails *and every fact it reads is known*."""
    match formule:
        case Dans():
            return Dans(formule.fait, formule.complement)
        case DansDerive():
            return formule.derive.hors(*formule.valeurs)
        case Tous():
            return UnDe(tuple(oppose(p) for p in formule.parts))
        case UnDe():
            return Tous(tuple(oppose(p) for p in formule.parts))
        case _:
            assert_never(formule)


class Reading(Protocol[T]):
    """How a formula folds into one reading; `none_of` is used on verdicts only, never on facts."""

    def fact(self, fait: Fait, rangs: frozenset[int]) -> T:
        """The fact's rank is one of `rangs`."""
        ...

    def all_of(self, parts: Sequence[T]) -> T:
        """Conjunction; true when empty."""
        ...

    def any_of(self, parts: Sequence[T]) -> T:
        """Disjunction; false when empty."""
        ...

    def none_of(self, part: T) -> T:
        """Complement of a truth already decided."""
        ...


def read(formule: Formule, reading: Reading[T]) -> T:
    """Fold a formula into a reading."""
    match formule:
        case Dans():
            return reading.fact(formule.fait, formule.rangs)
        case DansDerive():
            return read(formule.definition, reading)
        case Tous():
            return reading.all_of([read(p, reading) for p in formule.parts])
        case UnDe():
            return reading.any_of([read(p, reading) for p in formule.parts])
        case _:
            assert_never(formule)


def facts_of(formule: Formule) -> frozenset[Fait]:
    """Every fact of the wire that a formula reads, through derived facts too."""
    match formule:
        case Dans():
            return frozenset({formule.fait})
        case DansDerive():
            return frozenset().union(*(facts_of(f) for f in formule.derive.valeurs.values()))
        case _:
            return frozenset[Fait]().union(*(facts_of(p) for p in formule.parts))


class Effet(StrEnum):
    """What a rule does when it holds; `decision.ETAPES` gives their order."""

    ECARTE = "ecarte"
    SITUE = "situe"
    DONNE_ACCES = "donne_acces"
    IMPOSE = "impose"
    INTERDIT = "interdit"
    AUTORISE = "autorise"
    PAR_DEFAUT = "par_defaut"


class Marque(StrEnum):
    """How surely the text was read."""

    VERIFIE = "VERIFIE"
    SECONDE = "SECONDE"
    MEMOIRE = "MEMOIRE"
    DOCTRINE = "DOCTRINE"


@dataclass(frozen=True)
class Voie:
    """A way out of a condition that fails: who may repair it, or the question it hangs on.

    It opens when `quand` holds; the first that opens counts. `manque` says in French what lacks.
    """

    chemin: str
    leve_par: str
    manque: str
    quand: Formule
    question: str | None = None


@dataclass(frozen=True)
class Condition:
    """One condition of a rule: it holds when `si` does; failing without an open way, it is hard.

    `dit` and `sinon` are the French clauses for met and not met. `chemin` is set on the terms of
    prohibitions: the fact to establish when the term is unknown.
    """

    dit: str
    sinon: str
    si: Formule
    voies: tuple[Voie, ...] = ()
    chemin: str = ""


def exige(si: Formule, dit: str, sinon: str, *voies: Voie) -> Condition:
    """A condition of a duty or a permission: hard, unless ways out are given (repairs count first)."""
    return Condition(dit, sinon, si, tuple(sorted(voies, key=lambda v: v.question is not None)))


def terme(si: Formule, dit: str, sinon: str, chemin: str) -> Condition:
    """A term of a prohibition, with the path to establish when it is unknown."""
    return Condition(dit, sinon, si, (), chemin)


def reparable(chemin: str, par: str, manque: str, quand: Formule = TOUJOURS) -> Voie:
    """The named person `par` can make the condition true by establishing `chemin`."""
    return Voie(chemin, par, manque, quand)


def conteste(question: str, chemin: str, manque: str, quand: Formule) -> Voie:
    """The condition hangs on an open question: with two readings, or always for a human."""
    par = "autorite_emploi" if question in SANS_LECTURE else "partenariat"
    return Voie(chemin, par, manque, quand, question)


SANS_LECTURE = frozenset({"U-8", "U-13"})
"""Contested questions without readings: a named human decides each time."""


@dataclass(frozen=True)
class Alinea:
    """One paragraph of an article, restated in our own words."""

    numero: str
    dit: str


@dataclass(frozen=True)
class Etat:
    """How an article is called, or what changed in it, from a day on (None: from the start)."""

    depuis: date | None
    libelle: str


@dataclass(frozen=True)
class Article:
    """A text: code, number, restated paragraphs, history, link to the official wording."""

    code: str
    numero: str
    alineas: tuple[Alinea, ...] = ()
    historique: tuple[Etat, ...] = ()
    lien: str = ""
    cite: str = ""


@dataclass(frozen=True)
class Lu:
    """In which state the text was read: date of that state, mark, reserve, to check again."""

    le: date | None
    marque: Marque
    reserve: str = ""
    a_verifier: bool = False


@dataclass(frozen=True)
class Regle:
    """One rule of law: what it does, by which text, in one French sentence, since when.

    `si` is a conjunction of conditions. `alinea` says which part of the article. `etats` are the
    names that the text bore (dated), the last one being current.
    """

    id: str
    effet: Effet
    selon: Article
    alinea: str
    dit: str
    depuis: date | None
    lu: Lu
    si: tuple[Condition, ...]
    obligations: tuple[str, ...] = ()
    aussi: tuple[Article, ...] = ()
    etats: tuple[Etat, ...] = ()
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def chemins(self) -> tuple[str, ...]:
        """Every path that this rule may report as missing, in the order of its conditions."""
        return tuple(dict.fromkeys(v.chemin for c in self.si for v in c.voies))


def facts_of_rule(regle: Regle) -> frozenset[Fait]:
    """Every fact that a rule reads, ways out included."""
    formules: Iterable[Formule] = (f for c in regle.si for f in (c.si, *(v.quand for v in c.voies)))
    return frozenset[Fait]().union(*(facts_of(f) for f in formules))
