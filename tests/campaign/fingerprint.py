"""Everything a database is, as text that compares: schema, triggers, what is applied, rows."""

from __future__ import annotations

from typing import Any

SQLITE = {
    "schema": "SELECT type || ' ' || name || ': ' || coalesce(sql, '') "
    "FROM sqlite_master WHERE type <> 'trigger'",
    "declencheurs": "SELECT name || ': ' || sql FROM sqlite_master WHERE type = 'trigger'",
}
# Sequences, views and functions are counted by their definitions too; system schemas are left out.
POSTGRESQL = {
    "schema": """
        SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, numeric_precision,
                         is_nullable, column_default, is_identity)
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', relname, relrowsecurity, relforcerowsecurity)
                  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        UNION ALL SELECT concat_ws(' ', tablename, policyname, permissive, roles, cmd, qual, with_check)
                  FROM pg_policies WHERE schemaname = 'public'
    """,
    "declencheurs": "SELECT concat_ws(' ', pg_get_triggerdef(oid), tgenabled) "
    "FROM pg_trigger WHERE NOT tgisinternal",
}


def fingerprint() -> dict[str, Any]:
    """Read the open database; return its schema, triggers, applied migrations, rows and their number."""
    from django.db import connection

    from maillage.operations.backup import applied_migrations
    from maillage.operations.tables import digests

    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for part, query in (SQLITE if connection.vendor == "sqlite" else POSTGRESQL).items():
            cursor.execute(query)
            found[part] = sorted(str(row[0]) for row in cursor.fetchall())
    held = digests("default")
    found["migrations"] = applied_migrations()
    found["contenu"] = {name: digest.said() for name, digest in held.items()}
    return {**found, "lignes": sum(digest.lignes for digest in held.values())}
