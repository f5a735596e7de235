"""What one takes away: two pages, never more, and drafts that open."""

import io
import random
from datetime import date

import pytest
from docx import Document as open_docx
from pikepdf import Pdf

from maillage.documents import docx, pdf
from maillage.etude.feuilles import answer_sheet, draft_sheet
from maillage.etude.pratiques import pratique, pratiques
from maillage.etude.questionnaire import NSP, Reponses, questions, validate
from maillage.etude.reponse import answer

JOUR = date(2026, 11, 22)
LONGEST = {
    "employeur_prevention": "commune",
    "employeur_mediation": "autre",
    "direction": "comite",
    "commande": "separee",
    "ecrit": "acte",
    "signataires": "une_seule",
    "designation": "permanente",
    "titre": "aucun",
    "contrat": "melange",
    "portage": "une",
    "rencontres": "besoin",
    "retours": "convenu",
}


def _towns() -> list[Reponses]:
    chosen = random.Random(2017)  # the same towns at every run
    some = [{q.cle: chosen.choice([NSP, *(o.cle for o in q.options)]) for q in questions()} for _ in range(6)]
    return [validate(valeurs) for valeurs in ({}, LONGEST, *some)]


@pytest.mark.parametrize("reponses", _towns(), ids=lambda r: "-".join(r.connues)[:30] or "rien")
def test_the_answer_holds_on_two_pages(reponses: Reponses) -> None:
    sheet = answer_sheet(answer(reponses, jour=JOUR))
    with Pdf.open(io.BytesIO(pdf.render_document(sheet))) as made:
        assert len(made.pages) == 2


def test_the_editable_answer_says_form_prerequisites_law_steps_and_answers() -> None:
    made = open_docx(io.BytesIO(docx.render_document(answer_sheet(answer(validate(LONGEST), jour=JOUR)))))
    headings = [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [
        "Les six pré-requis",
        "Ce que la loi vous laisse faire aujourd'hui",
        "Vos trois prochains pas",
        "Vos réponses",
    ]
    assert [len(t.rows) for t in made.tables] == [7, 1 + 4]
    assert made.paragraphs[2].text == "Partenariat informel : vos réponses suffisent à l'établir."


def test_each_step_names_the_city_where_it_was_done_and_where_to_read_it() -> None:
    made = open_docx(io.BytesIO(docx.render_document(answer_sheet(answer(validate({}), jour=JOUR)))))
    titles = [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 2"]
    assert [t[:3] for t in titles] == ["1. ", "2. ", "3. "]
    cited = [p.text for p in made.paragraphs if p.text.startswith("La Rochelle : ")]
    assert len(cited) == 2
    assert cited[0].endswith("(§\N{NO-BREAK SPACE}7, paragraphe 1)")


def test_a_town_with_one_trade_reads_the_law_as_a_hypothesis() -> None:
    alone = answer_sheet(answer(validate({"employeur_mediation": "aucun"}), jour=JOUR))
    said = [getattr(block, "text", "") for block in alone.blocks]
    assert any(text.startswith("Il vous manque un des deux métiers") for text in said)


@pytest.mark.parametrize("cle", [p.cle for p in pratiques()])
def test_every_practice_gives_a_draft(cle: str) -> None:
    found = pratique(cle)
    made = open_docx(io.BytesIO(docx.render_document(draft_sheet(found))))
    texts = [p.text for p in made.paragraphs]
    assert texts[0] == found.brouillon.objet
    assert set(found.brouillon.lignes) <= set(texts)
    assert found.droit in texts
    pointers = texts[-1].removeprefix("Dans l'étude : ").rstrip(".").split(" ; ")
    assert len(set(pointers)) == len(pointers)


def test_there_are_as_many_practices_as_promised() -> None:
    named = {"cine-ado", "jeu-de-societe", "kiosque", "cour-d-ecole", "convention-avec-le-terrain"}
    named |= {"reunion-des-six-semaines", "maisons-de-la-reussite", "mediateurs-formes-educateurs"}
    assert named | {"fetes-de-quartier"} <= {p.cle for p in pratiques()}
    assert len(pratiques()) == 13
