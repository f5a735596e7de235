"""Documents given to keep: one Document, as DOCX or PDF, under a name of our own."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse

from maillage.documents import docx, pdf
from maillage.documents.content import Document, DocumentError
from maillage.web.errors import Refusal

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
MENTION: Final = "Données inventées"
SORTES: Final = {"docx": (docx.render_document, DOCX), "pdf": (pdf.render_document, PDF)}


def document_file(document: Document, sorte: str, name: str) -> HttpResponse:
    """Give the document as `name.sorte`; `name` is made of our own keys, never of what someone typed.

    Raises Http404 for another `sorte`, Refusal (503) when the renderer cannot.
    """
    if sorte not in SORTES:
        raise Http404
    render, kind = SORTES[sorte]
    try:
        made = render(document)
    except DocumentError as error:
        raise Refusal(str(error), status=503) from error
    return HttpResponse(
        made, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{sorte}"'}
    )
