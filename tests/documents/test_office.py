"""DOCX, XLSX and CSV: what is written is read back, and no cell ever runs."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from maillage.documents import docx
from maillage.documents.charts import Bar, bar_chart
from maillage.documents.content import Bullets, Document, Heading, Paragraph, Table
from maillage.documents.spreadsheet import csv_bytes, defuse, table_csv, undefuse, xlsx_bytes

TABLE = Table("Équipes", ["Ville", "Nombre"], [["Le Teil", "4"], ["Lorient", "7"]])


def test_a_docx_carries_titles_lists_tables_language_and_mention() -> None:
    chart = bar_chart([Bar("Lorient", 7)], caption="Par ville", label="Ville", value="Personnes")
    made = docx.render_document(
        Document(
            "Titre",
            [Heading("Section"), Paragraph("Texte", strong=True), Bullets(["un", "deux"]), TABLE, chart],
            subtitle="Sous-titre",
            mention="données inventées",
            landscape=True,
        )
    )
    word = open_word(io.BytesIO(made))
    said = [(one.style.name if one.style else "", one.text) for one in word.paragraphs if one.text]
    assert said == [
        ("Title", "Titre"),
        ("Subtitle", "Sous-titre"),
        ("Heading 1", "Section"),
        ("Normal", "Texte"),
        ("List Bullet", "un"),
        ("List Bullet", "deux"),
        ("Caption", "Équipes"),
        ("Caption", "Par ville"),
    ]
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert cells == [["Ville", "Nombre"], ["Le Teil", "4"], ["Lorient", "7"]]
    assert word.core_properties.language == "fr-FR"
    foot = word.sections[0].footer.paragraphs[0]
    assert foot.text.startswith("données inventées\t")
    assert [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert word.inline_shapes[0]._inline.docPr.get("descr") == "Par ville. Lorient : 7."


# The order that the schema gives to what a run, then a cell, says of itself (ECMA-376, 17.3.2 and 17.4.66).
RUN = "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs u vertAlign lang"
CELL = "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign"


def test_every_part_is_well_formed_and_in_the_order_of_the_schema() -> None:
    chart = bar_chart([Bar("Lorient", 7)], caption="Par ville", label="Ville", value="Personnes")
    made = docx.render_document(Document("Titre", [Heading("Section"), TABLE, chart], mention="inventé"))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        names = [name for name in packed.namelist() if name.endswith((".xml", ".rels"))]
        parts = {name: etree.fromstring(packed.read(name)) for name in names}
    assert {"[Content_Types].xml", "word/document.xml", "word/styles.xml", "word/settings.xml"} <= set(parts)
    zoom = parts["word/settings.xml"].find(qn("w:zoom"))
    assert zoom is not None
    assert zoom.get(qn("w:percent")) == "100"
    for holder, order in (("w:rPr", RUN.split()), ("w:tcPr", CELL.split())):
        rows = [
            [etree.QName(one).localname for one in row]
            for root in parts.values()
            for row in root.iter(qn(holder))
        ]
        known = [[name for name in row if name in order] for row in rows]
        assert known
        assert [row for row in known if row != sorted(set(row), key=order.index)] == []


def test_rows_to_sign_have_room_and_stay_together() -> None:
    table = Table("Signatures", ["Nom", "Signature"], [["A", ""], ["B", ""]], to_sign=True)
    grid = open_word(io.BytesIO(docx.render_document(Document("Titre", [table, TABLE])))).tables
    heights = [[row.height for row in one.rows] for one in grid]
    assert heights == [[None, Pt(42), Pt(42)], [None, None, None]]
    kept = [
        [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in one.rows] for one in grid
    ]
    assert kept == [[True, True, False], [True, False, False]]


def test_a_csv_is_the_french_way() -> None:
    made = csv_bytes(["Ville", "Part"], [["Le Teil; nord", Decimal("12.5")], ["L'Est", None]])
    assert made == '\ufeffVille;Part\r\n"Le Teil; nord";12,5\r\nL\'Est;\r\n'.encode()


@pytest.mark.requirement("S-33")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_formula_is_text_in_every_file(start: str) -> None:
    cell = f"{start}cmd|' /C calc'!A0"
    assert defuse(cell) == f"'{cell}"
    rows = list(csv.reader(io.StringIO(csv_bytes(["a"], [[cell]]).decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == [f"'{cell}"]
    sheet = load_workbook(io.BytesIO(xlsx_bytes([("Feuille", ["a"], [[cell]])])))["Feuille"]
    assert (sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("s", True)


def test_numbers_stay_numbers_in_a_workbook() -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes([("Chiffres", ["n", "m"], [[-2.5, 3]])])))
    assert [cell.value for cell in book["Chiffres"][2]] == [-2.5, 3]


def test_a_table_has_its_csv() -> None:
    assert table_csv(TABLE).decode("utf-8-sig") == "Ville;Nombre\r\nLe Teil;4\r\nLorient;7\r\n"


@given(st.text())
def test_a_defused_text_comes_back(text: str) -> None:
    if not text.startswith("'"):
        assert undefuse(defuse(text)) == text


def test_stacked_bars_say_every_figure() -> None:
    bars = [Bar("Lorient", 4, "Prévention"), Bar("Lorient", 7, "Médiation")]
    chart = bar_chart(bars, caption="Équipes", label="Ville", value="Personnes", series="Métier")
    assert chart.alt == "Équipes. Lorient (Prévention) : 4 ; Lorient (Médiation) : 7."
    assert chart.table.headers == ["Ville", "Métier", "Personnes"]
    assert chart.table.rows == [["Lorient", "Prévention", "4"], ["Lorient", "Médiation", "7"]]
    assert chart.svg.startswith("<svg")
