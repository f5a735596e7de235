"""PDF: tagged for accessibility, with our fonts, always the same bytes, text never read as markup."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from maillage.documents import pdf
from maillage.documents.charts import Bar, bar_chart
from maillage.documents.content import Block, Bullets, Document, DocumentError, Heading, Paragraph, Table

DOCUMENT = Document(
    "Équipes de l'été",
    [
        Heading("Les équipes"),
        Paragraph("Un *texte* « dit » : #panic() $x$"),
        Bullets(["un", "deux"], numbered=True),
        Table("Équipes", ["Ville", "Nombre"], [["Le Teil", "4"]], numbers=frozenset({1})),
        bar_chart([Bar("Le Teil", 4)], caption="Par ville", label="Ville", value="Personnes"),
    ],
    mention="données inventées",
)


def _roles(node: pikepdf.Object, found: list[str]) -> list[str]:
    """List the structure types of a tagged PDF, in reading order."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node.S))
        children = node.get("/K")
        if isinstance(children, pikepdf.Array):
            for child in children:
                _roles(child, found)
        elif children is not None:
            _roles(children, found)
    return found


def test_the_file_is_tagged_titled_in_french_and_declares_pdf_ua() -> None:
    with pikepdf.open(io.BytesIO(pdf.render_document(DOCUMENT))) as file:
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Équipes de l'été"
        assert str(file.Root.Lang) == "fr-FR"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        roles = _roles(file.Root.StructTreeRoot, [])
    assert [roles.count(role) for role in ("/H1", "/Table", "/TH", "/Figure", "/L")] == [1, 2, 4, 1, 1]


def test_only_our_fonts_are_used_and_they_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(pdf.render_document(DOCUMENT))) as file:
        fonts = [obj for obj in file.objects if isinstance(obj, pikepdf.Dictionary) and "/FontName" in obj]
        names = {str(font.FontName).split("+")[1].split("-")[0] for font in fonts}
        assert all("/FontFile2" in font for font in fonts)
    assert names == {"AtkinsonHyperlegibleNext"}


def test_rows_to_sign_leave_the_page_together_with_their_title() -> None:
    filler: list[Block] = [Paragraph("Une ligne.") for _ in range(34)]
    signed = Table("Signatures", ["Nom", "Signature"], [["A", ""], ["B", ""]], to_sign=True)
    made = pdf.render_document(Document("Titre", [*filler, Heading("Signer"), signed]))
    with pikepdf.open(io.BytesIO(made)) as file:
        titles = [one for one in file.open_outline().root if one.title == "Signer"]
        page = titles[0].destination[0]
        assert (len(file.pages), page.objgen == file.pages[1].objgen) == (2, True)


def test_the_same_document_is_the_same_file() -> None:
    assert pdf.render_document(DOCUMENT) == pdf.render_document(DOCUMENT)


def test_a_template_that_fails_says_so_in_french() -> None:
    broken = pdf.PACKAGE / "documents" / "modeles" / "absent.typ"
    with pytest.raises(DocumentError, match="n'a pas pu être composé"):
        pdf.render(broken, {})


def test_a_warning_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "PACKAGE", tmp_path)
    template = tmp_path / "essai.typ"
    template.write_text('#set document(title: [T])\n#set text(font: "Absente", lang: "fr")\n#title()\nTexte')
    with pytest.raises(DocumentError, match="unknown font family"):
        pdf.render(template, {})


def test_without_fonts_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(DocumentError, match="Les polices manquent : lancez « make install »"):
        pdf.render_document(DOCUMENT)


def test_an_uneven_table_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have 2 cells"):
        Table("T", ["a", "b"], [["1"]])
