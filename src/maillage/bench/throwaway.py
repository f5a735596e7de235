"""A throw-away installation for a measurement: keys of its own, migrated, empty, gone at the end.

SQLite on the disk; or, for what must hold on both, a PostgreSQL database beside the one of DATABASE_URL.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit


def throwaway(folder: Path) -> dict[str, str]:
    """Make an empty installation in a folder; return the environment of the processes that use it."""
    from maillage.base.installation import mark_demo
    from maillage.base.keyring import Keyring

    data = folder / "donnees"
    mark_demo(data)
    Keyring.generate(Path(f"{data}.keys"))
    dropped = {"DATABASE_URL", "MAILLAGE_KEYS", "MAILLAGE_HTTPS", "MAILLAGE_CLOCK"}
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    env |= {"MAILLAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "maillage.config.settings"}
    _migrate(env)
    return env


@contextmanager
def on_either_database() -> Iterator[dict[str, str]]:
    """Make an empty installation on PostgreSQL when DATABASE_URL is set, on SQLite otherwise; then drop it.

    Yields the environment of the processes that use it.
    """
    with tempfile.TemporaryDirectory(prefix="maillage-mesure-") as folder:
        url = os.environ.get("DATABASE_URL")
        if not url:
            yield throwaway(Path(folder))
            return
        from maillage.base.keyring import Keyring

        name = f"mesure_{secrets.token_hex(6)}"
        Keyring.generate(Path(folder) / "keys")
        env = {name: value for name, value in os.environ.items() if name not in {"MAILLAGE_DATA"}}
        env |= {
            "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}")),
            "MAILLAGE_KEYS": str(Path(folder) / "keys"),
            "MAILLAGE_FILES": str(Path(folder) / "fichiers"),
            "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
        }
        tell(url, f"CREATE DATABASE {name}")
        try:
            _migrate(env)
            yield env
        finally:
            tell(url, f"DROP DATABASE {name} WITH (FORCE)")


def tell(url: str, order: str) -> None:
    """Give one order to a PostgreSQL server, outside any transaction."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as opened:
        opened.execute(order.encode())


def _migrate(env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, check=True)


def run_there(program: str, env: dict[str, str]) -> dict[str, Any]:
    """Run a line of Python whose settings are that installation's; return the JSON object it prints last."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
