"""Beside an incomplete verdict: each smallest way to open it, who lifts what, the proof, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string

from maillage.law.case import Valeur
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.orientations.actions import send_orientation
from maillage.sharing.errors import Withheld
from maillage.web.orientations.panel import QUESTIONS, verdict_panel
from maillage.web.panels import Step, VerdictPanel
from tests.cast import Cast
from tests.door import YANIS, acteur, prepare

pytestmark = pytest.mark.django_db


def _case(cast: Cast, **changed: Any) -> dict[str, Any]:
    """Return the case of an orientation that the law withheld."""
    draft = prepare(cast, replace(YANIS, **changed))
    with pytest.raises(Withheld) as caught:
        send_orientation(orientation=draft, by=acteur(cast.karim), version=0)
    return dict(caught.value.echange.cas)


def _panel(cas: dict[str, Any], role: str = "mediateur", **faits: Valeur) -> VerdictPanel:
    case = parse_case(cas).avec(faits)
    return verdict_panel(case, decide(case), role, questions=QUESTIONS)


def test_what_would_be_enough_is_said_with_its_proof_and_its_place(cast: Cast) -> None:
    panel = _panel(_case(cast, notice=False))
    assert panel.issue == "incomplet"
    assert panel.ways[0].steps == (
        Step(
            text="Information RGPD",
            proof="la notice remise ou dite à la personne, datée",
            who="vous",
            place='<a class="back" href="#q4">Aller à la question 4</a>',
        ),
    )
    page = render_to_string("components/verdict.html", {"verdict": panel})
    assert "Ce qui suffirait, exactement" in page
    assert "Preuve : la notice remise ou dite à la personne, datée" in page


def test_what_asks_least_of_the_person_comes_first(cast: Cast) -> None:
    panel = _panel(_case(cast, notice=False, accords_titulaires={}))
    asked = [
        sum(step.who in {"ce jeune", "un de ses parents, ou son tuteur"} for step in way.steps)
        for way in panel.ways
    ]
    assert asked == sorted(asked)
    sets = [frozenset(step.text for step in way.steps) for way in panel.ways]
    assert len(sets) >= 2
    assert not any(one < other for one in sets for other in sets)


def test_each_way_is_enough_and_none_of_its_facts_is_too_many(cast: Cast) -> None:
    cas = _case(cast, notice=False, accords_titulaires={})
    found = parse_case(cas)
    assert decide(found).issue == "incomplet"
    both: dict[str, Valeur] = {"information_rgpd": True, "accord_titulaire": "donne"}
    assert decide(found.avec(both)).issue == "permis"
    for path, value in both.items():
        assert decide(found.avec({path: value})).issue == "incomplet"
    assert [[step.text for step in way.steps] for way in _panel(cas).ways] == [
        ["Accord du titulaire de l'autorité parentale", "Information RGPD"],
        ["Accord du titulaire de l'autorité parentale", "Personne présente"],
    ]


def test_a_link_leads_only_where_one_may_go(cast: Cast) -> None:
    cas = _case(cast, notice=False)
    municipal: dict[str, Valeur] = {
        "emetteur.emploi": "agent_public",
        "emetteur.fondement_secret": ("statut_agent_public",),
        "information_rgpd": True,
    }
    case = parse_case(cas).avec(municipal)
    for role, linked in (("mediateur", True), ("sans_role", False)):
        panel = verdict_panel(case, decide(case), role, questions=QUESTIONS)
        steps = [step for way in panel.ways for step in way.steps if "autorité" in step.text]
        assert steps
        assert all(("Voir les clauses du partenariat" in step.place) is linked for step in steps)


def test_another_outcome_shows_no_way(cast: Cast) -> None:
    cas = _case(cast, accord="refuse")
    panel = _panel(cas)
    assert (panel.issue, panel.ways) == ("interdit", ())
    assert "Ce qui suffirait" not in render_to_string("components/verdict.html", {"verdict": panel})
    assert any("sans personne identifiable" in text for text in panel.instead)
