"""A refusal of the machine is said in French."""

import errno
from pathlib import Path

import pytest

from maillage.base.oserrors import reason
from maillage.cli import main


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOENT, "ce fichier n'existe pas"), (errno.ENOSPC, "le disque est plein"), (errno.EXDEV, "…")],
)
def test_what_is_known_is_said_in_french_and_the_rest_as_it_came(number: int, said: str) -> None:
    assert reason(OSError(number, "…")) == said


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = tmp_path / "absent.jsonl"
    assert main(["decide", str(absent)]) == 2
    assert capsys.readouterr().err == f"maillage : {absent} ne peut pas être lu : ce fichier n'existe pas.\n"
