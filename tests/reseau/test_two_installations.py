"""Two real installations, two processes, no common database: a card, a bundle, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from maillage.base.keyring import Keyring
from tests.migrated import migrate

CITY = """
import django
django.setup()
from datetime import date
from maillage.conventions.models import Partenariat, FormePartenariat
row = Partenariat.objects.create(code="villeneuve", nom="Villeneuve")
FormePartenariat.objects.create(partenariat=row, forme="convention", preuve="x", debut=date(2020, 1, 1))
"""
READ = """
import django
django.setup()
from maillage.reseau.queries import edition, editions
print([(one.nom, one.forme_dite) for year in editions() for one in edition(year)])
"""


class Installation:
    """One folder, one database, its own keys."""

    def __init__(self, folder: Path, database: str = "") -> None:
        """Create and migrate it."""
        self.folder = folder
        folder.mkdir()
        Keyring.generate(Path(f"{folder}.keys"))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MAILLAGE_")}
        kept.pop("DATABASE_URL", None)
        place = {"DATABASE_URL": database, "MAILLAGE_FILES": str(folder)} if database else {}
        self.environ = kept | {
            **(place or {"MAILLAGE_DATA": str(folder)}),
            "MAILLAGE_KEYS": f"{folder}.keys",
            "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
        }
        if database:
            self.python(["-m", "django", "migrate", "-v0"])
        else:
            migrate(folder, self.environ)

    def python(self, arguments: Sequence[str]) -> str:
        """Run Python here; it must succeed."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=self.environ, check=True, capture_output=True, text=True)
        return done.stdout

    def maillage(self, *arguments: str | Path) -> tuple[int, str]:
        """Run the real command; return its exit status and what it said on error."""
        command = [sys.executable, "-m", "maillage.cli", *map(str, arguments)]
        done = subprocess.run(command, env=self.environ, check=False, capture_output=True, text=True)
        return done.returncode, done.stderr.strip()


@pytest.fixture
def second_database() -> Iterator[str]:
    """Give an empty PostgreSQL database when the suite runs on one, so that the two differ."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"reseau_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        opened.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.own_database
def test_a_bundle_travels_between_two_installations(tmp_path: Path, second_database: str) -> None:
    city = Installation(tmp_path / "ville")
    network = Installation(tmp_path / "reseau", second_database)
    city.python(["-c", CITY])
    card, lot = tmp_path / "carte.json", tmp_path / "lot.json"
    assert city.maillage("export", "key", card) == (0, "")
    assert city.maillage("export", "bundle", lot, "--partenariat", "villeneuve", "--year", "2025") == (0, "")

    unknown = "maillage : La clé de « Villeneuve » n'est pas connue ici : demandez sa carte à la ville."
    assert network.maillage("import", "bundle", lot) == (2, unknown)
    assert network.maillage("import", "key", card) == (0, "")
    assert network.maillage("import", "bundle", lot) == (0, "")
    assert network.python(["-c", READ]) == "[('Villeneuve', 'Conventionné')]\n"

    assert network.maillage("import", "bundle", lot) == (2, "maillage : Ce lot a déjà été reçu.")
    written = json.loads(lot.read_text(encoding="utf-8"))
    written["lot"]["reunions"] += 1
    lot.write_text(json.dumps(written), encoding="utf-8")
    tampered = "maillage : La signature ne tient pas : ce fichier a été changé en route."
    assert network.maillage("import", "bundle", lot) == (2, tampered)
