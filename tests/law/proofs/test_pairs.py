"""P14. For each condition of each rule, two cases differ by one fact alone and by their verdict."""

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.law import catalogue
from maillage.law.case import Case
from maillage.law.decision import decide
from maillage.law.facts import FAIT_PAR_CHEMIN
from maillage.law.language import facts_of
from maillage.law.rules import REGLES
from maillage.law.wire import parse_case
from tests.law.lecture_simple import holds

PAIRS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "scenarios" / "paires.json").read_text("utf-8")
)
IMPOSSIBLE = {
    ("ORIENT-PRIVE", 1): {"lecture.U-3", "lecture.U-4", "lecture.U-6", "emetteur.fonction"},
    ("MED-TIERS", 1): {"lecture.U-3", "lecture.U-4", "lecture.U-6", "emetteur.fonction"},
    ("ORIENT-PRIVE", 2): {"lecture.U-6"},
    ("ORIENT-PUBLIC", 1): {"lecture.U-6"},
}
"""Facts that a condition reads and that alone never turn the verdict: whom no text binds is bound by
no reading, and no school welcomes under ORIENT rules."""


def _twins(pair: dict[str, Any]) -> tuple[Case, Case]:
    first = parse_case(pair["cas"])
    room, _, key = pair["fait"].rpartition(".")
    wire = json.loads(json.dumps(pair["cas"]))
    (wire.setdefault(room, {}) if room else wire)[key] = pair["valeur_contraire"]
    return first, parse_case(wire)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p['regle']}-{p['condition']}-{p['fait']}")
def test_one_fact_alone_turns_the_verdict(pair: dict[str, Any]) -> None:
    tient, echoue = _twins(pair)
    changed = [c for c in FAIT_PAR_CHEMIN if tient.valeur(c) != echoue.valeur(c)]
    assert changed == [pair["fait"]]
    condition = catalogue.rule(pair["regle"]).si[pair["condition"]]
    assert condition.dit == pair["dit"]
    assert (holds(condition.si, tient), holds(condition.si, echoue)) == (True, False)
    wires = [decide(case).to_wire() for case in (tient, echoue)]
    assert [{k: wire[k] for k in kept} for wire, kept in zip(wires, pair["verdicts"], strict=True)] == (
        pair["verdicts"]
    )
    assert wires[0]["issue"] != wires[1]["issue"]


def test_every_condition_of_every_rule_has_its_pairs() -> None:
    kept = {(p["regle"], p["condition"], p["fait"]) for p in PAIRS}
    missing = {
        (r.id, i): {f.chemin for f in facts_of(c.si) if (r.id, i, f.chemin) not in kept}
        for r in REGLES
        for i, c in enumerate(r.si)
    }
    assert {k: v for k, v in missing.items() if v} == IMPOSSIBLE
