"""Whom the database is told it answers to: the second wall, kept by PostgreSQL itself (S-11).

Each open connection bears the services and the partnerships of whoever acts, and nothing at first: the
policies of `operations.policies` then let no protected row pass. Whoever acts for the whole
installation says so and why (`house_work`); a command says it once for its process. SQLite has no
such policies: nothing is told to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import Error, connections
from django.db import connection as own
from django.db.backends.base.base import BaseDatabaseWrapper

SERVICES, PARTENARIATS, MAISON = "maillage.services", "maillage.partenariats", "maillage.maison"
YES = "oui"


class HouseWork(StrEnum):
    """Why a request may pass the wall: the closed list, each with its line in décision 10."""

    OPENING = "écrire une ouverture que le droit vient de permettre"
    ENDING = "finir ou effacer ce qui tenait à une parole retirée ou à un terme"
    DELIVERY = "remettre une orientation au service qui la reçoit"
    RECEIPT = "dire ce que laissait voir l'ouverture dont on attend le reçu"
    CARD = "montrer à la personne ce qui la concerne, par sa carte"
    DEPARTMENT = "montrer au département ce qu'on dit lui avoir transmis"
    COUNTING = "compter entre services, sans lire personne"
    TRAY = "garder l'enveloppe d'un téléphone, qui fait ses preuves elle-même"
    PLACE = "donner à qui l'a demandé les nombres d'un lieu"
    IDENTIFIER = "voir qu'un identifiant est déjà pris"


@dataclass(frozen=True)
class Told:
    """What a connection bears: identifiers of services and of partnerships, or house work."""

    services: frozenset[UUID] = frozenset()
    partenariats: frozenset[UUID] = frozenset()
    maison: bool = False

    def settings(self) -> tuple[str, str, str]:
        """Return the three settings as PostgreSQL reads them."""
        services, partenariats = (
            ",".join(sorted(map(str, ids))) for ids in (self.services, self.partenariats)
        )
        return services, partenariats, YES if self.maison else ""


NOBODY = Told()
HOUSE = Told(maison=True)


class _Process:
    """What this process's connections bear until something else is said."""

    told = NOBODY


_now: ContextVar[Told | None] = ContextVar("told", default=None)


def told() -> Told:
    """Return what the connections of this thread bear now."""
    return _now.get() or _Process.told


def stands() -> bool:
    """Say whether there is a wall here: PostgreSQL keeps one, SQLite none."""
    return own.vendor == "postgresql"


def declare_house() -> None:
    """Say that this process works for the whole installation: a command, a migration, a test's set-up."""
    _Process.told = HOUSE
    _tell_all()


@contextmanager
def acting(services: Iterable[UUID] = (), partenariats: Iterable[UUID] = ()) -> Iterator[None]:
    """Let pass what these services may reach, nothing else; without any, nothing at all."""
    with _telling(Told(frozenset(services), frozenset(partenariats))):
        yield


@contextmanager
def house_work(why: HouseWork) -> Iterator[None]:
    """Let everything pass inside this block (or this function), for one of the declared reasons."""
    with _telling(HOUSE):
        yield


@contextmanager
def _telling(what: Told) -> Iterator[None]:
    before = told()
    token = _now.set(what)
    try:
        if what != before:
            _tell_all()
        yield
    finally:
        _now.reset(token)
        if what != before:
            for connection in connections.all(initialized_only=True):
                _tell_again(connection)


def _tell_all() -> None:
    """Tell every connection that is open: the database's, and the standby's while it counts."""
    for connection in connections.all(initialized_only=True):
        _tell(connection)


def _tell_again(connection: BaseDatabaseWrapper) -> None:
    """Go back to what was told before.

    Inside a transaction that failed nothing can be said any more, and its end undoes what was said
    in it. A connection that cannot be told outside one is not used again.
    """
    try:
        _tell(connection)
    except Error:
        if not connection.in_atomic_block:
            with suppress(Error):
                connection.close()


def _tell(connection: BaseDatabaseWrapper) -> None:
    """Give an open connection its settings; one that opens later gets them as it opens."""
    opened = connection.connection
    if connection.vendor != "postgresql" or opened is None or opened.closed:
        return
    services, partenariats, maison = told().settings()
    # Beside Django's cursor: this is no query of the page, and is not counted as one.
    with connection.wrap_database_errors:
        opened.execute(
            "SELECT set_config(%s, %s, false), set_config(%s, %s, false), set_config(%s, %s, false)",
            [SERVICES, services, PARTENARIATS, partenariats, MAISON, maison],
        )


def tell_new_connection(*, connection: BaseDatabaseWrapper, **_context: Any) -> None:
    """Receive Django's word that a connection has just opened."""
    if told() != NOBODY:
        _tell(connection)
