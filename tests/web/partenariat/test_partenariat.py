"""The partnership's pages: its own members only, and effects that the law engine answers."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from maillage.base import clock
from maillage.conventions.enums import Forme
from maillage.conventions.models import Clause, FormePartenariat, LectureAdoptee, Participation
from maillage.web.partenariat.reading import clause_lines, form_history, reading_lines
from maillage.web.partenariat.samples import SAMPLES, Bench
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
SINCE = date(2024, 1, 1)
PAGES = ("/partenariat/{}/", "/partenariat/{}/clauses/", "/partenariat/{}/lectures/")
RETURN = "Dire en retour où en est la relation, le jeune et un parent étant d'accord"


def _clause(cast: Cast, fait: str, valeur: object, **given: object) -> Clause:
    fields = {"titre": "Clause", "preuve": "Convention", "debut": SINCE} | given
    return Clause.objects.create(partenariat=cast.ici, fait=fait, valeur=valeur, **fields)


def _reading(cast: Cast, question: str) -> LectureAdoptee:
    return LectureAdoptee.objects.create(
        partenariat=cast.ici,
        question=question,
        valeur="rapport",
        signataires=["Direction ALM", "Direction Le Relais", "DPO"],
        preuve="Écrit du 4 mars",
        debut=SINCE,
    )


def _answers(cast: Cast) -> dict[str, str]:
    return {one.titre: one.issue for one in Bench(cast.ici, clock.today()).answers()}


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return html.unescape(answer.content.decode())


@pytest.mark.django_db
def test_only_the_partnership_one_belongs_to_exists(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    ours = signed_in(cast.nadia)
    for page in PAGES:
        assert ours.get(page.format("ici")).status_code == 200
        assert ours.get(page.format("ailleurs")).status_code == 404
        assert ours.get(page.format("absent")).status_code == 404
        assert ours.post(page.format("ici")).status_code == 405
        assert signed_in(cast.lecteur).get(page.format("ici")).status_code == 200
        assert signed_in(cast.maire).get(page.format("ici")).status_code == 404
        assert client.get(page.format("ici")).status_code == 302


def test_the_list_goes_straight_to_the_only_partnership(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.nadia).get("/partenariat/")
    assert (answer.status_code, answer["Location"]) == (302, "/partenariat/ici/")
    assert "Aucun partenariat en cours" in _text(signed_in(cast.maire), "/partenariat/")
    Participation.objects.create(partenariat=cast.ailleurs, service=cast.alm, debut=SINCE)
    page = _text(signed_in(cast.nadia), "/partenariat/")
    assert ["Partenariat ici" in page, "Partenariat ailleurs" in page] == [True, True]


def test_the_page_says_form_members_ground_and_rhythms(cast: Cast, signed_in: SignedIn) -> None:
    page = _text(signed_in(cast.samira), "/partenariat/ici/")
    said = [
        "Informel",
        "ALM",
        "Le Relais",
        "Port-Rouge",
        "toutes les 6 semaines",
        "sous 14 jours",
        "42 jours",
    ]
    assert [one in page for one in said] == [True] * 7
    assert [leak in page for leak in ("Sud", "Les Pins")] == [False, False]


def test_the_form_has_a_history_and_one_current_row(cast: Cast) -> None:
    FormePartenariat.objects.filter(partenariat=cast.ici).update(fin=date(2023, 12, 31))
    FormePartenariat.objects.create(
        partenariat=cast.ici, forme=Forme.CONVENTION, preuve="Signée", debut=SINCE
    )
    lines = [(line.forme.forme, line.current) for line in form_history(cast.ici, clock.today())]
    assert lines == [("convention", True), ("informel", False)]


def test_the_form_changes_no_answer(cast: Cast) -> None:
    before = _answers(cast)
    FormePartenariat.objects.filter(partenariat=cast.ici).update(forme=Forme.PILOTAGE_UNIQUE)
    assert _answers(cast) == before


def test_the_return_needs_the_reading_and_the_clause(cast: Cast) -> None:
    assert _answers(cast)[RETURN] != "permis"
    _reading(cast, "U-10")
    assert _answers(cast)[RETURN] == "incomplet"
    clause = _clause(cast, "clause_retour", True)
    assert _answers(cast)[RETURN] == "permis"
    effect = Bench(cast.ici, clock.today()).without_clause(clause.pk)
    assert [(first.titre, first.issue, second.issue) for first, second in effect.changed] == [
        (RETURN, "permis", "incomplet")
    ]
    assert len(effect.same) == len(SAMPLES) - 1


def test_news_of_a_place_never_depends_on_a_clause_nor_a_confidence_on_a_reading(cast: Cast) -> None:
    clause = _clause(cast, "clause_retour", True)
    bench = Bench(cast.ici, clock.today())
    place, confidence = SAMPLES[0].titre, SAMPLES[4].titre
    assert {one.titre: one.issue for one in bench.answers()}[place] == "permis"
    assert place in [one.titre for one in bench.without_clause(clause.pk).same]
    for line in reading_lines(cast.ici, clock.today(), bench):
        assert confidence not in [
            other.titre for other, then in line.effect.changed if then.issue == "permis"
        ]


def test_a_clause_that_is_over_or_to_come_changes_nothing_and_says_so(cast: Cast) -> None:
    today = clock.today()
    _clause(cast, "clause_retour", True, titre="Finie", fin=today - timedelta(days=1))
    _clause(cast, "clause_retour", True, titre="Future", debut=today + timedelta(days=1))
    _clause(cast, "part_action_sociale", "mission_ecrite", titre="Vive", service=cast.alm)
    lines = clause_lines(cast.ici, today, Bench(cast.ici, today))
    assert [(line.clause.titre, line.state, line.effect is None) for line in lines] == [
        ("Vive", "en cours", False),
        ("Future", "à venir", True),
        ("Finie", "terminée", True),
    ]
    assert (lines[0].fait, lines[0].valeur) != ("part_action_sociale", "mission_ecrite")


def test_the_clauses_page_says_fact_proof_and_effect(cast: Cast, signed_in: SignedIn) -> None:
    _reading(cast, "U-10")
    _clause(cast, "clause_retour", True, titre="Se dire la suite", preuve="Convention, article 5")
    page = _text(signed_in(cast.nadia), "/partenariat/ici/clauses/")
    said = ["Se dire la suite", "Convention, article 5", "Ce que cela change", RETURN, "sans elle"]
    assert [one in page for one in said] == [True] * 5


def test_the_readings_page_says_who_adopted_what(cast: Cast, signed_in: SignedIn) -> None:
    _reading(cast, "U-10")
    page = _text(signed_in(cast.nadia), "/partenariat/ici/lectures/")
    assert "Direction ALM, Direction Le Relais, DPO" in page
    assert page.count("lecture du rapport</span>") == 1
    lines = reading_lines(cast.ici, clock.today(), Bench(cast.ici, clock.today()))
    assert (lines[0].question.code, lines[0].prudent) == ("U-10", False)


def test_without_a_field_team_there_is_no_answer(cast: Cast, signed_in: SignedIn) -> None:
    cast.relais.postes.update(fin=date(2021, 1, 1))
    assert Bench(cast.ici, clock.today()).answers() == []
    page = _text(signed_in(cast.nadia), "/partenariat/ici/")
    assert "Il faut au moins un poste de terrain" in page
