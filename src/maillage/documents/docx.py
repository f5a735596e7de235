"""Editable documents for Word and LibreOffice: real styles, real headings, repeated table headers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import vl_convert
from docx import Document as new_document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from maillage.documents.content import Block, Bullets, Chart, Document, Heading, Paragraph, Table

FONT = "Arial"
ACCENT = RGBColor(0x0B, 0x5C, 0x6B)
MARGIN = Cm(1.8)
# Room enough for a signature.
PEN = Pt(42)
HEADER_FILL = "E6EFF1"
FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def render_document(document: Document) -> bytes:
    """Return the DOCX of a document; the same document gives the same text, whoever opens it."""
    word = new_document()
    _set_up(word, document)
    word.add_paragraph(document.title, style="Title")
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    for block in document.blocks:
        _add(word, block)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def _set_up(word: Word, document: Document) -> None:
    """Set the properties, the page, the language and the styles."""
    properties = word.core_properties
    properties.title, properties.author, properties.language = document.title, document.author, "fr-FR"
    properties.keywords = ", ".join(document.keywords)
    properties.comments = ""
    properties.created = properties.modified = FIXED_DATE
    # The template leaves out a percentage that the schema (ECMA-376, 17.15.1.93) requires.
    for zoom in word.settings.element.findall(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    _set_footer(word, document.mention)
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        _set_style(word, name)
    word.styles["Normal"].font.size = Pt(14 if document.large else 10.5)


def _set_footer(word: Word, mention: str) -> None:
    """Write the mention on the left of every page, its number over their count on the right."""
    section = word.sections[0]
    paragraph = section.footer.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    assert section.page_width is not None
    stops.add_tab_stop(Emu(section.page_width - 2 * MARGIN), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.add_run(f"{mention}\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: WordParagraph, instruction: str) -> None:
    """Add a field that the reader's program works out, « 1 » until it does."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _set_style(word: Word, name: str) -> None:
    style = word.styles[name]
    style.font.name = FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    properties.append(language)
    if name != "Normal":
        style.font.italic = False
        style.font.color.rgb = ACCENT


def _add(word: Word, block: Block) -> None:
    match block:
        case Heading(text, level):
            word.add_heading(text, level)
        case Paragraph(text, strong):
            word.add_paragraph().add_run(text).bold = strong or None
        case Bullets(items, numbered):
            for item in items:
                word.add_paragraph(item, style="List Number" if numbered else "List Bullet")
        case Chart(svg, alt, table):
            _add_picture(word, svg, alt)
            _add_table(word, table)
        case Table():
            _add_table(word, block)


def _add_picture(word: Word, svg: str, alt: str) -> None:
    """Place the chart as an image that carries its sentence for screen readers."""
    picture = word.add_picture(io.BytesIO(vl_convert.svg_to_png(svg, scale=2)), width=Cm(10.5))
    described = picture._inline.docPr
    described.set("descr", alt)


def _add_table(word: Word, table: Table) -> None:
    word.add_paragraph(table.caption, style="Caption").paragraph_format.keep_with_next = True
    grid = word.add_table(rows=1, cols=len(table.headers), style="Table Grid")
    grid.autofit = False
    _fill(grid.rows[0], table.headers, table, header=True)
    # Repeated on each page, and announced as headers by screen readers.
    _mark(grid.rows[0], "w:tblHeader")
    for row in table.rows:
        line = grid.add_row()
        _fill(line, row, table, header=False)
        _mark(line, "w:cantSplit")
        if table.to_sign:
            line.height = PEN
    # The headers never stand alone at the foot of a page, nor rows to sign apart.
    together = grid.rows[:-1] if table.to_sign else grid.rows[:1]
    for row in together if table.rows else ():
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _set_widths(word, grid, table)
    word.add_paragraph()


def _fill(row: _Row, texts: Sequence[str], table: Table, *, header: bool) -> None:
    for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text)
        run.font.size = Pt(9)
        run.bold = header or (at == 0 and table.row_headers) or None
        if at in table.numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if header:
            _shade(cell)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), HEADER_FILL)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _set_widths(word: Word, grid: WordTable, table: Table) -> None:
    section = word.sections[0]
    if section.page_width is None or section.left_margin is None:
        return
    usable = section.page_width - 2 * section.left_margin
    widths = list(table.widths) or [1.0] * len(table.headers)
    shares = [Emu(int(usable * width / sum(widths))) for width in widths]
    for column, width in zip(grid.columns, shares, strict=True):
        column.width = width
    for row in grid.rows:
        for cell, width in zip(row.cells, shares, strict=True):
            cell.width = width
