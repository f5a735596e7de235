"""What is missing, exactly; what may be done instead: every proposal is one that the law admits."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from maillage.law.case import Case
from maillage.law.decision import LAW, decide
from maillage.law.repairs import PREUVES, instead, repairs
from maillage.law.rules import REGLES
from tests.law.cas import CAS, SCENARIOS, near_case

BY_ID = {s["id"]: c for s, c in zip(SCENARIOS, CAS, strict=True)}
OPEN = ("permis", "obligatoire")


def _sets(identifiant: str) -> list[tuple[list[str], str, tuple[str, ...]]]:
    case = BY_ID[identifiant]
    found = repairs(case, decide(case))
    return [([r.chemin for r in s.repairs], s.issue, s.fondements) for s in found]


@pytest.mark.parametrize(
    ("identifiant", "expected"),
    [
        (
            "S01",
            [
                (["accord_personne", "accord_titulaire", "decision_autorite"], "permis", ("ORIENT-PUBLIC",)),
                (["accord_personne", "accord_titulaire", "personne_presente"], "permis", ("RELAIS-PRESENT",)),
            ],
        ),
        (
            "S09",
            [
                (["accord_titulaire"], "permis", ("ORIENT-PRIVE",)),
            ],
        ),
        ("S17", [(["situation.coordonnateur"], "permis", ("CASF-L121-6-2-al5",))]),
        (
            "L05",
            [
                (["clause_retour"], "permis", ("RETOUR-CONVENU",)),
                (["personne_presente"], "permis", ("RELAIS-PRESENT",)),
            ],
        ),
        ("E1", [(["regles_groupe"], "permis", ("CSI-L132-5",))]),
        ("S08", []),
        ("S13", []),
    ],
)
def test_smallest_sets_of_written_scenarios(identifiant: str, expected: list[object]) -> None:
    assert _sets(identifiant) == expected


def test_each_fact_says_who_by_which_document_and_where() -> None:
    case = BY_ID["L05"]
    (clause, *_), *_ = (s.repairs for s in repairs(case, decide(case)))
    assert (clause.qui, clause.document, clause.ecran) == (
        "les deux directions et le DPO",
        "la clause de retour d'une convention signée",
        "convention",
    )


def test_every_path_that_a_rule_can_repair_has_its_proof() -> None:
    paths = {v.chemin for r in REGLES for c in r.si for v in c.voies if v.question is None}
    assert paths - set(PREUVES) == {"date", "sujet.tranche_age"}


@settings(max_examples=80, deadline=None, derandomize=True)
@given(near_case(("incomplet",), 3))
def test_sets_open_the_exchange_and_no_part_of_them_does(case: Case) -> None:
    verdict = decide(case)
    for found in repairs(case, verdict):
        values = {r.chemin: r.valeur for r in found.repairs}
        assert LAW.issue(case.avec(values)) == (found.issue, found.fondements)
        assert found.issue in OPEN
        if not set(values) <= set(PREUVES):
            continue
        for part in combinations(values.items(), len(values) - 1):
            assert LAW.issue(case.avec(dict(part)))[0] not in OPEN


@settings(max_examples=60, deadline=None, derandomize=True)
@given(near_case(("incomplet",), 2))
def test_no_smallest_set_is_forgotten(case: Case) -> None:
    verdict = decide(case)
    found = [{r.chemin for r in s.repairs} for s in repairs(case, verdict)]
    paths = [p for p in PREUVES if case.valeur(p) != PREUVES[p].valeurs[0]]
    if verdict.issue != "incomplet" or any(p not in PREUVES for m in verdict.manques for p in m.faits):
        return
    for size in (1, 2, 3):
        for chosen in combinations(paths, size):
            values = {p: PREUVES[p].valeurs[0] for p in chosen}
            if LAW.issue(case.avec(values))[0] in OPEN:
                assert any(f <= set(chosen) for f in found)


def _ways(identifiant: str) -> list[tuple[str, str]]:
    case = BY_ID[identifiant]
    return [(way.code, way.issue) for way in instead(case, decide(case))]


@pytest.mark.parametrize(
    ("identifiant", "expected"),
    [
        ("S03", [("ALT-NON-NOMINATIF", "permis"), ("ALT-RELAIS", "incomplet"), ("ALT-ACCUSE", "permis")]),
        ("S20", [("ALT-NON-NOMINATIF", "permis"), ("ALT-ADJOINT", "permis")]),
        ("S30", [("ALT-NON-NOMINATIF", "permis"), ("ALT-CRIP", "obligatoire"), ("ALT-FAIT-TRANSMISSION", "obligatoire")]),  # noqa: E501
        ("S35", [("ALT-NON-NOMINATIF", "permis"), ("ALT-REQUISITION", "obligatoire")]),
        ("E3", [("ALT-NON-NOMINATIF", "permis")]),
        ("S08", []),
    ],
)  # fmt: skip
def test_what_may_be_done_instead_was_tried(identifiant: str, expected: list[object]) -> None:
    assert _ways(identifiant) == expected


@settings(max_examples=100, deadline=None, derandomize=True)
@given(near_case(("interdit", "a_trancher", "incomplet"), 4))
def test_every_other_way_is_admitted_by_the_law(case: Case) -> None:
    verdict = decide(case)
    ways = instead(case, verdict)
    if verdict.alternatives:
        assert ways[0].code == "ALT-NON-NOMINATIF"
    for way in ways:
        assert LAW.issue(case.avec(way.faits))[0] == way.issue
        assert way.issue in (*OPEN, "incomplet")
