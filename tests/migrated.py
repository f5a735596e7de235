"""The tests' databases, migrated once per set of migrations and copied after that.

Migrating takes longer than most rooms' tests; the result depends on the migrations alone (triggers are
laid again after every migration), so it is kept in the user's cache under their digest.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import django

SOURCES = Path(__file__).resolve().parents[1] / "src/maillage"


def kept_copy() -> Path:
    """Return where the database migrated by the present migrations is kept, whether it is there or not."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted(SOURCES.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "maillage-essai" / f"{digest.hexdigest()[:24]}.sqlite3"


def lay(kept: Path, target: Path) -> bool:
    """Copy the kept database to `target`; say whether there was one."""
    if not kept.is_file():
        return False
    shutil.copyfile(kept, target)
    return True


def keep(source: Path, kept: Path) -> None:
    """Keep a copy of a freshly migrated database, whole or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(source) as opened:
        opened.execute("VACUUM INTO ?", (str(partial),))
    opened.close()
    partial.replace(kept)


def prepare(data: Path) -> None:
    """Make the folder of an installation; when one is kept, `maillage init` finds its database up to date."""
    data.mkdir(parents=True)
    lay(kept_copy(), data / "maillage.sqlite3")


def migrate(data: Path, environment: Mapping[str, str]) -> None:
    """Make the database of the installation in `data`: copied when one is kept, migrated and kept if not."""
    kept, made = kept_copy(), data / "maillage.sqlite3"
    if lay(kept, made):
        return
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    keep(made, kept)


def migrate_postgresql(url: str, tools: Path, environment: Mapping[str, str]) -> None:
    """Make the tables of an empty PostgreSQL database: read back when kept, migrated and kept if not.

    `tools`: the folder of that server's own programs. The role must pass the policies to copy them.
    """
    kept = kept_copy().with_suffix(f".{tools.parent.name}.sql")
    if kept.is_file():
        order = [str(tools / "psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", str(kept), url]
        subprocess.run(order, check=True, stdout=subprocess.DEVNULL)
        return
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    partial = kept.with_suffix(f".{os.getpid()}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([str(tools / "pg_dump"), "-f", str(partial), url], check=True)
    partial.replace(kept)
