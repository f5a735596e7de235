"""How a sentence is proved: nobody finds a case against it, and a planted fault makes one appear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import z3

from maillage.law.case import DEFAUTS, Case
from maillage.law.decision import Law
from maillage.law.facts import FAIT_PAR_CHEMIN, FAITS, INDICE
from maillage.law.language import Condition, Formule, Regle, un_de
from maillage.law.readings.proof import World, find, free_ranks

Regles = tuple[Regle, ...]
Proving = Callable[[Regles], str | None]
"""Against a set of rules: None when proved, else a counter-example in French."""
Fault = Callable[[Regles], Regles]
"""A law broken on purpose."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, how it is proved, and a fault that must break it."""

    dit: str
    prove: Proving
    fault: Fault


@dataclass(frozen=True)
class Proved:
    """The result for one sentence: no counter-example, and the planted one found."""

    dit: str
    counter_example: str | None
    planted: str | None

    @property
    def holds(self) -> bool:
        """Proved, and not for want of looking."""
        return self.counter_example is None and self.planted is not None


def check(sentence: Sentence, regles: Sequence[Regle]) -> Proved:
    """Prove a sentence of a set of rules, then of the same set broken on purpose."""
    rules = tuple(regles)
    return Proved(sentence.dit, sentence.prove(rules), sentence.prove(sentence.fault(rules)))


def never(violation: Callable[[World], z3.BoolRef]) -> Proving:
    """Prove that no case makes this formula true."""

    def prove(regles: Regles) -> str | None:
        world = World(regles, free_ranks())
        case = find(world, violation(world))
        return None if case is None else told(case, regles)

    return prove


def told(case: Case, regles: Regles) -> str:
    """A counter-example as a professional reads it: the facts that matter, then the verdict."""
    return f"{facts_said(case)} → {_answer(case, regles)}"


def facts_said(case: Case, apart_from: Case | None = None) -> str:
    """The facts of a case that are not at their default, or not as in another case (day set aside)."""
    usual = apart_from.rangs if apart_from else DEFAUTS
    told = FAITS if apart_from is None else FAITS[1:]
    facts = [_said(case, f.chemin) for f in told if _rank(case, f.chemin) != usual[INDICE[f.chemin]]]
    return " ; ".join(facts) or ("aucun fait connu" if apart_from is None else "le même cas")


def told_pair(before: Case, after: Case, regles: Regles) -> str:
    """Two cases that differ by little: the first one whole, then what changes."""
    changed = [f.chemin for f in FAITS if _rank(before, f.chemin) != _rank(after, f.chemin)]
    facts = " ; ".join(_said(after, c) for c in changed)
    return f"{told(before, regles)} ; mais si {facts} → {_answer(after, regles)}"


def _rank(case: Case, chemin: str) -> int:
    """The rank of a fact."""
    return case.rangs[INDICE[chemin]]


def _said(case: Case, chemin: str) -> str:
    """A fact and its value, for a reader."""
    return f"{FAIT_PAR_CHEMIN[chemin].libelle} : {_value(case, chemin)}"


def _answer(case: Case, regles: Regles) -> str:
    """What the engine itself says of the counter-example."""
    try:
        issue, fondements = Law(regles).issue(case)
    except LookupError as error:
        return str(error)
    return f"{issue} ({', '.join(fondements)})"


def _value(case: Case, chemin: str) -> str:
    """The value of a fact, for a reader."""
    valeur = case.valeur(chemin)
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    fait = FAIT_PAR_CHEMIN[chemin]
    labels = dict(zip(fait.valeurs, fait.libelles, strict=True))
    if isinstance(valeur, tuple):
        return ", ".join(labels[v] for v in valeur) or "aucun"
    if isinstance(valeur, str):
        return labels[valeur]
    return "inconnu" if valeur is None else str(valeur)


def without(identifiant: str) -> Fault:
    """Forget a rule."""
    return lambda regles: tuple(r for r in regles if r.id != identifiant)


def adding(regle: Regle) -> Fault:
    """Add a rule that should not be."""
    return lambda regles: (*regles, regle)


def changing(identifiant: str, change: Callable[[Regle], Regle]) -> Fault:
    """Change one rule."""
    return lambda regles: tuple(change(r) if r.id == identifiant else r for r in regles)


def dropping(identifiant: str, *positions: int) -> Fault:
    """Drop some conditions of one rule."""
    return changing(
        identifiant,
        lambda r: replace(r, si=tuple(c for i, c in enumerate(r.si) if i not in positions)),
    )


def demanding(identifiant: str, si: Formule) -> Fault:
    """Add a hard condition to one rule."""
    return changing(identifiant, lambda r: replace(r, si=(*r.si, Condition("faute", "faute", si))))


def relaxing(identifiant: str, position: int, also: Formule) -> Fault:
    """Let another formula satisfy one condition of one rule."""

    def change(regle: Regle) -> Regle:
        conditions = list(regle.si)
        kept = conditions[position]
        conditions[position] = replace(kept, si=un_de(kept.si, also))
        return replace(regle, si=tuple(conditions))

    return changing(identifiant, change)
