"""`maillage simulate`: the counts of a replay, and one French line for what cannot be tried."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from maillage.cli import main
from maillage.orientations.actions import send_orientation
from maillage.sharing.errors import Withheld
from tests.cast import Cast
from tests.door import YANIS, acteur, prepare

pytestmark = pytest.mark.django_db


def _withheld(cast: Cast) -> None:
    for _ in range(6):
        draft = prepare(cast, replace(YANIS, notice=False))
        with pytest.raises(Withheld):
            send_orientation(orientation=draft, by=acteur(cast.karim), version=0)


def test_counts_come_out_as_json(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _withheld(cast)
    clauses = tmp_path / "clauses.json"
    clauses.write_text('[{"fait": "information_rgpd", "valeur": true, "titre": "Notice"}]', encoding="utf-8")
    given = ["simulate", "--partenariat", "ici", "--clauses", str(clauses), "--lecture", "U-10=rapport"]
    assert main([*given, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    zero = dict.fromkeys(("obligatoire", "permis", "incomplet", "a_trancher", "interdit"), 0)
    assert found["issues"] == {"avant": zero | {"incomplet": 6}, "apres": zero | {"permis": 6}}
    assert [one["nom"] for one in found["contributions"]] == ["Notice", "U-10 : lecture du rapport"]
    assert found["contributions"][1]["seule"] == zero
    assert main([*given]) == 0
    said = capsys.readouterr().out
    assert "6 échanges rejugés." in said
    assert "Seuls les échanges qui ont eu lieu sont rejugés." in said
    assert main(["simulate", "--partenariat", str(cast.ici.pk), "--json"]) == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--partenariat", "absent"], "Pas de partenariat « absent » ; il y a : ailleurs, ici."),
        (["--partenariat", "ici", "--form", "ville"], "La forme « ville » n'existe pas"),
        (["--partenariat", "ici", "--lecture", "U-10"], "--lecture attend U-x=prudente ou U-x=rapport"),
        (["--partenariat", "ici", "--lecture", "U-8=rapport"], "La question « U-8 » n'a pas deux lectures"),
        (["--partenariat", "ici", "--since", "hier"], "« hier » n'est pas un jour écrit AAAA-MM-JJ."),
        (["--partenariat", "ici", "--clauses", "/absent.json"], "Impossible de lire /absent.json"),
        (["--partenariat", "ici", "--since", "2026-02-01", "--until", "2026-01-01"], "finit avant"),
    ],
)
def test_what_cannot_be_tried_is_said_in_one_line(
    cast: Cast, given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", *given]) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
