"""The facts of a case: where each comes from, and that nothing unknown helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from maillage.base import clock
from maillage.directory.models import Titre
from maillage.orientations.actions import send_orientation, update_draft
from maillage.orientations.faces import Answers
from maillage.orientations.models import Orientation
from maillage.orientations.queries import examine_answers, examine_draft
from maillage.sharing import persons
from maillage.sharing.facts import gather
from maillage.sharing.views import Examined
from tests.cast import Cast
from tests.door import YANIS, acteur, add_clause, adopt, prepare


def examined(cast: Cast, draft: Orientation) -> Examined:
    """Return the live verdict of a draft of Karim's."""
    return examine_draft(acteur(cast.karim), orientation=draft).examined


def test_the_whole_case_is_the_one_of_an_orientation(cast: Cast) -> None:
    case = dict(examined(cast, prepare(cast)).cas)
    case.pop("id")
    assert case == {
        "date": clock.today().isoformat(),
        "emetteur": {
            "fonction": "mediateur",
            "emploi": "salarie_prive",
            "part_protection_enfance": "aucune",
            "part_action_sociale": "aucune",
            "fondement_secret": [],
        },
        "destinataire": {
            "fonction": "educateur_prevention",
            "emploi": "salarie_prive",
            "part_protection_enfance": "aucune",
            "part_action_sociale": "statutaire",
            "fondement_secret": ["mission_ase"],
        },
        "sujet": {"objet": "personne", "tranche_age": "15_17"},
        "contenu": {
            "nature": "orientation_demande",
            "identification": "directe",
            "origine": "dit_personne_presente",
            "strictement_necessaire": True,
        },
        "finalite": "orientation_personne",
        "cadre": "bilateral",
        "enregistrement": "journal_seul",
        "forme_partenariat": "informel",
        "accord_personne": "donne",
        "accord_titulaire": "donne",
        "information_rgpd": True,
        "personne_presente": False,
        "lecture": {},
    }


def test_each_fact_says_where_it_comes_from(cast: Cast) -> None:
    add_clause(cast.ici, "part_action_sociale", "mission_ecrite", cast.alm)
    adopt(cast.ici, "U-1")
    found = examined(cast, prepare(cast))
    kinds = {path: source.genre for path, source in found.sources.items()}
    assert kinds == {
        "emetteur.fonction": "poste",
        "emetteur.emploi": "poste",
        "emetteur.part_protection_enfance": "poste",
        "emetteur.part_action_sociale": "clause",
        "emetteur.fondement_secret": "poste",
        "destinataire.fonction": "service",
        "destinataire.emploi": "service",
        "destinataire.part_protection_enfance": "service",
        "destinataire.part_action_sociale": "service",
        "destinataire.fondement_secret": "service",
        "sujet.objet": "echange",
        "sujet.tranche_age": "personne",
        "contenu.nature": "echange",
        "contenu.identification": "echange",
        "contenu.origine": "declare",
        "contenu.strictement_necessaire": "declare",
        "personne_presente": "declare",
        "finalite": "echange",
        "cadre": "echange",
        "enregistrement": "echange",
        "forme_partenariat": "forme",
        "accord_personne": "accord",
        "accord_titulaire": "accord",
        "information_rgpd": "notice",
        "lecture.U-1": "lecture",
    }
    assert found.lectures == {"U-1": "rapport"}
    assert found.sources["accord_titulaire"].libelle.startswith("Mère : donné à l'oral, le ")


@pytest.mark.parametrize(
    ("change", "personne", "titulaire"),
    [
        ({}, "donne", "donne"),
        ({"accord": ""}, None, "donne"),
        ({"accord": "refuse"}, "refuse", "donne"),
        ({"accords_titulaires": {}}, "donne", None),
        ({"accords_titulaires": {"mere": "donne", "pere": "refuse"}}, "donne", "refuse"),
        ({"accords_titulaires": {"mere": "refuse", "pere": "donne"}}, "donne", "refuse"),
        ({"accords_titulaires": {"mere": "donne", "pere": ""}}, "donne", "donne"),
        ({"tranche_age": "18_20", "accords_titulaires": {}}, "donne", "sans_objet"),
        ({"tranche_age": "18_20", "accords_titulaires": {"mere": "refuse"}}, "donne", "sans_objet"),
        ({"tranche_age": "inconnue", "accords_titulaires": {}}, "donne", None),
    ],
)
def test_one_giver_never_speaks_for_another(
    cast: Cast, change: dict[str, Any], personne: str | None, titulaire: str | None
) -> None:
    answers = replace(YANIS, **change)
    saved = examined(cast, prepare(cast, answers)).cas
    typed = examine_answers(
        acteur(cast.karim), partenariat=cast.ici, destinataire=cast.relais, answers=answers
    ).examined.cas
    for case in (saved, typed):
        assert (case.get("accord_personne"), case.get("accord_titulaire")) == (personne, titulaire)


