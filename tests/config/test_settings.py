"""The settings fail loudly, and the database is really as durable as they ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from maillage.base.installation import Installation, InstallationError, mark_demo, read_installation
from maillage.base.keyring import Keyring
from maillage.operations.health import durability_complaints, migration_complaints


def test_data_wins_over_the_database_address(tmp_path: Path) -> None:
    environ = {"MAILLAGE_DATA": str(tmp_path), "DATABASE_URL": "postgresql://x/y", "MAILLAGE_KEYS": "/k"}
    assert read_installation(environ) == Installation(tmp_path, None, Path("/k"), demo=False)


def test_the_database_address_wins_over_the_default(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql://x/y", "MAILLAGE_KEYS": "/k", "MAILLAGE_FILES": str(tmp_path)}
    assert read_installation(environ) == Installation(tmp_path, "postgresql://x/y", Path("/k"), demo=False)


def test_a_demo_keeps_its_keys_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    mark_demo(folder)
    found = read_installation({"MAILLAGE_DATA": str(folder)})
    assert found == Installation(folder, None, tmp_path / "demo.keys", demo=True)
    assert found.secret_key() == ""
    Keyring.generate(found.keys)
    assert len(found.secret_key()) == 64
    assert found.secret_key() == found.secret_key()


@pytest.mark.requirement("S-18")
def test_keys_inside_the_data_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InstallationError, match="hors du dossier des données"):
        read_installation({"MAILLAGE_DATA": str(tmp_path), "MAILLAGE_KEYS": str(tmp_path / "cles")})


def test_an_installation_without_keys_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InstallationError, match="MAILLAGE_KEYS"):
        read_installation({"MAILLAGE_DATA": str(tmp_path)})


def test_an_unreadable_key_file_is_refused(tmp_path: Path) -> None:
    keys = tmp_path / "cles"
    keys.write_text("{}", encoding="ascii")
    with pytest.raises(InstallationError, match="n'est pas lisible"):
        Installation(tmp_path, None, keys, demo=False).secret_key()


@pytest.mark.django_db
def test_nothing_to_complain_about_here() -> None:
    assert migration_complaints() == []
    # The suite's SQLite database lives in memory, where WAL does not exist; the file is tried below.
    expected = [complaint for complaint in durability_complaints() if "journal_mode" not in complaint]
    assert expected == []


def test_a_file_database_keeps_what_it_acknowledges(tmp_path: Path) -> None:
    import sqlite3

    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    opened = sqlite3.connect(tmp_path / "essai.sqlite3")
    opened.executescript(settings.SQLITE_OPTIONS["init_command"])
    asked = {name: opened.execute(f"PRAGMA {name}").fetchone()[0] for name in settings.SQLITE_PRAGMAS}
    opened.close()
    # Django itself turns foreign_keys on at each connection.
    assert asked | {"foreign_keys": 1} == settings.SQLITE_PRAGMAS


@pytest.mark.requirement("S-37")
@pytest.mark.django_db
def test_a_lazier_sqlite_is_refused() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    wanted = dict(settings.SQLITE_PRAGMAS)
    with connection.cursor() as cursor:
        for name, asked in wanted.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if name != "journal_mode":
                assert found == asked
    try:
        settings.SQLITE_PRAGMAS["synchronous"] = 3
        assert "SQLite doit avoir synchronous=3, il a 2 : démarrage refusé." in durability_complaints()
    finally:
        settings.SQLITE_PRAGMAS.update(wanted)
