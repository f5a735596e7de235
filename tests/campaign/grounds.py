"""Where empty installations come from, on either database, for the programs of this folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from maillage.base.keyring import Keyring
from tests.installed import OURS, ROOT
from tests.migrated import migrate

MODEL = "modele"


@dataclass
class Ground:
    """Makes installations that share one key file; `url`: a PostgreSQL cluster, none for SQLite."""

    folder: Path
    url: str = ""
    made: list[str] = field(default_factory=list)

    def fresh(self, name: str) -> dict[str, str]:
        """Make an empty, migrated installation; return the environment of its processes."""
        data = self.folder / name
        data.mkdir(parents=True)
        around = environment(self.folder, {"MAILLAGE_DATA": str(data)})
        if not self.url:
            migrate(data, around)
            return around
        if not self._execute(f"SELECT 1 FROM pg_database WHERE datname = '{MODEL}'"):
            self._execute(f'CREATE DATABASE "{MODEL}"')
            model = environment(self.folder, {"DATABASE_URL": self._address(MODEL)})
            subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=model, check=True)
        # Several tests may share the cluster, and one empty model.
        base = f"{name}-{self.folder.name}"
        self._execute(f'CREATE DATABASE "{base}" TEMPLATE "{MODEL}"')
        self.made.append(base)
        return environment(self.folder, {"DATABASE_URL": self._address(base), "MAILLAGE_FILES": str(data)})

    def drop(self, name: str) -> None:
        """Throw a PostgreSQL database away; its folder stays."""
        base = f"{name}-{self.folder.name}"
        if base in self.made:
            self._execute(f'DROP DATABASE "{base}" WITH (FORCE)')
            self.made.remove(base)

    def _address(self, base: str) -> str:
        return urlsplit(self.url)._replace(path=f"/{base}").geturl()

    def _execute(self, statement: str) -> list[Any]:
        with psycopg.connect(self.url, autocommit=True) as opened:
            cursor = opened.execute(statement)  # type: ignore[call-overload]
            return list(cursor.fetchall()) if cursor.description else []


def environment(folder: Path, named: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of an installation whose keys are in this folder, and nothing of another."""
    keys = folder / "cles.json"
    if not keys.exists():
        Keyring.generate(keys)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {
        **kept,
        "MAILLAGE_KEYS": str(keys),
        "MAILLAGE_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        **named,
    }


def program(around: Mapping[str, str], name: str, *given: str) -> Any:
    """Run a program of this folder in an installation; return the JSON of its last line."""
    command = [sys.executable, "-m", f"tests.campaign.{name}", *given]
    done = subprocess.run(command, env=dict(around), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def cluster() -> Iterator[str]:
    """Give the address of a PostgreSQL cluster thrown away after; skips where no server is installed."""
    command = [str(ROOT / "tools/pg"), "sh", "-c", 'echo "$DATABASE_URL"; exec cat']
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        url = running.stdout.readline().strip()
        if not url:
            pytest.skip("no PostgreSQL server here")
        try:
            yield url
        finally:
            running.stdin.close()


def this_run(folder: Path) -> Ground:
    """Return a ground on the database that this run of the tests is for."""
    return Ground(folder, os.environ.get("DATABASE_URL", ""))
