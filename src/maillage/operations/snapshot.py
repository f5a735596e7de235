"""One instant of the database, read while others write: nothing waits, nothing moves under the reader."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.transaction import atomic

ALIAS = "instantane"


@contextmanager
def snapshot() -> Iterator[str]:
    """Yield the alias of a connection that sees the database as it is now and stays so.

    SQLite: a copy made page by page by SQLite itself, then thrown away, so that no writer waits.
    PostgreSQL: a read-only transaction that sees one instant.
    """
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=_folder()) as folder:
            copy = Path(folder) / "instantane.sqlite3"
            _copy(copy)
            with _opened({"NAME": copy, "OPTIONS": {}}):
                yield ALIAS
        return
    from psycopg import IsolationLevel

    options = {"isolation_level": IsolationLevel.REPEATABLE_READ}
    with _opened({"OPTIONS": {**connection.settings_dict["OPTIONS"], **options}}), atomic(using=ALIAS):
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield ALIAS


def _folder() -> Path | None:
    folder = Path(settings.MAILLAGE_DATA_DIR)
    return folder if folder.is_dir() else None


def _copy(target: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(target) as copy:
        connection.connection.backup(copy, pages=-1)
    copy.close()


@contextmanager
def _opened(changes: dict[str, Any]) -> Iterator[None]:
    """Open a second connection under ALIAS, like the first but for these settings."""
    other = connection.copy(ALIAS)
    other.settings_dict = {**connection.settings_dict, **changes}
    connections[ALIAS] = other
    try:
        yield
    finally:
        other.close()
        del connections[ALIAS]
