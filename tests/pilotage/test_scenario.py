"""What may be tried, and what is refused in one French sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maillage.pilotage.scenario import Scenario, ScenarioError, TriedClause, clauses_of, models

RETURN = {"fait": "clause_retour", "valeur": True}


def test_an_informal_partnership_writes_nothing_and_the_others_five_things() -> None:
    assert {forme: [one.fait for one in clauses] for forme, clauses in models().items()} == {
        "informel": [],
        "convention": [
            "clause_retour",
            "information_rgpd",
            "decision_autorite",
            "part_action_sociale",
            "part_protection_enfance",
        ],
        "pilotage_unique": [
            "clause_retour",
            "information_rgpd",
            "decision_autorite",
            "part_action_sociale",
            "part_protection_enfance",
        ],
    }


def test_a_row_of_a_file_becomes_a_clause() -> None:
    row = {
        "fait": "emetteur.part_action_sociale",
        "valeur": "mission_ecrite",
        "metier": "mediation_sociale",
        "preuve": "Avenant",
        "debut": "2026-01-01",
        "fin": None,
    }
    assert clauses_of([row]) == (
        TriedClause(
            titre="part_action_sociale : mission_ecrite",
            fait="part_action_sociale",
            valeur="mission_ecrite",
            metier="mediation_sociale",
            debut=date(2026, 1, 1),
            preuve="Avenant",
        ),
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({}, "Les clauses forment une liste."),
        ([1], "Clause 1 : c'est un objet qui est attendu."),
        ([{}], "Clause 1 : il manque « fait »."),
        ([{"fait": "accord_personne", "valeur": "donne"}], "n'établit pas « accord_personne »"),
        ([{"fait": "fondement_secret", "valeur": []}], "n'établit pas « fondement_secret »"),
        ([RETURN, {"fait": "clause_retour", "valeur": 1}], "Clause 2 : « clause_retour » ne peut pas valoir"),
        ([{"fait": "clause_retour"}], "« clause_retour » ne peut pas valoir « None »"),
        ([RETURN | {"personne": "x"}], "« personne » n'y a pas sa place"),
        ([RETURN | {"debut": "hier"}], "« hier » n'est pas un jour écrit AAAA-MM-JJ"),
        ([RETURN | {"metier": "police"}], "pas « police »"),
        ([{"fait": "part_action_sociale", "valeur": "mission_ecrite"}], "dites lequel, ou quel métier"),
    ],
)
def test_a_bad_row_is_refused_by_its_number(rows: Any, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        clauses_of(rows)
    assert said in str(caught.value)


def test_unknown_forms_questions_and_readings_are_refused() -> None:
    with pytest.raises(ScenarioError, match="La forme « ville » n'existe pas"):
        Scenario(forme="ville")
    with pytest.raises(ScenarioError, match="La question « U-8 » n'a pas deux lectures"):
        Scenario(lectures={"U-8": "rapport"})
    with pytest.raises(ScenarioError, match="pas « oui »"):
        Scenario(lectures={"U-10": "oui"})
