"""The command as a person runs it: its help, its refusals, an installation from nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.migrated import prepare


def maillage(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `maillage` in a process of its own, with nothing of this one's installation."""
    ours = ("MAILLAGE_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, "-W", "error", "-m", "maillage.cli", *arguments]
    return subprocess.run(command, env=kept | environ, capture_output=True, text=True, check=False)


def outcome(done: subprocess.CompletedProcess[str]) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


def test_every_command_has_a_help() -> None:
    listing = maillage("--help")
    assert listing.returncode == 0
    for name in ("bench", "demo", "init", "serve"):
        assert f"\n    {name} " in listing.stdout
        done = maillage(name, "--help")
        assert (done.returncode, done.stderr) == (0, ""), name


def test_an_unknown_command_is_one_line_and_status_2() -> None:
    done = maillage("danse")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("maillage : « danse » n'existe pas ; il y a : ")
    assert done.stderr.count("\n") == 1


def test_an_unknown_option_and_a_missing_value_are_said_in_french() -> None:
    said = "maillage : argument inconnu : --fort (voir maillage --help)\n"
    assert outcome(maillage("serve", "--fort")) == (2, "", said)
    said = "maillage serve : --port attend une valeur (voir maillage serve --help)\n"
    assert outcome(maillage("serve", "--port")) == (2, "", said)


@pytest.mark.parametrize("port", ["0", "65536", "quatre"])
def test_an_absurd_port_is_refused(port: str) -> None:
    said = f"maillage serve : --port : « {port} » n'est pas un numéro de port (voir maillage serve --help)\n"
    assert outcome(maillage("serve", "--port", port)) == (2, "", said)


def test_nothing_is_served_where_nothing_is_installed(tmp_path: Path) -> None:
    said = (
        f"maillage : Aucune installation dans {tmp_path} : lancez « maillage demo », "
        "ou indiquez le fichier des clés dans MAILLAGE_KEYS.\n"
    )
    assert outcome(maillage("serve", "--data", str(tmp_path))) == (2, "", said)


def test_a_database_that_is_not_up_to_date_is_not_served(tmp_path: Path) -> None:
    data, keys = tmp_path / "donnees", tmp_path / "cles"
    data.mkdir()
    said = "maillage : La base n'est pas à jour de cette version : lancez « maillage init ».\n"
    assert outcome(maillage("serve", "--data", str(data), MAILLAGE_KEYS=str(keys))) == (2, "", said)


def test_init_makes_an_installation_and_touches_nothing_the_second_time(tmp_path: Path) -> None:
    data, keys = tmp_path / "donnees", tmp_path / "cles"
    first = maillage("init", "--data", str(data), MAILLAGE_KEYS=str(keys))
    assert (first.returncode, first.stderr) == (0, "")
    assert sorted(path.name for path in data.iterdir() if "-" not in path.name) == ["maillage.sqlite3"]
    assert keys.stat().st_mode & 0o777 == 0o600
    written = keys.read_bytes()
    assert maillage("init", "--data", str(data), MAILLAGE_KEYS=str(keys)).returncode == 0
    assert keys.read_bytes() == written


def test_several_processes_are_refused_on_sqlite(tmp_path: Path) -> None:
    data, keys = str(tmp_path / "donnees"), str(tmp_path / "cles")
    prepare(Path(data))
    assert maillage("init", "--data", data, MAILLAGE_KEYS=keys).returncode == 0
    said = "maillage : SQLite se sert avec un seul processus ; utilisez DATABASE_URL pour plusieurs.\n"
    assert outcome(maillage("serve", "--data", data, "--processes", "2", MAILLAGE_KEYS=keys)) == (2, "", said)


def test_an_address_that_is_not_postgresql_is_refused(tmp_path: Path) -> None:
    done = maillage("serve", DATABASE_URL="mysql://a/b", MAILLAGE_KEYS=str(tmp_path / "cles"))
    assert outcome(done) == (
        2,
        "",
        "maillage : DATABASE_URL doit désigner une base PostgreSQL (postgresql://…). "
        "Exemple : DATABASE_URL=postgresql://maillage:motdepasse@localhost:5432/maillage\n",
    )


def test_a_ledger_without_its_triggers_is_not_served(tmp_path: Path) -> None:
    data, keys = tmp_path / "donnees", str(tmp_path / "cles")
    prepare(data)
    assert maillage("init", "--data", str(data), MAILLAGE_KEYS=keys).returncode == 0
    opened = sqlite3.connect(data / "maillage.sqlite3")
    names = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    assert names != []
    for name in names:
        opened.execute(f'DROP TRIGGER "{name}"')
    opened.commit()
    opened.close()
    done = maillage("serve", "--data", str(data), MAILLAGE_KEYS=keys)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("maillage : Le journal n'est plus protégé : ")
