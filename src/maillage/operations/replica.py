"""Statistics may be counted on the standby: numbers that name nobody, at most a minute late (décision 11).

Rights, adhésions, accords, danger, and whatever is kept or published are read where they are written.
There is no router: who counts hands `counted` a function of the database to ask. It is watched on
either database, and refused as soon as it reads anything but the columns of `COUNTED`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.transaction import atomic

T = TypeVar("T")

ALIAS = "replique"
BOUND = timedelta(minutes=1)
COUNTED: Mapping[str, frozenset[str]] = {
    "main_courante_note": frozenset(
        "id service_id jour categorie lieu_id annule corrige_id contacts_nouveaux".split()
    ),
    "main_courante_sortie": frozenset("id service_id jour debut fin".split()),
}
_TABLES, _COLUMNS = re.compile(r'\b(?:FROM|JOIN) "(\w+)"'), re.compile(r'\."(\w+)"')

# Up to where the primary answered for what it keeps, and whose copy it would be: asked before the standby.
_WRITTEN = """
    SELECT clock_timestamp(), pg_current_wal_flush_lsn(), ('x' || left(
        pg_walfile_name(pg_current_wal_flush_lsn()), 8))::bit(32)::int, system_identifier, pg_database.oid
    FROM pg_control_system(), pg_database WHERE datname = current_database()
"""
_REPLAYED = """
    SELECT pg_is_in_recovery(), rolsuper OR rolbypassrls, pg_last_wal_replay_lsn() >= %s::pg_lsn,
        pg_last_xact_replay_timestamp(), timeline_id, system_identifier, pg_database.oid
    FROM pg_control_system(), pg_control_checkpoint(), pg_database, pg_roles
    WHERE datname = current_database() AND rolname = current_user
"""
_BARRED = """
    SELECT count(*) FROM unnest(%s::text[], %s::text[]) AS asked(one, its)
    WHERE NOT has_column_privilege(one, its, 'SELECT')
"""


class NotCounted(Exception):
    """A count that reads something else than what is counted: a fault of ours, on either database."""


class Unfit(Exception):
    """The standby is not to be read now: one sentence, and the cure."""

    def __init__(self, phrase: str, remede: str) -> None:
        """Keep both."""
        super().__init__(phrase)
        self.phrase, self.remede = phrase, remede


@dataclass(frozen=True)
class Counted(Generic[T]):
    """What was counted, and until when if it was on the standby: a screen then says it."""

    valeur: T
    arrete_le: datetime | None = None


def counted(count: Callable[[str], T], *, standby: bool) -> Counted[T]:
    """Count on the standby when that may be and it follows, else where one writes.

    `count` receives the alias to ask, and may be called a second time when the standby fails. Inside a
    transaction one reads what one writes.
    """
    if standby and ALIAS in connections and not connection.in_atomic_block:
        with suppress(Unfit, Error):
            return _on_standby(count)
    return Counted(_watched(count, DEFAULT_DB_ALIAS))


def followed_until() -> datetime:
    """Return the moment, on the primary's clock, of which the standby has everything. Raises Unfit.

    Its own word would not do: a standby whose line is cut has replayed all that it received, and one
    whose primary is idle looks late. What it has replayed is compared with what the primary has written.
    """
    now: datetime
    last: datetime | None
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        now, end, *here = cursor.fetchone()
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_REPLAYED, [end])
        recovering, passes, reached, last, *there = cursor.fetchone()
    if not recovering:
        raise Unfit("La base nommée réplique accepte d'écrire : elle n'en suit aucune.", _REMADE)
    if passes:
        raise Unfit("Le rôle de la réplique passe à travers le mur entre services.", _ROLE)
    if there != here:
        raise Unfit("La réplique n'est pas une copie de cette base, ou suit encore l'ancienne.", _REMADE)
    if reached:
        return now
    if last is None or not timedelta() <= now - last <= BOUND:
        raise Unfit(f"La réplique a plus de {BOUND.seconds} s de retard.", _RESUMED)
    return last


def examined() -> datetime | None:
    """Do as `followed_until`, and look at the role's rights; None without a standby. Raises Unfit."""
    if ALIAS not in connections:
        return None
    try:
        until = followed_until()
        with connections[ALIAS].cursor() as cursor:
            pairs = [(table, column) for table, columns in COUNTED.items() for column in columns]
            cursor.execute(_BARRED, [list(names) for names in zip(*pairs, strict=True)])
            if cursor.fetchone()[0]:
                raise Unfit("Le rôle de la réplique ne lit pas tout ce qui se compte.", _ROLE)
    except Error as error:
        raise Unfit("La réplique ne répond pas.", "Démarrez-la, ou retirez MAILLAGE_REPLICA_URL.") from error
    finally:
        connections[ALIAS].close()
    return until


_GUIDE = "guide « Une réplique, et la bascule »"
_REMADE = f"Refaites une réplique, ou corrigez MAILLAGE_REPLICA_URL ({_GUIDE})."
_ROLE = f"Donnez-lui le rôle « chiffres » ({_GUIDE})."
_RESUMED = "Sur la réplique, SELECT pg_wal_replay_resume() ; puis voyez si la ligne entre les deux tient."


def _on_standby(count: Callable[[str], T]) -> Counted[T]:
    """Count there, in one instant. The connection closes with the count: it keeps nobody's services."""
    other = connections[ALIAS]
    try:
        until = followed_until()
        with atomic(using=ALIAS):
            return Counted(_watched(count, ALIAS), until)
    finally:
        other.close()


def _watched(count: Callable[[str], T], alias: str) -> T:
    with connections[alias].execute_wrapper(_only_what_is_counted):
        return count(alias)


def _only_what_is_counted(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
    tables, columns = set(_TABLES.findall(sql)), set(_COLUMNS.findall(sql))
    if not tables or tables - COUNTED.keys() or columns - set().union(*COUNTED.values()):
        raise NotCounted(", ".join(sorted(tables | columns)))
    return execute(sql, *given)
