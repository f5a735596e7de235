"""`maillage ledger`: exported from an installation, verified without it."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.audit.signing import public_key
from maillage.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    with atomic():
        record(chaine=PLATEFORME, acte=Acte.COMPTE, acteur=None)
        record(chaine=PLATEFORME, acte=Acte.EXPORT, acteur=None)
    file = tmp_path / "journal.jsonl"
    said = StringIO()
    with redirect_stdout(said):
        assert main(["ledger", "export", str(file)]) == 0
    assert said.getvalue() == f"Journal écrit dans {file}. Clé publique : {public_key()}\n"
    assert list(tmp_path.iterdir()) == [file]
    return file


def test_what_was_exported_holds(exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "cle.pub"
    assert main(["ledger", "key"]) == 0
    key.write_text(capsys.readouterr().out, encoding="ascii")
    for given in (public_key(), str(key)):
        assert main(["ledger", "verify", str(exported), "--key", given, "--against", str(exported)]) == 0
        assert capsys.readouterr().out == "Le journal tient : 2 lignes, 1 chaînes, 1 têtes signées.\n"


def test_tampering_is_status_1_and_the_first_bad_line(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported.write_bytes(exported.read_bytes().replace(b'"acte":"export"', b'"acte":"compte"'))
    assert main(["ledger", "verify", str(exported), "--key", public_key()]) == 1
    assert capsys.readouterr().err == "Le journal ne tient pas : ligne 3 : son contenu a changé.\n"


def test_an_earlier_export_that_does_not_hold_is_said(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "avant.jsonl"
    earlier.write_bytes(b"".join(exported.read_bytes().splitlines(keepends=True)[:2]))
    command = ["ledger", "verify", str(exported), "--key", public_key(), "--against", str(earlier)]
    assert main(command) == 1
    assert capsys.readouterr().err.startswith("L'export plus ancien ne tient pas : ligne 3")


def test_heads_are_signed_and_printed(exported: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["ledger", "sign"]) == 0
    head = capsysbinary.readouterr().out
    assert head in exported.read_bytes()


def test_the_standard_output_is_the_ledger_alone(
    exported: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["ledger", "export"]) == 0
    lines = capsysbinary.readouterr().out.splitlines()
    assert lines[1:-1] == exported.read_bytes().splitlines()[1:-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verify", "absent.jsonl", "--key", "00" * 32], "Impossible de lire absent.jsonl"),
        (["verify", "absent.jsonl", "--key", "abc"], "--key attend une clé publique"),
        (["export", "/nulle/part/journal"], "Impossible d'écrire /nulle/part/journal"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"maillage : {said}")
    assert error.count("\n") == 1
