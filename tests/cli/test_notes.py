"""Notes through the command line: whose they are must be said, and in which form they leave."""

from __future__ import annotations

import importlib

import pytest

from maillage.cli import CommandError
from maillage.cli.export import make_notes
from maillage.cli.import_ import KINDS
from maillage.main_courante.exports import HEADERS
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_notes_are_a_kind_of_import() -> None:
    assert callable(importlib.import_module(KINDS["notes"]).run)


def test_a_service_without_notes_leaves_as_a_header(cast: Cast) -> None:
    assert make_notes("alm", form="csv", since=None, until=None).decode("utf-8-sig") == (
        ";".join(HEADERS) + "\r\n"
    )


@pytest.mark.parametrize(
    ("code", "form", "sentence"),
    [
        (None, "csv", "Les notes sont à une équipe : dites laquelle avec --service."),
        ("inconnue", "csv", "Aucune équipe n'a le code « inconnue »."),
        ("alm", "pdf", "Choisissez un fichier en .csv, .xlsx, .geojson."),
        ("alm", "", "Choisissez un fichier en .csv, .xlsx, .geojson."),
    ],
)
def test_what_cannot_leave_is_said(cast: Cast, code: str | None, form: str, sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        make_notes(code, form=form, since=None, until=None)
    assert str(refused.value) == sentence
