"""Mutants of the law: each rule broken in every small way, and the cases kept to see it.

The rules are data, so the mutants are made from the data: a condition dropped, a fact's set changed
by one value, a way out dropped, moved or given to someone else, a duty or an effect changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from maillage.law.case import Case
from maillage.law.decision import Law, decide
from maillage.law.language import (
    Condition,
    Dans,
    DansDerive,
    Effet,
    Formule,
    Genre,
    Regle,
    Tous,
    UnDe,
)
from maillage.law.rules import REGLES
from maillage.law.steps import OBLIGENT
from maillage.law.wire import parse_case
from tests.law.cas import CAS

SCENARIOS = Path(__file__).parents[1] / "scenarios"
PAIRS: list[dict[str, Any]] = json.loads((SCENARIOS / "paires.json").read_text("utf-8"))
MUTANTS = SCENARIOS / "mutants.json"
"""Cases kept only because a broken rule would show there: {"pres_de", "fait", "valeur", "verdict"},
one fact away from the case of that number in `kept_cases()`; or a whole {"cas", "verdict"}."""


def kept_cases() -> list[Case]:
    """The written scenarios and both cases of each pair."""
    cases = list(CAS)
    for pair in PAIRS:
        first = parse_case(pair["cas"])
        room, _, key = pair["fait"].rpartition(".")
        wire = json.loads(json.dumps(pair["cas"]))
        (wire.setdefault(room, {}) if room else wire)[key] = pair["valeur_contraire"]
        cases += [first, parse_case(wire)]
    return cases


def extra_cases() -> list[tuple[Case, dict[str, Any]]]:
    """The cases of `mutants.json` with the verdict that each must have."""
    kept = [c.to_wire() for c in kept_cases()]
    found = []
    for row in json.loads(MUTANTS.read_text("utf-8")):
        wire = row.get("cas") or json.loads(json.dumps(kept[row["pres_de"]]))
        if "fait" in row:
            room, _, key = row["fait"].rpartition(".")
            (wire[room] if room else wire)[key] = row["valeur"]
        found.append((parse_case(wire), row["verdict"]))
    return found


def short_verdict(case: Case) -> dict[str, Any]:
    """What is kept of a verdict: its outcome, its grounds, what lacks and who lifts it."""
    wire: dict[str, Any] = decide(case, with_questions=False).to_wire()
    lacks = {m["regle"]: m["leve_par"] for m in wire["manques"]}
    return {"issue": wire["issue"], "fondements": wire["fondements"], "manques": lacks}


def _formulas(formule: Formule) -> Iterator[Formule]:
    """The formula with one atom changed by one value, or one part dropped, or a connective swapped."""
    if isinstance(formule, Dans):
        if formule.fait.genre in (Genre.ENUMERATION, Genre.BOOLEEN, Genre.LECTURE):
            for rank in range(formule.fait.inconnu):
                yield Dans(formule.fait, formule.rangs ^ {rank})
        else:
            yield Dans(formule.fait, formule.complement)
    elif isinstance(formule, DansDerive):
        for value in formule.derive.valeurs:
            yield DansDerive(formule.derive, formule.valeurs ^ {value})
    else:
        yield UnDe(formule.parts) if isinstance(formule, Tous) else Tous(formule.parts)
        for i, part in enumerate(formule.parts):
            rest = formule.parts[:i], formule.parts[i + 1 :]
            yield type(formule)((*rest[0], *rest[1]))
            for changed in _formulas(part):
                yield type(formule)((*rest[0], changed, *rest[1]))


def _conditions(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """The condition broken in each small way."""
    for changed in _formulas(condition.si):
        yield "si", replace(condition, si=changed)
    for i, voie in enumerate(condition.voies):
        others = condition.voies[:i], condition.voies[i + 1 :]
        yield "voie ôtée", replace(condition, voies=(*others[0], *others[1]))
        who = "emetteur" if voie.leve_par != "emetteur" else "maire"
        for changed in (replace(voie, leve_par=who), replace(voie, chemin="clause_retour2")):
            yield "voie", replace(condition, voies=(*others[0], changed, *others[1]))
        if voie.question is not None:
            repaired = replace(voie, question=None)
            yield "question", replace(condition, voies=(*others[0], repaired, *others[1]))
    if condition.chemin:
        yield "terme", replace(condition, chemin="clause_retour")


def mutants_of(regle: Regle) -> Iterator[tuple[str, Regle]]:
    """The rule broken in each small way."""
    for effet in (Effet.IMPOSE, Effet.AUTORISE, Effet.INTERDIT):
        if effet is not regle.effet and regle.si:
            yield f"effet {effet}", replace(regle, effet=effet)
    for i, condition in enumerate(regle.si):
        rest = regle.si[:i], regle.si[i + 1 :]
        yield f"condition {i} ôtée", replace(regle, si=(*rest[0], *rest[1]))
        for name, changed in _conditions(condition):
            yield f"condition {i} {name}", replace(regle, si=(*rest[0], changed, *rest[1]))
    for duty in regle.obligations:
        kept = tuple(o for o in regle.obligations if o != duty)
        yield f"sans {duty}", replace(regle, obligations=kept)


def told(law: Law, case: Case) -> tuple[object, ...]:
    """What a case says of a law: outcome, grounds, duties, what lacks and who lifts it."""
    return told_of_bits(law, law.plan.bits(case.rangs))


def told_of_bits(law: Law, bits: int) -> tuple[object, ...]:
    """The same, from the bits of a case under that law."""
    try:
        etape, found = law.plan.answer(bits)
    except LookupError:
        return ("rien",)
    opens = etape.issue in OBLIGENT
    return etape.issue, tuple(
        (
            rule.regle.id,
            rule.regle.obligations if opens else (),
            tuple((v.chemin, v.leve_par, v.question) for _, v in failing),
        )
        for rule, failing in found
    )


def broken_laws() -> Iterator[tuple[str, Regle, Law]]:
    """Every mutant: its name, the rule, the law that holds it instead of the true one."""
    for position, regle in enumerate(REGLES):
        for name, mutant in mutants_of(regle):
            law = Law((*REGLES[:position], mutant, *REGLES[position + 1 :]))
            yield f"{regle.id} {name}", regle, law