def test_what_is_typed_and_what_is_saved_get_the_same_verdict(cast: Cast) -> None:
    for answers in (
        YANIS,
        replace(YANIS, accord=""),
        replace(YANIS, notice=False),
        Answers(contact="x", besoin="y"),
    ):
        typed = examine_answers(
            acteur(cast.karim), partenariat=cast.ici, destinataire=cast.relais, answers=answers
        ).examined.verdict
        saved = examined(cast, prepare(cast, answers)).verdict
        assert (typed.issue, typed.fondements, typed.manques) == (
            saved.issue,
            saved.fondements,
            saved.manques,
        )


def test_the_latest_word_counts_and_a_withdrawal_is_a_refusal(cast: Cast) -> None:
    draft, karim = prepare(cast), acteur(cast.karim)
    words = []
    for etat in ("refuse", "donne", "retire"):
        assert draft.sujet is not None
        persons.record_accord(
            by=karim,
            personne=draft.sujet,
            portee="orientation",
            destinataire=cast.relais,
            donneur="jeune",
            etat=etat,
        )
        words.append(examined(cast, draft).cas["accord_personne"])
    assert words == ["refuse", "donne", "refuse"]


def test_an_accord_to_one_exchange_covers_no_other(cast: Cast) -> None:
    draft, karim = prepare(cast, replace(YANIS, accord="")), acteur(cast.karim)
    assert draft.sujet is not None
    for portee, service in (
        ("retour", cast.relais),
        ("relais", cast.relais),
        ("orientation", cast.services["nuit"]),
    ):
        persons.record_accord(
            by=karim, personne=draft.sujet, portee=portee, destinataire=service, donneur="jeune", etat="donne"
        )
    assert "accord_personne" not in examined(cast, draft).cas


def test_a_repair_changes_the_verdict_at_once(cast: Cast) -> None:
    draft, karim = prepare(cast, replace(YANIS, notice=False)), acteur(cast.karim)
    assert examined(cast, draft).verdict.issue == "incomplet"
    draft = update_draft(orientation=draft, by=karim, version=0, answers=YANIS)
    assert examined(cast, draft).verdict.issue == "permis"
    assert send_orientation(orientation=draft, by=karim, version=1).envoyee_le is not None


def test_a_clause_establishes_the_notice_until_it_ends(cast: Cast) -> None:
    draft = prepare(cast, replace(YANIS, notice=False))
    clause = add_clause(cast.ici, "information_rgpd", True)
    found = examined(cast, draft)
    assert (found.verdict.issue, found.sources["information_rgpd"].genre) == ("permis", "clause")
    clause.fin = date(2021, 1, 1)
    clause.save()
    assert examined(cast, draft).verdict.issue == "incomplet"


@pytest.mark.parametrize(
    ("fait", "valeur"),
    [
        ("accord_personne", "donne"),
        ("destinataire.fondement_secret", ["mission_ase"]),
        ("situation.coordonnateur", "designe_pour_ce_sujet"),
        ("emetteur.fonction", "assistant_service_social"),
        ("contenu.strictement_necessaire", True),
        ("clause_retour", "oui"),
        ("clause_retour", 1),
        ("part_action_sociale", "statutaires"),
    ],
)
def test_a_clause_establishes_no_secret_no_accord_and_nothing_absurd(
    cast: Cast, fait: str, valeur: Any
) -> None:
    draft = prepare(cast, replace(YANIS, accord="", necessaire=False))
    before = dict(examined(cast, draft).cas)
    add_clause(cast.ici, fait, valeur, cast.relais)
    after = dict(examined(cast, draft).cas)
    assert {**after, "id": ""} == {**before, "id": ""}


def test_a_clause_never_weakens_a_post_nor_speaks_for_another_service(cast: Cast) -> None:
    add_clause(cast.ici, "part_action_sociale", "mission_ecrite", cast.relais)
    add_clause(cast.ici, "part_action_sociale", "mission_ecrite", cast.services["nuit"])
    add_clause(cast.ici, "decision_autorite", True, cast.relais)
    case = examined(cast, prepare(cast)).cas
    assert case["destinataire"]["part_action_sociale"] == "statutaire"
    assert case["emetteur"]["part_action_sociale"] == "aucune"
    assert "decision_autorite" not in case


def test_without_its_title_the_service_receives_nothing(cast: Cast) -> None:
    draft = prepare(cast)
    Titre.objects.filter(service=cast.relais).delete()
    found = examined(cast, draft)
    assert found.cas["destinataire"]["fondement_secret"] == []
    assert found.verdict.issue != "permis"


@pytest.mark.requirement("S-10")
def test_nobody_declares_anything_else(cast: Cast) -> None:
    with pytest.raises(ValueError, match="nobody may declare accord_personne"):
        gather(
            emetteur=cast.karim.poste,
            destinataire=cast.relais,
            partenariat=cast.ici,
            personne=None,
            objet="personne",
            nature="orientation_demande",
            finalite="orientation_personne",
            cadre="bilateral",
            on=clock.today(),
            declared={"accord_personne": "donne"},
        )
