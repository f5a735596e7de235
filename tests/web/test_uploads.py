"""Files coming in and going out: in memory only, of the kinds asked, and inert."""

from __future__ import annotations

import io
import tempfile

import pytest
from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from PIL import Image

from maillage.config import urls as root
from maillage.documents.attachments import PHOTO, SCAN, Attachment, Genre
from maillage.web import areas
from maillage.web.rules import public
from maillage.web.uploads import AttachmentField, attachment_answer


class OneFile(forms.Form):
    """A form with one file."""

    fichier = AttachmentField(accepted=PHOTO)
    scan = AttachmentField(accepted=SCAN, required=False)


def receive(request: HttpRequest) -> HttpResponse:
    """Say what class of file came, and its size."""
    file = request.FILES["fichier"]
    return HttpResponse(f"{type(file).__name__} {file.size}")


def give(request: HttpRequest) -> HttpResponse:
    """Give back a kept file."""
    return attachment_answer(Attachment(b"%PDF-", Genre.PDF), "convention")


urlpatterns = [
    *root.urlpatterns,
    path("essai/recevoir/", receive, name="recevoir"),
    path("essai/rendre/", give, name="rendre"),
]


handler400 = root.handler400


@pytest.fixture(autouse=True)
def _trial_addresses(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """Add the views of this file, each public."""
    table = areas.rule_table() | {"recevoir": public("POST"), "rendre": public("GET")}
    monkeypatch.setattr("maillage.web.middleware.rule_table", lambda: table)
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]


def jpeg() -> bytes:
    """Return a small picture."""
    kept = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(kept, "JPEG")
    return kept.getvalue()


@pytest.mark.requirement("S-34")
def test_a_file_stays_in_memory_and_never_touches_the_disk(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_disk(*args: object, **kwargs: object) -> None:
        raise AssertionError("written on the disk in clear")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_disk)
    file = SimpleUploadedFile("photo.jpg", bytes(5_000_000))
    answer = client.post("/essai/recevoir/", {"fichier": file})
    assert answer.content.decode() == f"{InMemoryUploadedFile.__name__} 5000000"


@pytest.mark.requirement("S-34")
def test_a_file_too_large_is_refused_before_being_read(client: Client) -> None:
    answer = client.post("/essai/recevoir/", {"fichier": SimpleUploadedFile("film.jpg", bytes(13_000_000))})
    assert (answer.status_code, "L&#x27;envoi est trop volumineux" in answer.content.decode()) == (413, True)


def test_the_field_gives_what_may_be_kept_whatever_the_file_is_called() -> None:
    form = OneFile({}, {"fichier": SimpleUploadedFile("notes.txt", jpeg())})
    assert form.is_valid()
    assert (form.cleaned_data["fichier"].genre, form.cleaned_data["scan"]) == (Genre.JPEG, None)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, "Choisissez un fichier."),
        (b"", "Ce fichier est vide."),
        (b"%PDF-", "Ce fichier n'est pas d'un genre accepté ici : JPEG, PNG, WebP."),
    ],
)
def test_the_field_says_in_one_sentence_what_it_refuses(raw: bytes | None, said: str) -> None:
    form = OneFile({}, {} if raw is None else {"fichier": SimpleUploadedFile("a.jpg", raw)})
    assert form.errors == {"fichier": [said]}


@pytest.mark.requirement("S-35")
def test_a_kept_file_runs_nothing_where_it_is_opened(client: Client) -> None:
    answer = client.get("/essai/rendre/")
    names = ["Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options"]
    assert [answer.headers[name] for name in names] == [
        "application/pdf",
        'attachment; filename="convention.pdf"',
        "default-src 'none'; sandbox",
        "nosniff",
    ]
