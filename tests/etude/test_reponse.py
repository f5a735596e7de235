"""Prerequisites, nearest city, exchanges judged by the law, next steps."""

from datetime import date

import pytest

from maillage.etude.deduction import deduce
from maillage.etude.echanges import judge_all, papers
from maillage.etude.enums import Etat, Nature, Ville
from maillage.etude.pas import all_steps, next_steps
from maillage.etude.prerequis import assess
from maillage.etude.questionnaire import Reponses, questions, validate
from maillage.etude.reponse import answer
from maillage.etude.villes import portrait, portraits
from maillage.etude.voisinage import nearest
from maillage.law.decision import decide
from maillage.law.wire import parse_case

JOUR = date(2026, 11, 22)
VILLE = {
    "employeur_prevention": "association",
    "employeur_mediation": "commune",
    "direction": "deux_directions",
    "ecrit": "rien",
    "signataires": "personne",
}


def _states(answers: dict[str, str]) -> str:
    reponses = validate(answers)
    return " ".join(str(c.etat) for c in assess(reponses, deduce(reponses)))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "inconnu inconnu inconnu inconnu inconnu inconnu"),
        (
            {**VILLE, "commande": "orale", "portage": "non", "rencontres": "jamais", "retours": "rien"},
            "manquant manquant manquant manquant manquant manquant",
        ),
        (
            {**VILLE, "ecrit": "charte", "commande": "separee", "portage": "une", "rencontres": "besoin"}
            | {"retours": "deux_sens"},
            "en_partie en_partie en_partie en_partie en_partie en_partie",
        ),
        (
            {**VILLE, "ecrit": "convention", "signataires": "autorites", "commande": "commune_ecrite"}
            | {"portage": "deux", "rencontres": "dates_fixes", "retours": "convenu"},
            "rempli rempli rempli rempli rempli rempli",
        ),
        (
            {"employeur_mediation": "aucun", "ecrit": "acte"},
            "inconnu inconnu inconnu inconnu manquant inconnu",
        ),
        ({"portage": "deux"}, "inconnu rempli inconnu inconnu inconnu en_partie"),
    ],
)
def test_the_six_prerequisites_follow_the_answers(answers: dict[str, str], expected: str) -> None:
    assert _states(answers) == expected


def test_each_city_is_its_own_nearest() -> None:
    for city in portraits():
        found = nearest(city.reponses)
        assert found is not None
        assert (found.ville, found.differents, found.ex_aequo) == (city.ville, (), ())


def test_an_invented_town_is_near_lorient_because_nothing_comes_back() -> None:
    found = nearest(validate({**VILLE, "rencontres": "besoin", "retours": "rien"}))
    assert found is not None
    assert found.ville is Ville.LORIENT
    assert found.communs[-1] == "presque rien ne revient aux médiateurs"
    assert found.meme_forme


def test_one_employer_for_both_is_shared_with_a_city_without_naming_the_wrong_one() -> None:
    found = nearest(
        validate(
            {"employeur_prevention": "intercommunalite", "employeur_mediation": "intercommunalite"}
            | {"direction": "meme_direction"}
        )
    )
    assert found is not None
    assert (found.ville, found.communs) == (
        Ville.MARSEILLE,
        ("le même organisme emploie les deux équipes", "une même direction conduit les deux métiers"),
    )


def test_a_tie_is_said_and_nothing_shared_gives_no_city() -> None:
    tie = nearest(validate(VILLE))
    assert tie is not None
    assert (tie.ville, tie.ex_aequo) == (Ville.LE_TEIL, (Ville.LIMOGES, Ville.LORIENT))
    assert nearest(validate({})) is None
    assert nearest(validate({"commande": "orale"})) is None


def _judged(answers: dict[str, str]) -> list[tuple[str, str, str, list[str], str]]:
    return [
        (
            e.echange.cle,
            j.hypothese,
            j.aujourd_hui.issue,
            [p.cle for p in j.papiers],
            j.ensuite.issue if j.ensuite else "",
        )
        for e in judge_all(validate(answers), jour=JOUR)
        for j in e.jugements
    ]


def test_the_law_says_what_a_town_may_do_today_and_with_which_papers_more() -> None:
    assert _judged({"contrat": "adulte_relais", "titre": "habilitation", "designation": "aucune"}) == [
        ("orienter", "", "incomplet", ["notice"], "permis"),
        ("revenir", "", "incomplet", ["clause", "u10"], "permis"),
        ("partager", "", "interdit", ["mission", "liste", "designation"], "permis"),
    ]


def test_nobody_employs_educators_who_do_not_exist() -> None:
    from maillage.etude.echanges import build_case

    (orient, *_) = judge_all(validate({}), jour=JOUR)
    nobody, town = ({"employeur_prevention": e, "contrat": "prive"} for e in ("aucun", "commune"))
    assert "emploi" not in build_case(orient.echange, validate(nobody), "prive", [], JOUR)["destinataire"]
    assert build_case(orient.echange, validate(town), "prive", [], JOUR)["destinataire"]["emploi"] == (
        "agent_public"
    )


