"""A document given as a file, PDF or DOCX, with the demo's mention: the one place that renders them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from maillage.documents import docx, pdf
from maillage.documents.content import Document, DocumentError
from maillage.web.errors import Refusal

MADE = {
    "docx": (
        docx.render_document,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (pdf.render_document, "application/pdf"),
}
MENTION = "Données inventées"


def mention() -> str:
    """Return what every page of a demonstration's file says, nothing elsewhere."""
    return MENTION if settings.MAILLAGE_DEMO else ""


def file_answer(document: Document, name: str, genre: str) -> HttpResponse:
    """Return the document as `name.genre`. Raises Http404 for another kind, Refusal if it is not made."""
    if genre not in MADE:
        raise Http404
    render_as, kind = MADE[genre]
    try:
        made = render_as(document)
    except DocumentError as error:
        raise Refusal(str(error), status=503) from error
    attached = f'attachment; filename="{name}.{genre}"'
    return HttpResponse(made, content_type=kind, headers={"Content-Disposition": attached})
