"""Copies of the environment's database, on either system, for the programs that break it many times."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import psycopg


class Copies(Protocol):
    """Databases by name; `first` is the one that the environment gives."""

    first: str

    def copy(self, source: str, target: str) -> None:
        """Copy a database that nobody has open."""

    def use(self, name: str) -> None:
        """Let this process open that one."""

    def drop(self, name: str) -> None:
        """Throw one away."""


def copies() -> Copies:
    """Return the copies of the database of the settings."""
    from django.conf import settings

    address = settings.INSTALLATION.database_url
    return SqliteCopies(settings.INSTALLATION.sqlite_file) if address is None else PostgresqlCopies(address)


def _use(name: Any) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


class SqliteCopies:
    """Files beside the first one."""

    def __init__(self, file: Path) -> None:
        """Remember the folder; what waits in the journal goes into the file when it is opened last."""
        self.folder, self.first = file.parent, file.name

    def copy(self, source: str, target: str) -> None:
        """Copy the file and what a killed process left in its journal."""
        for suffix in ("", "-wal"):
            if (self.folder / f"{source}{suffix}").exists():
                shutil.copyfile(self.folder / f"{source}{suffix}", self.folder / f"{target}{suffix}")

    def use(self, name: str) -> None:
        """Open that file from now on."""
        _use(str(self.folder / name))

    def drop(self, name: str) -> None:
        """Delete the file and its journal."""
        for path in self.folder.glob(f"{name}*"):
            path.unlink()


@dataclass
class PostgresqlCopies:
    """Databases of the same cluster."""

    address: str

    @property
    def first(self) -> str:
        """Return the name of the environment's database."""
        return urlsplit(self.address).path.lstrip("/")

    def copy(self, source: str, target: str) -> None:
        """Copy a whole database; sessions of killed processes are ended first."""
        self._execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'",
            f'CREATE DATABASE "{target}" TEMPLATE "{source}"',
        )

    def use(self, name: str) -> None:
        """Open that database from now on."""
        _use(name)

    def drop(self, name: str) -> None:
        """Drop it."""
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, *statements: str) -> None:
        address = urlsplit(self.address)._replace(path="/postgres").geturl()
        with psycopg.connect(address, autocommit=True) as opened:
            for statement in statements:
                opened.execute(statement)  # type: ignore[call-overload]
