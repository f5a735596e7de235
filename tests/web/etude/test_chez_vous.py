"""«Et chez vous ?» on the site: answers are used for the reply, then gone."""

import io
import logging

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from docx import Document
from pikepdf import Pdf

from maillage.etude.questionnaire import encode, questions, validate

ANSWERS = {
    "employeur_prevention": "association",
    "employeur_mediation": "commune",
    "direction": "deux_directions",
    "ecrit": "projet",
    "signataires": "personne",
    "retours": "rien",
}
CODE = encode(validate(ANSWERS))
ASK = "/etude/et-chez-vous/"


def _rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_answers_give_the_form_its_reason_three_steps_and_the_code(db: None, client: Client) -> None:
    html = client.post(ASK, ANSWERS).content.decode()
    assert "<h1>Partenariat informel</h1>" in html
    assert "Une convention est en cours d&#x27;écriture." in html
    assert html.count('<li class="card"><h3>') == 3
    assert CODE in html
    assert f"http://testserver{ASK}#{CODE}" in html


def test_the_code_gives_the_same_answer_without_any_script(db: None, client: Client) -> None:
    by_answers = client.post(ASK, ANSWERS).content.decode()
    by_code = client.post(ASK, {"code": f" {CODE.lower()} "}).content.decode()
    main = "<h1>Partenariat informel</h1>"
    assert (
        by_answers.partition(main)[2].partition("csrf")[0] == by_code.partition(main)[2].partition("csrf")[0]
    )
    assert main in by_code


def test_answers_may_be_changed_from_the_code(db: None, client: Client) -> None:
    html = client.post(ASK, {"code": CODE, "corriger": "1"}).content.decode()
    assert html.count(" checked") == 12
    assert 'name="ecrit" value="projet"' in html


def test_nothing_is_stored_nor_logged_nor_set_in_a_cookie(
    db: None, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    before = _rows()
    with caplog.at_level(logging.DEBUG):
        answered = client.post(ASK, ANSWERS)
        taken = client.post(reverse("etude:emporter"), {"code": CODE, "format": "docx"})
        refused = client.post(ASK, {"code": CODE[:-1] + "0"})
    assert (answered.status_code, taken.status_code, refused.status_code) == (200, 200, 400)
    assert _rows() == before
    for answer in (answered, taken, refused):
        assert set(answer.cookies) <= {"csrftoken"}
        assert answer.headers["Cache-Control"] == "no-store"
    # The database's own debug lines carry no answer either.
    assert [r for r in caplog.records if CODE in r.getMessage() or "deux_directions" in r.getMessage()] == []


def test_an_empty_sheet_is_refused_in_one_sentence(db: None, client: Client) -> None:
    answer = client.post(ASK, {})
    assert answer.status_code == 400
    assert "Répondez à une question au moins" in answer.content.decode()


def test_i_do_not_know_everywhere_is_an_answer(db: None, client: Client) -> None:
    html = client.post(ASK, {q.cle: "nsp" for q in questions()}).content.decode()
    assert "On ne peut pas encore conclure." in html.replace("\N{NO-BREAK SPACE}", " ")
    assert "<h1>Forme encore ouverte</h1>" in html
    assert "12 inconnues" in html


def test_a_town_with_one_trade_is_not_told_that_it_may_already_hold_a_title(db: None, client: Client) -> None:
    alone = client.post(ASK, {"employeur_prevention": "aucun", "employeur_mediation": "commune"})
    html = alone.content.decode()
    assert "Vous l'avez peut-être déjà" not in html
    assert "le jour où il serait là" in html
    assert "Vous l'avez peut-être déjà" in client.post(ASK, {"contrat": "public"}).content.decode()


def test_an_answer_that_does_not_exist_is_refused_and_the_others_are_kept(db: None, client: Client) -> None:
    answer = client.post(ASK, {**ANSWERS, "direction": "le chef"})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert html.count("Cette réponse n&#x27;existe pas") == 1
    assert html.count(" checked") == 5


@pytest.mark.parametrize("code", ["", "M1", "M1-ZZZZ-ZZZZ-ZZZZZ", "<script>alert(1)</script>", "A" * 20_000])
def test_a_bad_code_is_said_in_one_sentence_and_kept(db: None, client: Client, code: str) -> None:
    answer = client.post(ASK, {"code": code})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert html.count('class="errors"') + html.count("errorlist") == 1
    assert "<script>alert(1)" not in html
    taken = client.post(reverse("etude:emporter"), {"code": code, "format": "pdf"})
    assert taken.status_code == 400


def test_the_answer_is_taken_away_as_docx_and_pdf(db: None, client: Client) -> None:
    docx = client.post(reverse("etude:emporter"), {"code": CODE, "format": "docx"})
    assert docx.headers["Content-Disposition"] == 'attachment; filename="et-chez-vous.docx"'
    assert Document(io.BytesIO(docx.content)).paragraphs[0].text == "Et chez vous ?"
    pdf = client.post(reverse("etude:emporter"), {"code": CODE, "format": "pdf"})
    with Pdf.open(io.BytesIO(pdf.content)) as made:
        assert len(made.pages) == 2


def test_a_format_that_does_not_exist_is_refused(db: None, client: Client) -> None:
    assert client.post(reverse("etude:emporter"), {"code": CODE, "format": "exe"}).status_code == 400


def test_a_post_from_elsewhere_is_refused(db: None) -> None:
    assert Client(enforce_csrf_checks=True).post(ASK, ANSWERS).status_code == 403


def test_the_answers_never_stand_in_an_address(db: None, client: Client) -> None:
    html = client.get(f"{ASK}?employeur_prevention=commune&code={CODE}").content.decode()
    assert " checked" not in html
    assert CODE not in html
