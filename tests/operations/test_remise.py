"""What a city takes when it goes elsewhere: complete, readable by another program, without any key."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from maillage.audit.models import Ligne
from maillage.base.encryption import destroy_key
from maillage.base.enums import Portee
from maillage.base.models import CleDonnees
from maillage.cli import main
from maillage.operations.remise import SECRET_APPS, SECRET_TABLES
from maillage.operations.tables import digests
from tests.cast import build_cast
from tests.door import WITH_RETURN, send

pytestmark = pytest.mark.django_db(transaction=True)
READER = Path(__file__).resolve().parents[2] / "docs/reference/exemples/lire_une_remise.py"


@pytest.fixture
def handed(tmp_path: Path, settings: LazySettings) -> Path:
    """An orientation with its person, one attached file, handed over."""
    settings.MAILLAGE_DATA_DIR = tmp_path / "donnees"
    settings.MEDIA_ROOT = tmp_path / "donnees" / "fichiers"
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "scan.pdf").write_bytes(b"%PDF un fichier")
    send(build_cast(), WITH_RETURN)
    assert main(["handover", str(tmp_path / "ville.remise"), "--dpo", "dpo"]) == 0
    return tmp_path / "ville.remise"


def read(file: Path, base: Path) -> subprocess.CompletedProcess[str]:
    """Read the file as somebody else would: the documented program, without anything of ours."""
    command = [sys.executable, "-I", "-S", str(READER), str(file), str(base)]
    return subprocess.run(command, cwd=base.parent, env={}, check=False, capture_output=True, text=True)


def cell(base: Path, query: str) -> Any:
    with sqlite3.connect(base) as opened:
        return opened.execute(query).fetchone()[0]


@pytest.mark.requirement("S-39")
def test_another_program_reads_every_row(handed: Path, tmp_path: Path) -> None:
    base = tmp_path / "ville.sqlite3"
    done = read(handed, base)
    assert done.returncode == 0, done.stderr
    held = {
        name: digest.lignes
        for name, digest in digests("default").items()
        if name not in SECRET_TABLES and name.partition(".")[0] not in SECRET_APPS
    }
    # The line of the handover itself came after, the first of the platform's chain.
    held |= {name: held[name] - 1 for name in ("audit.Ligne", "audit.Chaine")}
    with sqlite3.connect(base) as opened:
        names = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    assert found.pop("fichiers") == 1
    assert found == held
    assert done.stdout == f"{len(held)} tables, {sum(held.values())} lignes, 1 fichiers\n"
    assert cell(base, "SELECT contenu FROM fichiers WHERE chemin = 'scan.pdf'") == b"%PDF un fichier"
    assert cell(base, 'SELECT appellation_scellee FROM "dossiers.Personne"') == "Yanis"


def test_nothing_in_it_opens_an_installation(handed: Path) -> None:
    records = [json.loads(line) for line in handed.read_bytes().splitlines()]
    described = [one for one in records if isinstance(one, dict) and one["genre"] == "table"]
    assert {one["nom"] for one in described} & {"base.CleDonnees", "mfa.Authenticator"} == set()
    columns = {column["nom"] for one in described for column in one["colonnes"]}
    assert columns & {"password", "jeton", "sceau", "verrou"} == set()
    assert [one["chemin"] for one in records if isinstance(one, dict) and one["genre"] == "fichier"] == [
        "scan.pdf"
    ]
    assert handed.stat().st_mode & 0o777 == 0o600


def test_a_cut_or_changed_file_is_seen_by_the_reader(handed: Path, tmp_path: Path) -> None:
    whole = handed.read_bytes()
    (tmp_path / "coupee").write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    (tmp_path / "changee").write_bytes(whole.replace(b"Yanis", b"Yanos"))
    (tmp_path / "arrachee").write_bytes(whole[: len(whole) // 2])
    for name in ("coupee", "changee", "arrachee"):
        done = read(tmp_path / name, tmp_path / f"{name}.sqlite3")
        assert (done.returncode, done.stderr) == (1, "Cette remise n'est pas entière.\n")
        assert not (tmp_path / f"{name}.sqlite3").exists()


@pytest.mark.requirement("S-19")
def test_an_erased_person_stays_erased(handed: Path, tmp_path: Path) -> None:
    for owner in CleDonnees.objects.filter(portee=Portee.PERSONNE).values_list("proprietaire", flat=True):
        destroy_key(Portee.PERSONNE, owner)
    assert main(["handover", str(tmp_path / "apres.remise"), "--dpo", "dpo"]) == 0
    assert b"Yanis" not in (tmp_path / "apres.remise").read_bytes()


@pytest.mark.requirement("S-21")
def test_it_takes_a_dpo_and_leaves_a_line(handed: Path, tmp_path: Path, capsys: Any) -> None:
    assert Ligne.objects.filter(objet_genre="remise", acte="export").count() == 1
    for identifiant in ("karim", "direction_alm", "personne"):
        assert main(["handover", str(tmp_path / "autre"), "--dpo", identifiant]) == 2
        assert "déléguée à la protection des données" in capsys.readouterr().err
    assert main(["handover", str(handed), "--dpo", "dpo"]) == 2
    assert (tmp_path / "autre").exists() is False
