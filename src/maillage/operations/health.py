"""What the open database must be before anything is promised: read back from itself (S-37)."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

MINIMUM_POSTGRESQL = 15


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
