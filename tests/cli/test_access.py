"""`maillage access`: one command answers, masks, and says what a human has still to decide."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from maillage.audit.models import Ligne
from maillage.cli import main
from maillage.sharing import persons
from tests.cast import Cast
from tests.door import acteur


@pytest.fixture
def support(cast: Cast) -> UUID:
    """Someone whom Le Relais supports."""
    return persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Canari", tranche_age="15_17", origine="famille", besoin="Un stage"
    ).accompagnement


def test_it_writes_the_answer_and_counts_what_waits(
    cast: Cast, support: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, paper = tmp_path / "reponse.json", tmp_path / "reponse.pdf"
    assert main(["access", str(support), str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Réponse écrite : {file}",
        "À trancher par le délégué à la protection des données : 1",
    ]
    given = json.loads(file.read_text())
    assert ("Canari" in file.read_text(), "stage" in file.read_text()) == (True, False)
    assert main(["access", given["demande"], str(paper)]) == 0
    assert paper.read_bytes()[:4] == b"%PDF"
    acts = Ligne.objects.filter(chaine=cast.relais.pk, objet_genre="demande_acces").order_by("rang")
    assert list(acts.values_list("acte", flat=True)) == [
        "creation", "lecture", "export", "lecture", "export",
    ]  # fmt: skip


def test_bad_input_is_one_clear_line(
    cast: Cast, support: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, said in (
        ([str(uuid4()), str(tmp_path / "a.json")], "n'existe pas"),
        ([str(support), str(tmp_path / "a.txt")], ".pdf ou par .json"),
        ([str(support), str(tmp_path / "absent" / "a.json")], "ne s'écrit pas"),
    ):
        assert main(["access", *arguments]) == 2
        assert said in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["access", "pas-un-numero", "a.json"])
