"""Where statistics are counted: what may be read there, when it may not, who is told (décision 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.db.models import F

from maillage.base import clock
from maillage.base.wall import HouseWork, acting, house_work
from maillage.main_courante.models import Note, Sortie
from maillage.operations import doctor, replica
from maillage.operations.doctor import Etat
from maillage.operations.replica import ALIAS, BOUND, COUNTED, Counted, NotCounted, Unfit, counted
from maillage.sharing.models import Ouverture
from tests.campaign.standby import GUIDE
from tests.cast import Cast
from tests.diagnostics.field import note, outing
from tests.walls import on_postgresql

NOW = datetime(2026, 11, 28, 14, 32, tzinfo=clock.PARIS)
SAME = [1, 7, 16_384]


@pytest.mark.django_db
@pytest.mark.requirement("S-38")
def test_nothing_but_what_is_counted_can_be_read() -> None:
    for refused in (
        lambda using: Ouverture.objects.using(using).count(),
        lambda using: list(Note.objects.using(using).values_list("texte_scelle")),
        lambda using: Note.objects.using(using).filter(poste__role="mediateur").count(),
        lambda using: Sortie.objects.using(using).filter(lieux__nom="Hall 4").count(),
        lambda using: connections[using].cursor().execute("SELECT 1"),
    ):
        for standby in (False, True):
            with pytest.raises(NotCounted):
                counted(refused, standby=standby)


@pytest.mark.django_db
def test_a_count_is_the_same_without_a_standby(cast: Cast) -> None:
    note(cast.karim, outing(cast.karim, clock.today(), [cast.hall]), cast.hall)
    for standby in (False, True):
        assert counted(lambda using: Note.objects.using(using).count(), standby=standby) == Counted(1)


def test_the_guide_grants_what_is_counted_and_no_more() -> None:
    said = GUIDE.read_text("utf-8")
    grants = re.findall(r"GRANT SELECT \(([^)]+)\)\s+ON (\w+) TO chiffres;", said)
    assert {table: set(columns.split(", ")) for columns, table in grants} == COUNTED
    assert (BOUND, "**Une minute de" in said) == (timedelta(minutes=1), True)


class Server:
    """A connection that answers one row, or fails."""

    def __init__(self, row: list[Any] | None) -> None:
        self.row, self.in_atomic_block, self.closed = row, False, 0

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        if self.row is None:
            raise OperationalError
        yield self

    def execute(self, *_given: object) -> None:
        pass

    def fetchone(self) -> list[Any] | None:
        return self.row

    def close(self) -> None:
        self.closed += 1


def standing(
    monkeypatch: pytest.MonkeyPatch,
    *,
    recovering: bool = True,
    passes: bool = False,
    reached: bool = False,
    late: timedelta | None = timedelta(seconds=5),
    there: list[int] = SAME,
) -> Server:
    """Put a standby that answers this beside a primary at NOW."""
    last = None if late is None else NOW - late
    standby = Server([recovering, passes, reached, last, *there])
    monkeypatch.setattr(replica, "connection", Server([NOW, "0/3000060", *SAME]))
    monkeypatch.setattr(replica, "connections", {ALIAS: standby})
    return standby


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ({}, NOW - timedelta(seconds=5)),
        ({"late": BOUND}, NOW - BOUND),
        # An idle primary: the last thing replayed is old, and nothing is missing.
        ({"late": timedelta(hours=3), "reached": True}, NOW),
        ({"late": None, "reached": True}, NOW),
    ],
)
def test_a_standby_that_follows(monkeypatch: pytest.MonkeyPatch, said: Any, until: datetime) -> None:
    standing(monkeypatch, **said)
    assert replica.followed_until() == until


@pytest.mark.requirement("S-38")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"late": BOUND + timedelta(seconds=1)}, "La réplique a plus de 60 s de retard."),
        ({"late": None}, "La réplique a plus de 60 s de retard."),
        # A clock that was set back would make any delay look short.
        ({"late": timedelta(hours=-1)}, "La réplique a plus de 60 s de retard."),
        ({"recovering": False, "reached": True}, "La base nommée réplique accepte d'écrire"),
        ({"passes": True, "reached": True}, "Le rôle de la réplique passe à travers le mur"),
        ({"there": [2, 7, 16_384], "reached": True}, "La réplique n'est pas une copie de cette base"),
        ({"there": [1, 8, 16_384], "reached": True}, "La réplique n'est pas une copie de cette base"),
        ({"there": [1, 7, 16_385], "reached": True}, "La réplique n'est pas une copie de cette base"),
    ],
)
def test_a_standby_that_is_not_read(monkeypatch: pytest.MonkeyPatch, said: Any, why: str) -> None:
    standby = standing(monkeypatch, **said)
    with pytest.raises(Unfit, match=re.escape(why)):
        replica.followed_until()
    found = doctor._standby()
    assert (found.etat, found.phrase.startswith(why), found.remede != "") == (Etat.ATTENTION, True, True)
    assert standby.closed == 1


def test_the_doctor_of_a_standby(monkeypatch: pytest.MonkeyPatch) -> None:
    standing(monkeypatch, reached=True).row = None
    assert doctor._standby().phrase.startswith("La réplique ne répond pas.")
    standing(monkeypatch, reached=True)
    # The same row answers « how many columns are barred »: True, one.
    assert doctor._standby().phrase.startswith("Le rôle de la réplique ne lit pas tout ce qui se compte.")
    monkeypatch.setattr(replica, "connections", {})
    assert doctor._standby().etat is Etat.BIEN


@pytest.fixture
def _beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second connection to the same database, where a standby would be."""
    connections.settings[ALIAS] = connection.settings_dict.copy()
    other = connections[ALIAS]

    def ensure() -> None:
        with other.wrap_database_errors:
            if other.connection is None:
                other.connect()

    # The test runner lets in only the databases that it made.
    monkeypatch.setattr(other, "ensure_connection", ensure)
    try:
        yield
    finally:
        other.close()
        del connections[ALIAS], connections.settings[ALIAS]


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_beside")
def test_a_primary_named_as_a_standby_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def count(using: str) -> int:
        asked.append(using)
        return Note.objects.using(using).filter(pk=F("corrige")).count()

    assert counted(count, standby=True) == Counted(0)
    with pytest.raises(Unfit, match="accepte d'écrire"):
        replica.followed_until()
    # One that fails in the middle of a count is asked again where one writes.
    monkeypatch.setattr(replica, "followed_until", lambda: NOW)
    assert counted(count, standby=True) == Counted(0, NOW)
    connections[ALIAS].settings_dict["PORT"] = 1
    assert counted(count, standby=True) == Counted(0)
    assert asked == ["default", ALIAS, "default"]


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("S-11")
@pytest.mark.usefixtures("_beside")
def test_the_standby_is_told_what_the_database_is_told(cast: Cast) -> None:
    outing(cast.karim, clock.today(), [cast.hall])
    outing(cast.samira, clock.today(), [cast.hall])

    def seen() -> list[int]:
        return [Sortie.objects.using(alias).count() for alias in ("default", ALIAS)]

    assert seen() == [2, 2]
    with acting([cast.alm.pk]):
        assert seen() == [1, 1]
        with house_work(HouseWork.COUNTING):
            assert seen() == [2, 2]
        assert seen() == [1, 1]
        connections[ALIAS].close()
        assert seen() == [1, 1]
    with acting():
        assert seen() == [0, 0]