def test_an_unknown_contract_is_judged_both_ways_only_where_it_matters() -> None:
    assert _judged({"titre": "habilitation", "designation": "par_famille"}) == [
        ("orienter", "si le médiateur est en contrat de droit privé", "incomplet", ["notice"], "permis"),
        ("orienter", "s'il est agent public", "incomplet", ["notice", "decision"], "permis"),
        ("revenir", "", "incomplet", ["clause", "u10"], "permis"),
        ("partager", "", "interdit", ["mission", "liste"], "permis"),
    ]


def test_a_convention_in_force_counts_for_its_return_clause_and_a_draft_does_not() -> None:
    signed = {
        "ecrit": "convention",
        "signataires": "autorites",
        "retours": "convenu",
        "titre": "habilitation",
    }
    assert _judged({**signed, "contrat": "prive"})[1][3] == ["u10"]
    assert _judged({**signed, "contrat": "prive", "ecrit": "projet"})[1][3] == ["clause", "u10"]


def test_the_form_itself_never_changes_what_the_law_answers() -> None:
    base = {"contrat": "public", "titre": "delegation", "employeur_prevention": "commune"}
    informal = _judged({**base, "employeur_mediation": "commune", "direction": "deux_directions"})
    steered = _judged({**base, "employeur_mediation": "commune", "direction": "meme_direction"})
    assert informal == steered


def test_the_papers_proposed_are_the_smallest_set() -> None:
    from maillage.etude.echanges import build_case

    for judged in judge_all(validate({"contrat": "public", "titre": "nsp"}), jour=JOUR):
        for one in judged.jugements:
            for left_out in one.papiers:
                kept = [p for p in one.papiers if p is not left_out]
                cas = build_case(judged.echange, validate({"contrat": "public"}), "public", kept, JOUR)
                assert decide(parse_case(cas)).issue not in ("permis", "obligatoire"), left_out.cle
    assert len(papers()) == 8


@pytest.mark.parametrize("asked", questions(), ids=lambda q: str(q.cle))
def test_there_are_always_three_steps_each_resting_on_a_recommendation_and_a_practice(asked: object) -> None:
    for option in ("nsp", *(o.cle for o in asked.options)):  # type: ignore[attr-defined]
        found = answer(validate({asked.cle: option}), jour=JOUR)  # type: ignore[attr-defined]
        assert len({p.cle for p in found.pas}) == 3
    assert {p.preconisation.nature for p in all_steps()} == {Nature.PRECONISATION}
    assert {p.pratique.nature for p in all_steps()} == {Nature.PRATIQUE}


def test_steps_follow_the_situation() -> None:
    lorient = portrait(Ville.LORIENT).reponses
    deduction = deduce(lorient)
    constats = assess(lorient, deduction)
    assert [p.cle for p in next_steps(lorient, deduction, constats)] == [
        "ecrire-la-convention",
        "reunion-six-semaines",
        "lire-ensemble-le-droit",
    ]
    draft = lorient.avec(ecrit="projet")
    assert next_steps(draft, deduce(draft), assess(draft, deduce(draft)))[0].cle == "faire-signer"
    assert constats[5].etat is Etat.MANQUANT or constats[5].etat is Etat.INCONNU


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({}, "chercher-l-ecrit"),
        ({**VILLE, "ecrit": "convention", "signataires": "nsp"}, "retrouver-les-signatures"),
        ({**VILLE, "ecrit": "convention", "signataires": "equipes"}, "faire-signer-de-nouveau"),
        ({**VILLE, "ecrit": "echue", "signataires": "autorites"}, "renouveler"),
        ({**VILLE, "ecrit": "charte"}, "ecrire-la-convention"),
    ],
)
def test_the_first_step_never_supposes_what_was_not_answered(answers: dict[str, str], first: str) -> None:
    assert answer(validate(answers), jour=JOUR).pas[0].cle == first


def test_a_team_that_does_not_exist_has_no_title_to_look_for() -> None:
    alone = answer(validate({"employeur_prevention": "aucun", "employeur_mediation": "commune"}), jour=JOUR)
    assert [p.cle for p in alone.pas] == ["reunir-les-presents", "demander-la-commande", "designer"]


def test_the_answer_carries_its_code_and_the_code_gives_the_answer_back() -> None:
    from maillage.etude.questionnaire import decode

    reponses = Reponses({**validate(VILLE).valeurs, "contrat": "public"})
    found = answer(reponses, jour=JOUR)
    assert decode(found.code) == reponses
    assert answer(decode(found.code), jour=JOUR) == found
