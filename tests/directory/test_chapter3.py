"""`maillage report chapitre-3`: the study's table, figure for figure, from the database."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document as open_word

from maillage.cli import CommandError
from maillage.cli.report import make
from maillage.directory import chapter3
from maillage.directory.seed import load_study, study_table

REPORT = Path(os.environ.get("MAILLAGE_RAPPORT", Path(__file__).parents[3] / "shared" / "report.md"))
# The columns of the study's own table: city, form, then service, funding, team, creation of each trade.
TRADE_COLUMNS = (slice(2, 6), slice(6, 10))


@pytest.fixture(autouse=True)
def _study(db: None) -> None:
    load_study()


def _json() -> dict[str, Any]:
    return dict(json.loads(make("chapitre-3", "json")))


def test_every_figure_is_that_of_the_transcribed_table() -> None:
    printed = _json()["villes"]
    assert [ville["code_insee"] for ville in printed] == [
        "17300",
        "07319",
        "87085",
        "56121",
        "13055",
        "45234",
    ]
    for city, expected in zip(printed, study_table()["villes"], strict=True):
        assert (city["ville"], city["partenariat"], city["qpv_etudies"]) == (
            expected["ville"],
            expected["partenariat"],
            expected["qpv_etudies"],
        )
        for trade in ("prevention", "mediation"):
            for service, line in zip(city[trade], expected[trade], strict=True):
                assert service["nom_dans_le_tableau"].startswith(line["nom_dans_le_tableau"])
                assert service["creation"] == line["creation"]
                assert service["financement"] == line.get("financement")
                assert service["financement_pct"] == line.get("financement_pct")
                counted = {"éducateurs spécialisés par service": [20, 30]}
                assert service["equipe"] == line.get("equipe", counted)


def test_figures_come_from_the_database_not_from_the_file() -> None:
    from maillage.directory.models import Effectif

    Effectif.objects.filter(service__code="sauvegarde56-lorient").update(nombre=5)
    lorient = next(city for city in _json()["villes"] if city["ville"] == "Lorient")
    assert lorient["prevention"][0]["equipe"] == {"éducateurs spécialisés": 5}


@pytest.mark.skipif(not REPORT.is_file(), reason="the study's text is not here (MAILLAGE_RAPPORT)")
def test_every_name_and_number_is_that_of_the_study_itself() -> None:
    table = iter(chapter3.as_table(chapter3.read()).rows)
    ours: dict[str, list[tuple[Any, ...]]] = {"Prévention spécialisée": [], "Médiation sociale": []}
    for row in table:
        ours[row[2]].append((row[0], row[3], *(_numbers(cell) for cell in row[4:])))
    theirs = _report_rows()
    assert ours["Prévention spécialisée"] == theirs[0]
    assert ours["Médiation sociale"] == theirs[1]
    forms = {row[0]: row[1] for row in chapter3.as_table(chapter3.read()).rows}
    assert forms == _report_forms()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _report_lines() -> list[list[str]]:
    """Return the rows of the table of chapter 3, a row without a city taking the one above."""
    text = REPORT.read_text(encoding="utf-8")
    chapter = text[text.index("### 3. IMPLANTATION") : text.index("## 4. OBSERVATIONS")]
    lines = [line.split("\t") for line in chapter.splitlines() if line.count("\t") >= 9][2:]
    for above, line in pairwise(lines):
        line[0] = line[0] or above[0]
    return lines


def _report_rows() -> list[list[tuple[Any, ...]]]:
    made: list[list[tuple[Any, ...]]] = [[], []]
    for line in _report_lines():
        for trade, columns in enumerate(TRADE_COLUMNS):
            name, *figures = line[columns]
            if name:
                made[trade].append((_city(line), name.strip(), *(_numbers(figure) for figure in figures)))
    return made


def _report_forms() -> dict[str, str]:
    return {_city(line): line[1] for line in _report_lines() if line[1]}


def _city(line: list[str]) -> str:
    return re.sub(r"<[^>]*>", "", line[0])


def test_contradictions_are_notes_of_their_city() -> None:
    notes = {city["ville"]: city["notes"] for city in _json()["villes"]}
    assert [len(found) for found in notes.values()] == [1, 3, 1, 1, 3, 1]
    assert "en compte sept" in notes["Marseille"][0]


@pytest.mark.requirement("S-33")
def test_the_csv_has_one_row_per_service_and_no_live_formula() -> None:
    text = make("chapitre-3", "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[0] == list(chapter3.HEADERS)
    assert [row[0] for row in rows[1:]] == [
        *["La Rochelle"] * 2,
        *["Le Teil"] * 2,
        *["Limoges"] * 2,
        *["Lorient"] * 2,
        *["Marseille"] * 3,
        *["Orléans"] * 2,
    ]


def test_the_docx_has_the_table_and_the_notes() -> None:
    word = open_word(io.BytesIO(make("chapitre-3", "docx")))
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows[1:]] == [
        list(row) for row in chapter3.as_table(chapter3.read()).rows
    ]
    assert any("en compte sept" in paragraph.text for paragraph in word.paragraphs)


def test_the_pdf_is_accessible_and_titled() -> None:
    with pikepdf.open(io.BytesIO(make("chapitre-3", "pdf"))) as file, file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Chapitre 3 – Implantation des dispositifs étudiés"


def test_a_demonstration_says_so(settings: Any) -> None:
    settings.MAILLAGE_DEMO = True
    assert _json()["mention"] == chapter3.DEMO_MENTION
    assert chapter3.as_document(chapter3.read()).mention == chapter3.DEMO_MENTION
    settings.MAILLAGE_DEMO = False
    assert "mention" not in _json()


def test_the_number_of_queries_does_not_depend_on_the_cities(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):
        chapter3.as_table(chapter3.read())


def test_an_empty_database_is_one_french_sentence() -> None:
    from maillage.directory.models import Service

    Service.objects.update(dans_etude=False)
    with pytest.raises(CommandError, match="L'étude n'est pas dans la base"):
        make("chapitre-3", "json")
