"""Checks made before serving: what the settings ask is read back from the database itself (S-37)."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

MINIMUM_POSTGRESQL = 15


def require_safe_database() -> None:
    """Refuse to go on unless the database keeps what it acknowledges, is up to date and guards its ledger.

    Raises ImproperlyConfigured with one French sentence.
    """
    try:
        complaints = [*durability_complaints(), *migration_complaints()] or _system_complaints()
    except DatabaseError as error:
        raise ImproperlyConfigured("La base de données ne répond pas.") from error
    if complaints:
        raise ImproperlyConfigured(complaints[0])


def durability_complaints() -> list[str]:
    """Return one French sentence per setting of the open connection that would lose or leak writes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return [
                f"SQLite doit avoir {name}={wanted}, il a {found} : démarrage refusé."
                for name, wanted in settings.SQLITE_PRAGMAS.items()
                for found in [cursor.execute(f"PRAGMA {name}").fetchone()[0]]
                if found != wanted
            ]
        complaints = []
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] == "off":
                complaints.append(f"PostgreSQL doit avoir {name}=on : démarrage refusé.")
        cursor.execute("SHOW server_version_num")
        if int(cursor.fetchone()[0]) < MINIMUM_POSTGRESQL * 10_000:
            complaints.append(f"PostgreSQL {MINIMUM_POSTGRESQL} ou plus récent est nécessaire.")
        return complaints


def migration_complaints() -> list[str]:
    """Return a French sentence when the database misses a migration of this version, else nothing."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["La base n'est pas à jour de cette version : lancez « maillage init »."]
    return []


def _system_complaints() -> list[str]:
    """Return the serious findings of the rooms' own checks, the database's included."""
    return [str(found.msg) for found in run_checks(databases=["default"]) if found.is_serious()]
