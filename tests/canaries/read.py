"""The words inside what an account receives: page, JSON, CSV, calendar, office file or PDF."""

from __future__ import annotations

import io
import zipfile

import pypdf
from django.http import HttpResponse

from tests.canaries.plant import WORD


def words_of(answer: HttpResponse) -> set[str]:
    """Return every planted word of an answer: status line, headers, cookies, body unfolded."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    around = " ".join(f"{name} {value}" for name, value in answer.headers.items()) + str(answer.cookies)
    return set(WORD.findall(around + text_of(bytes(body))))


def text_of(body: bytes) -> str:
    """Return the text of a file by what it is, not by what it says it is."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as opened:
            return " ".join(opened.read(name).decode(errors="replace") for name in opened.namelist())
    if body.startswith(b"%PDF"):
        return _pdf(body)
    # A long line of a calendar is folded: a word could be cut in two.
    return body.decode(errors="replace").replace("\r\n ", "")


def _pdf(body: bytes) -> str:
    opened = pypdf.PdfReader(io.BytesIO(body))
    said = " ".join(str(value) for value in (opened.metadata or {}).values())
    return said + " ".join(page.extract_text() for page in opened.pages).replace("-\n", "")
