"""The rows that PostgreSQL itself lets pass: one policy for each table that holds persons (S-11).

A row passes when its service is one of those told to the connection (`base.wall`), when the row it
hangs on passes, or in house work. The wall knows services and partnerships, not roles, states or
hours: the door in `sharing` stays finer, and stands in front. It binds the tables' owner too.

Laid again after every migration; `wanting` says what an open database lacks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic

from maillage.base.wall import MAISON, PARTENARIATS, SERVICES, YES

POLICY = "mur"
# Each sub-select is worked out once a query, not once a row.
_HOUSE = f"(SELECT current_setting('{MAISON}', true) = '{YES}')"


def _told(setting: str) -> str:
    return f"ANY ((SELECT string_to_array(current_setting('{setting}', true), ',')::uuid[])::uuid[])"


def _of(*columns: str) -> str:
    """Return « one of these services is mine »."""
    return " OR ".join(f"{column} = {_told(SERVICES)}" for column in columns)


def _in(column: str) -> str:
    """Return « this partnership is one of mine »."""
    return f"{column} = {_told(PARTENARIATS)}"


def _through(table: str, column: str) -> str:
    """Return « the row of that table on which this one hangs passes »: its own policy says so."""
    return f"EXISTS (SELECT 1 FROM {table} AS au_dessus WHERE au_dessus.id = {column})"  # noqa: S608


def _opened(column: str) -> str:
    """Return « an opening, live or ended, was made for my service on this person »."""
    whose = f"o.personne = {column} AND {_of('o.service_id')}"
    return f"EXISTS (SELECT 1 FROM sharing_ouverture AS o WHERE {whose})"  # noqa: S608


_PERSONNE = "dossiers_personne"
_SUPPORT = "dossiers_accompagnement"
_ECHANGE = "sharing_echange"
_ACTE = "sharing_designation"
_COUVERT = "sharing_personnedesignee"
_TACHE = "sharing_tache"
_ORIENTATION = "orientations_orientation"
_SORTIE = "main_courante_sortie"
_MESSAGE = "main_courante_messagedelieu"

RULES: dict[str, str] = {
    "dossiers_famille": _of("service_id"),
    _PERSONNE: f"{_of('service_id')} OR {_opened(f'{_PERSONNE}.id')}",
    _SUPPORT: f"{_of('service_id')} OR {_opened(f'{_SUPPORT}.personne_id')}",
    **{
        table: _through(_PERSONNE, f"{table}.personne_id")
        for table in (
            "dossiers_titulaire",
            "dossiers_accord",
            "dossiers_informationprealable",
            "dossiers_confidence",
            "dossiers_noticergpd",
            "dossiers_constat",
        )
    },
    **{
        table: _through(_SUPPORT, f"{table}.accompagnement_id")
        for table in (
            "dossiers_reference",
            "dossiers_adhesion",
            "dossiers_rencontrefamille",
            "dossiers_inscription",
        )
    },
    _ECHANGE: _of("service_emetteur_id", "service_destinataire_id"),
    "sharing_ouverture": f"{_of('service_id')} OR {_through(_ECHANGE, 'sharing_ouverture.echange_id')}",
    _TACHE: f"{_of('service_id', 'demandeur_id')} OR {_through(_ECHANGE, f'{_TACHE}.echange_id')}",
    _ACTE: f"{_of('service_id')} OR {_in('partenariat_id')}",
    _COUVERT: f"{_of('service_id')} OR {_through(_ACTE, f'{_COUVERT}.designation_id')}",
    "sharing_information": f"{_of('service_id')} OR {_through(_ECHANGE, 'sharing_information.echange_id')}",
    "sharing_carte": _of("service_id"),
    "sharing_demandeacces": _of("service_id"),
    "sharing_mandatdelegue": _of("service_id", "officier_id"),
    "sharing_reserveacces": _through("sharing_demandeacces", "sharing_reserveacces.demande_id"),
    "sharing_transmissiondanger": _of("service_id"),
    _ORIENTATION: _of("service_emetteur_id", "service_destinataire_id"),
    "orientations_reception": _of("service_id"),
    "orientations_suiteinterne": _through("orientations_reception", "orientations_suiteinterne.reception_id"),
    **{
        table: _through(_ORIENTATION, f"{table}.orientation_id")
        for table in ("orientations_retour", "orientations_relais", "orientations_relance")
    },
    "main_courante_note": _of("service_id"),
    "main_courante_noteenconflit": _of("service_id"),
    "main_courante_enveloppedeposee": _of("service_id"),
    _SORTIE: _of("service_id"),
    **{
        table: _through(_SORTIE, f"{table}.sortie_id")
        for table in ("main_courante_sortie_equipage", "main_courante_sortie_lieux")
    },
    _MESSAGE: _of("service_emetteur_id", "service_destinataire_id"),
    "main_courante_reponsemessage": _through(_MESSAGE, "main_courante_reponsemessage.message_id"),
}

# What may be written, where it is less than what may be read: whom an opening shows stays another's.
CHECKS: dict[str, str] = {_PERSONNE: _of("service_id"), _SUPPORT: _of("service_id")}


def _wanted() -> dict[str, tuple[str, str]]:
    """Return what each table's policy says, and the mark by which it is known again."""
    found = {}
    for table, rule in RULES.items():
        written = CHECKS.get(table, rule)
        said = f"USING ({_HOUSE} OR {rule}) WITH CHECK ({_HOUSE} OR {written})"
        found[table] = said, hashlib.sha256(said.encode()).hexdigest()[:16]
    return found


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay the policies that are missing or of another version; does nothing on SQLite."""
    lacking = wanting(connection)
    # Half of the rooms migrated: a rule names tables that do not exist yet.
    if not lacking or not set(RULES) <= set(connection.introspection.table_names()):
        return
    standing, wanted = _policies(connection), _wanted()
    with atomic(using=connection.alias), connection.cursor() as cursor:
        for table in lacking:
            said, mark = wanted[table]
            for name in standing.get(table, {}):
                cursor.execute(f"DROP POLICY {connection.ops.quote_name(name)} ON {table}")
            cursor.execute(f"CREATE POLICY {POLICY} ON {table} {said}")
            cursor.execute(f"COMMENT ON POLICY {POLICY} ON {table} IS '{mark}'")
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def wanting(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables that PostgreSQL does not keep as it should; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND relrowsecurity AND relforcerowsecurity"
        )
        kept = {str(row[0]) for row in cursor.fetchall()}
    found = _policies(connection)
    return sorted(
        table
        for table, (_, mark) in _wanted().items()
        # One more policy would only let more rows pass.
        if table not in kept or found.get(table) != {POLICY: mark}
    )


def _policies(connection: BaseDatabaseWrapper) -> dict[str, dict[str, str]]:
    """Return the marks of the policies that stand, by table and name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, polname, obj_description(pg_policy.oid, 'pg_policy') "
            "FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid "
            "WHERE relnamespace = current_schema()::regnamespace"
        )
        found: dict[str, dict[str, str]] = {}
        for table, name, mark in cursor.fetchall():
            found.setdefault(table, {})[name] = mark or ""
    return found


def check_policies(
    *, app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **_context: Any
) -> list[CheckMessage]:
    """Return one error per database that lost a policy on a table that it has."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        lost = wanting(connection)
        lost = sorted(set(lost) & set(connection.introspection.table_names())) if lost else []
        if lost:
            said = f"Le mur entre services manque dans la base : {', '.join(lost)}."
            found.append(Error(said, hint="maillage init le remet.", id="operations.E001"))
    return found


def passed_by(connection: BaseDatabaseWrapper) -> str:
    """Return the database role's name when PostgreSQL lets it pass every wall, else nothing."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""
