"""What the database itself refuses: changing, removing or replacing a line of the ledger (S-22).

Installed by a migration and again after every migration, because SQLite rebuilds a table to alter
it and silently forgets its triggers.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

PROTECTED = ("audit_ligne", "audit_tetesignee")
CHAIN = "audit_chaine"
REFUSED = "Le journal ne se modifie pas."

_SQLITE_SAME_ROW = {
    "audit_ligne": "EXISTS (SELECT 1 FROM audit_ligne "
    "WHERE id = NEW.id OR (chaine_id = NEW.chaine_id AND rang = NEW.rang))",
    "audit_tetesignee": "EXISTS (SELECT 1 FROM audit_tetesignee WHERE id = NEW.id)",
    "audit_chaine": "EXISTS (SELECT 1 FROM audit_chaine "
    "WHERE id = NEW.id AND dernier_rang > NEW.dernier_rang)",
}


def _sqlite() -> dict[tuple[str, str], str]:
    abort = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    found = {}
    for table in PROTECTED:
        found[table, f"{table}_sans_update"] = f"BEFORE UPDATE ON {table} {abort}"
        found[table, f"{table}_sans_delete"] = f"BEFORE DELETE ON {table} {abort}"
        # INSERT OR REPLACE deletes without firing a delete trigger unless recursive_triggers is on.
        same = _SQLITE_SAME_ROW[table]
        found[table, f"{table}_sans_replace"] = f"BEFORE INSERT ON {table} WHEN {same} {abort}"
    found[CHAIN, f"{CHAIN}_sans_recul"] = (
        f"BEFORE UPDATE ON {CHAIN} WHEN NEW.dernier_rang < OLD.dernier_rang OR NEW.id <> OLD.id {abort}"
    )
    found[CHAIN, f"{CHAIN}_sans_delete"] = f"BEFORE DELETE ON {CHAIN} {abort}"
    found[CHAIN, f"{CHAIN}_sans_replace"] = f"BEFORE INSERT ON {CHAIN} WHEN {_SQLITE_SAME_ROW[CHAIN]} {abort}"
    return found


def _postgresql() -> dict[tuple[str, str], str]:
    refuse = "EXECUTE FUNCTION audit_refuse()"
    found = {}
    for table in PROTECTED:
        found[table, f"{table}_sans_update"] = f"BEFORE UPDATE ON {table} FOR EACH ROW {refuse}"
        found[table, f"{table}_sans_delete"] = f"BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
        found[table, f"{table}_sans_truncate"] = f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
    found[CHAIN, f"{CHAIN}_sans_recul"] = (
        f"BEFORE UPDATE ON {CHAIN} FOR EACH ROW "
        f"WHEN (NEW.dernier_rang < OLD.dernier_rang OR NEW.id <> OLD.id) {refuse}"
    )
    found[CHAIN, f"{CHAIN}_sans_delete"] = f"BEFORE DELETE ON {CHAIN} FOR EACH ROW {refuse}"
    found[CHAIN, f"{CHAIN}_sans_truncate"] = f"BEFORE TRUNCATE ON {CHAIN} FOR EACH STATEMENT {refuse}"
    return found


def _expected(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the missing triggers, and replace those of the same names."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END $$"
            )
        for statement in removal(connection):
            cursor.execute(statement)
        for (_table, name), body in _expected(connection).items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def removal(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the statements that drop the triggers (an undone migration, a test's clean-up)."""
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for _table, name in _expected(connection)]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in _expected(connection)]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that the open database lacks or has switched off."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {str(row[0]) for row in cursor.fetchall()}
    return sorted(name for _table, name in _expected(connection) if name not in present)
