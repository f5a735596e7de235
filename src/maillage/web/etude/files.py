"""Files given by the study's pages."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to save; `name` is made of our own keys, never of what a visitor typed."""
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
