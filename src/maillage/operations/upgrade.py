"""Migrations that survive a kill at any instant: each is there and known to be there, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.transaction import atomic


class WholeMigrations(MigrationExecutor):
    """Changes the database and writes that it did in one transaction.

    Django writes it in a second one when a migration leaves statements for its end (indexes, foreign
    keys). Killed between the two, the database has the tables and does not know it: every later
    upgrade stops at « table already exists ». A migration that asks for no transaction gets none.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **kwargs: Any
    ) -> ProjectState:
        """Apply one migration, whole or not at all."""
        if not migration.atomic:
            return super().apply_migration(state, migration, *args, **kwargs)
        with _whole(self.connection):
            return super().apply_migration(state, migration, *args, **kwargs)

    def unapply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **kwargs: Any
    ) -> ProjectState:
        """Undo one migration, whole or not at all."""
        if not migration.atomic:
            return super().unapply_migration(state, migration, *args, **kwargs)
        with _whole(self.connection):
            return super().unapply_migration(state, migration, *args, **kwargs)


@contextmanager
def _whole(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Open one transaction around all; SQLite's foreign keys are switched off outside it, or not at all."""
    if connection.vendor != "sqlite":
        with atomic(using=connection.alias):
            yield
        return
    connection.disable_constraint_checking()
    try:
        with atomic(using=connection.alias):
            yield
    finally:
        connection.enable_constraint_checking()
