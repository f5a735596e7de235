"""PDF/UA-1 made by typst: tagged, deterministic, with our own fonts only; a warning is a failure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

import maillage
from maillage.documents.content import (
    Block,
    Bullets,
    Chart,
    Document,
    DocumentError,
    Heading,
    Paragraph,
    Table,
)
from maillage.documents.glyphs import boxed, breakable, refused_characters

PACKAGE = Path(maillage.__file__).resolve().parent
FONTS = PACKAGE / "web" / "static" / "dist" / "fonts"
DOCUMENT_TEMPLATE = PACKAGE / "documents" / "modeles" / "document.typ"


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a typst template that reads `data` from `sys.inputs.data` (JSON).

    Templates live inside the package, so that `/documents/modeles/…` is importable from them; text of
    `data` is placed as text, never read as markup. A character that no font of ours draws is printed
    as a box, so that one emoji does not cost the night its report. Raises DocumentError when the fonts
    are missing or when typst refuses or warns (a missing alternative text is an error).
    """
    if not any(FONTS.glob("*.ttf")):
        raise DocumentError("Les polices manquent : lancez « make install » avant de produire un PDF.")
    refused: frozenset[str] = frozenset()
    while True:
        try:
            return _composed(template, boxed(data, refused) if refused else data)
        except DocumentError as error:
            more = refused_characters(str(error)) - refused
            if not more:
                raise
            refused |= more


def _composed(template: Path, data: Any) -> bytes:
    try:
        made, warnings = typst.compile_with_warnings(
            str(template),
            root=str(PACKAGE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=0,
        )
    except RuntimeError as error:  # TypstError is one; an absent template is another
        raise DocumentError(f"Le document n'a pas pu être composé ({error}).") from error
    if warnings:
        raise DocumentError(f"Le document n'a pas pu être composé ({warnings[0].message}).")
    return made


def render_document(document: Document) -> bytes:
    """Return the PDF of a document; raises DocumentError as `render` does."""
    return render(DOCUMENT_TEMPLATE, document_data(document))


def document_data(document: Document) -> dict[str, Any]:
    """Return the document as the plain data that `modeles/document.typ` reads."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "mention": document.mention,
        "author": document.author,
        "landscape": document.landscape,
        "large": document.large,
        "keywords": list(document.keywords),
        "blocks": [breakable(_block_data(block)) for block in document.blocks],
    }


def _block_data(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, strong):
            return {"kind": "paragraph", "text": text, "strong": strong}
        case Bullets(items, numbered):
            return {"kind": "bullets", "items": list(items), "numbered": numbered}
        case Chart(svg, alt, table):
            return {"kind": "chart", "svg": svg, "alt": alt, "table": _table_data(table)}
        case Table():
            return {"kind": "table", **_table_data(block)}


def _table_data(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "headers": list(table.headers),
        "rows": [list(row) for row in table.rows],
        "widths": list(table.widths) or [1] * len(table.headers),
        "numbers": sorted(table.numbers),
        "row_headers": table.row_headers,
        "to_sign": table.to_sign,
    }
