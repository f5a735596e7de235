"""Five ways to lay the largest tables of PostgreSQL, filled alike, for the bench that compares them.

Each layout is a schema that holds copies of the tables under their own names: with it first in the
search path, the product's own queries read it. Rows are as old as a network of six years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

NOTE, ECHANGE, LIGNE = "main_courante_note", "sharing_echange", "audit_ligne"
FIRST, MONTHS, AHEAD = date(2020, 1, 1), 72, 12
SHARES, SHARES_A_MONTH, PLACES = 16, 4, 10
# One table; a part a year, a month; parts by service; a part a month, each cut by service.
LAYOUTS = ("telle", "an", "mois", "service", "deux")
# What a row is divided by: its service, its time.
KEYS = {
    NOTE: ("service_id", "jour"),
    ECHANGE: ("service_emetteur_id", "le"),
    LIGNE: ("chaine_id", "le"),
}
_DAY = "(date '{first}' + (i * {days}::bigint / {count})::int)"
_WHICH, _OTHER = "(%(services)s::uuid[])[1 + i %% {n}]", "(%(services)s::uuid[])[1 + (i + 1) %% {n}]"
_POST = "(%(postes)s::uuid[])[1 + i %% {n}]"
# Columns of each table, and what row `i` of {count} holds; {n} services, {persons} persons.
ROWS = {
    NOTE: {
        "id": "md5('n' || i)::uuid",
        "service_id": _WHICH,
        "poste_id": _POST,
        "lieu_id": "(%(lieux)s::uuid[])[1 + i %% {n} * {places} + (i / {n}) %% {places}]",
        "jour": _DAY,
        "creneau": "(array['soiree', 'nuit', 'nuit_profonde'])[1 + i %% 3]",
        "categorie": "(array['regroupement', 'tag', 'rixe', 'rien_a_signaler'])[1 + i / 7 %% 4]",
        "ambiance": "(array['ras', 'ras', 'tensions'])[1 + i / 5 %% 3]",
        "effectif": "'2_4'",
        "publics": "'[\"16_21\"]'::jsonb",
        "origine": "'ronde'",
        "suites": "'[\"rien\"]'::jsonb",
        "texte_scelle": "''::bytea",
        "observee_le": f"{_DAY} + time '20:00'",
        "recue_le": f"{_DAY} + time '20:05'",
        "heure_ecartee": "false",
        "appareil": "'mesure-' || i %% 200",
        "compteur": "i",
        "annule": "false",
        "empreinte": "md5('e' || i) || md5('f' || i)",
    },
    ECHANGE: {
        "id": "md5('x' || i)::uuid",
        "envoi": "md5('v' || i)::uuid",
        "partenariat_id": "%(partenariat)s::uuid",
        "service_emetteur_id": _WHICH,
        "poste_emetteur_id": _POST,
        "service_destinataire_id": _OTHER,
        "sujet": "md5('p' || i %% {persons})::uuid",
        "nature": "'besoin'",
        "finalite": "'orientation'",
        "cas": "jsonb_build_object('cas', repeat('x', 600))",
        "sources": "'{{}}'::jsonb",
        "lectures": "'{{}}'::jsonb",
        "version_droit": "'2026-01'",
        "issue": "'permis'",
        "verdict": "jsonb_build_object('dit', repeat('y', 400))",
        "statut": "'transmis'",
        "le": f"{_DAY} + time '10:00'",
    },
    LIGNE: {
        "chaine_id": _WHICH,
        "rang": "1 + i / {n}",
        "le": f"{_DAY} + time '10:00'",
        "acteur": "md5('a' || i %% 300)",
        "acte": "'lecture'",
        "objet_genre": "'personne'",
        "objet": "md5('p' || i %% {persons})",
        "detail": "'{{}}'::jsonb",
        "precedent": "md5('e' || i - {n}) || md5('f' || i)",
        "empreinte": "md5('e' || i) || md5('f' || i)",
    },
}


@dataclass(frozen=True)
class Network:
    """Who works: services with one post and `PLACES` places each, in one partnership."""

    partenariat: Any
    services: Sequence[Any]
    postes: Sequence[Any]
    lieux: Sequence[UUID]

    def bound(self) -> dict[str, Any]:
        """Return what the rows are made of, as query parameters."""
        return {
            "partenariat": self.partenariat.pk,
            "services": [one.pk for one in self.services],
            "postes": [one.pk for one in self.postes],
            "lieux": list(self.lieux),
        }


def month(rank: int) -> date:
    """Return the first day of a month, counted from the first one."""
    return date(FIRST.year + rank // 12, 1 + rank % 12, 1)


def lay(cursor: Any, layout: str, network: Network, counts: dict[str, int]) -> dict[str, list[str]]:
    """Make one layout and fill it; return, by table, the unique keys that promise less in it."""
    cursor.execute(f"CREATE SCHEMA {layout}")
    lost = {}
    for table, count in counts.items():
        _create(cursor, layout, table)
        _fill(cursor, f"{layout}.{table}", network, count, counts)
        lost[table] = _constrain(cursor, layout, table)
        cursor.execute(f"ANALYZE {layout}.{table}")
    return lost


def _create(cursor: Any, layout: str, table: str) -> None:
    service, time = KEYS[table]
    how = {
        "telle": "",
        "an": f"PARTITION BY RANGE ({time})",
        "mois": f"PARTITION BY RANGE ({time})",
        "service": f"PARTITION BY HASH ({service})",
        "deux": f"PARTITION BY RANGE ({time})",
    }[layout]
    name = f"{layout}.{table}"
    cursor.execute(f"CREATE TABLE {name} (LIKE public.{table} INCLUDING DEFAULTS) {how}")
    if table == LIGNE:
        cursor.execute(f"CREATE SEQUENCE {layout}.rangs")
        cursor.execute(f"ALTER TABLE {name} ALTER COLUMN id SET DEFAULT nextval('{layout}.rangs')")
    if layout == "service":
        _shares(cursor, name, SHARES)
    elif how:
        step = 12 if layout == "an" else 1
        for rank in range(0, MONTHS + AHEAD, step):
            part, span = f"{name}_{rank}", f"FROM ('{month(rank)}') TO ('{month(rank + step)}')"
            below = f"PARTITION BY HASH ({service})" if layout == "deux" else ""
            cursor.execute(f"CREATE TABLE {part} PARTITION OF {name} FOR VALUES {span} {below}")
            if below:
                _shares(cursor, part, SHARES_A_MONTH)


def _shares(cursor: Any, name: str, many: int) -> None:
    for rank in range(many):
        share = f"FOR VALUES WITH (MODULUS {many}, REMAINDER {rank})"
        cursor.execute(f"CREATE TABLE {name}_s{rank} PARTITION OF {name} {share}")


def _fill(cursor: Any, name: str, network: Network, count: int, counts: dict[str, int]) -> None:
    said = {
        "n": len(network.services),
        "places": PLACES,
        "first": FIRST,
        "days": (month(MONTHS) - FIRST) // timedelta(days=1),
        "count": count,
        "persons": max(1, counts[ECHANGE] // 3),
    }
    row = {column: text.format(**said) for column, text in ROWS[name.partition(".")[2]].items()}
    cursor.execute(
        f"INSERT INTO {name} ({', '.join(row)}) SELECT {', '.join(row.values())} "  # noqa: S608
        f"FROM generate_series(0::bigint, {count - 1}) AS i",
        network.bound(),
    )


def _constrain(cursor: Any, layout: str, table: str) -> list[str]:
    """Give the copy the table's own keys and indexes; return the unique keys it cannot have as they were.

    A unique key of a divided table must hold what divides it, and then promises less.
    """
    lost = []
    cursor.execute(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid), i.indisunique FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = %s::regclass ORDER BY 1",
        [f"public.{table}"],
    )
    for name, order, unique in cursor.fetchall():
        said = order.replace(f" ON public.{table} ", f" ON {layout}.{table} ")
        wanting = [key for key in divided_by(layout, table) if unique and key not in _columns(order)]
        if wanting:
            lost.append(name)
            said = said.replace(f"({_columns(order)})", f"({_columns(order)}, {', '.join(wanting)})")
        cursor.execute(said)
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('c', 'f') AND confrelid <> conrelid ORDER BY 1",
        [f"public.{table}"],
    )
    for name, said in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {layout}.{table} ADD CONSTRAINT {name} {said.split(' DEFERRABLE')[0]}")
    return lost


def divided_by(layout: str, table: str) -> Sequence[str]:
    """Return the columns that divide a table in this layout."""
    service, time = KEYS[table]
    return {"telle": (), "an": (time,), "mois": (time,), "service": (service,), "deux": (service, time)}[
        layout
    ]


def pointing_at(cursor: Any, table: str) -> list[str]:
    """Return the foreign keys to this table: once it is divided, its identifier alone is no key any more."""
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND confrelid = %s::regclass ORDER BY 1",
        [f"public.{table}"],
    )
    return [row[0] for row in cursor.fetchall()]


def _columns(order: str) -> str:
    """Return what stands between the first parentheses of an index's definition."""
    return order.partition("(")[2].partition(")")[0]
