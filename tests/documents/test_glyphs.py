"""Any text prints: what our fonts do not draw becomes a box, everything else stays."""

from pathlib import Path

import pytest

from maillage.documents import pdf
from maillage.documents.content import Document, DocumentError, Paragraph
from maillage.documents.glyphs import BOX, boxed, breakable, refused_characters
from maillage.documents.pdf import DOCUMENT_TEMPLATE, render, render_document

HOSTILE = ["Bonjour 😀 👩‍👩‍👧", "\u202eabc", "مرحبا", "\x00x", "\ufffe", "中文字符测试", "\ue000", "\\ \"'`"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_makes_a_paper(text: str) -> None:
    document = Document(title="Nuit", subtitle="", mention="", blocks=(Paragraph(text),))
    assert render_document(document).startswith(b"%PDF")


def test_many_unknown_characters_cost_few_compositions(monkeypatch: pytest.MonkeyPatch) -> None:
    composed = pdf._composed
    calls: list[object] = []

    def counted(template: Path, data: object) -> bytes:
        calls.append(data)
        return composed(template, data)

    monkeypatch.setattr(pdf, "_composed", counted)
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 2000))
    render_document(Document(title="T", subtitle="", mention="", blocks=(Paragraph(text),)))
    assert len(calls) <= 2000 // 256 + 2


def test_the_message_names_the_character() -> None:
    message = 'PDF/UA-1 error: the text `"\\u{0}"` could not be displayed with font `"X"`'
    assert refused_characters(message) == {"\x00"}
    assert refused_characters("another error") == frozenset()


def test_only_what_is_refused_is_boxed() -> None:
    data = {"titre": "Été 😀", "lignes": [["a😀", 3, None]]}
    assert boxed(data, frozenset("😀")) == {"titre": f"Été {BOX}", "lignes": [[f"a{BOX}", 3, None]]}


def test_a_long_word_may_break_and_an_hour_may_not() -> None:
    space, hour = "\N{ZERO WIDTH SPACE}", "0–5\N{NO-BREAK SPACE}h"
    data = {"rows": [["x" * 60, "Nuit profonde, 0–5 h", 3]], "svg": "M" + "1" * 60}
    said = {
        "rows": [[f"{'x' * 28}{space}{'x' * 28}{space}xxxx", f"Nuit profonde, {hour}", 3]],
        "svg": data["svg"],
    }
    assert breakable(data) == said
    assert breakable("x" * 28) == "x" * 28


def test_another_failure_is_still_said() -> None:
    with pytest.raises(DocumentError):
        render(DOCUMENT_TEMPLATE.with_name("absent.typ"), {})
