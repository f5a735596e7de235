"""Files that come in: held in memory, never written in clear on the disk; and how a kept one goes out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse

from maillage.documents.attachments import (
    EXTENSIONS,
    LARGEST,
    Attachment,
    AttachmentRefused,
    Genre,
    cleaned,
)


class MemoryOnly(MemoryFileUploadHandler):
    """Keeps every file of a request in memory; refuses a request too large before reading it."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Say what Django asks first. Raises RequestDataTooBig, which is answered 413."""
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("files")
        self.activated = True


class AttachmentField(forms.FileField):
    """A file to attach; its cleaned value is an `Attachment`, or None when it is not required."""

    def __init__(self, *, accepted: Collection[Genre], **kwargs: Any) -> None:
        """Accept these kinds only (`documents.attachments.PHOTO`, `SCAN`)."""
        words = {"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."}
        kwargs.setdefault("error_messages", words)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(sorted(accepted))}))
        super().__init__(**kwargs)
        self.accepted = accepted

    def clean(self, data: Any, initial: Any = None) -> Attachment | None:
        """Return what may be kept of the file."""
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return cleaned(file.read(LARGEST + 1), self.accepted)
        except AttachmentRefused as error:
            raise ValidationError(str(error)) from error


def attachment_answer(kept: Attachment, name: str, *, save: bool = False) -> HttpResponse:
    """Give a kept file back: a picture to show in a page unless `save`, a PDF only ever to save.

    `name` has no extension. Alone in a tab the answer runs nothing, whatever it holds.
    """
    shown = "attachment" if save or kept.genre == Genre.PDF else "inline"
    return HttpResponse(
        kept.content,
        content_type=kept.genre.value,
        headers={
            "Content-Disposition": f'{shown}; filename="{name}.{EXTENSIONS[kept.genre]}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
