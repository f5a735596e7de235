"""The written scenarios: each gives exactly its outcome, grounds, duties, missing facts, questions."""

from typing import Any

import pytest

from maillage.law.decision import decide
from maillage.law.wire import parse_case
from tests.law.cas import SCENARIOS


def _as_sets(verdict: dict[str, Any]) -> dict[str, Any]:
    """A verdict whose lists are compared as the sets that they are."""
    return {
        "issue": verdict["issue"],
        "fondements": sorted(verdict["fondements"]),
        "obligations": sorted(verdict["obligations"]),
        "manques": sorted((m["regle"], sorted(m["faits"])) for m in verdict["manques"]),
        "questions": sorted(verdict["questions"]),
    }


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s["id"])
def test_scenario_gives_exactly_what_is_expected(scenario: dict[str, Any]) -> None:
    wire: dict[str, Any] = decide(parse_case(scenario["cas"])).to_wire()
    assert _as_sets(wire) == _as_sets(scenario["attendu"])
    assert wire["id"] == scenario["id"]
    for liste in ("fondements", "obligations", "questions", "alternatives"):
        assert len(set(wire[liste])) == len(wire[liste])
    withheld = wire["issue"] in ("incomplet", "a_trancher", "interdit")
    assert bool(wire["alternatives"]) is withheld
    for manque in wire["manques"]:
        assert set(manque["leve_par"]) == set(manque["faits"])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s["id"])
def test_a_case_survives_the_wire(scenario: dict[str, Any]) -> None:
    case = parse_case(scenario["cas"])
    assert parse_case(case.to_wire()) == case


def test_alternatives_follow_their_table() -> None:
    offered = {s["id"]: decide(parse_case(s["cas"])).alternatives for s in SCENARIOS}
    chosen = ("S01", "S03", "S10", "S17", "S20", "S30", "S35", "E10")
    assert {i: offered[i] for i in chosen} == {
        "S01": ("ALT-NON-NOMINATIF", "ALT-RELAIS"),
        "S03": ("ALT-NON-NOMINATIF", "ALT-RELAIS", "ALT-ACCUSE"),
        "S10": ("ALT-NON-NOMINATIF", "ALT-RELAIS", "ALT-ACCUSE"),
        "S17": ("ALT-NON-NOMINATIF", "ALT-RELAIS", "ALT-COORDINATION"),
        "S20": ("ALT-NON-NOMINATIF", "ALT-ADJOINT"),
        "S30": ("ALT-NON-NOMINATIF", "ALT-CRIP", "ALT-FAIT-TRANSMISSION"),
        "S35": ("ALT-NON-NOMINATIF", "ALT-REQUISITION"),
        "E10": ("ALT-NON-NOMINATIF",),
    }
