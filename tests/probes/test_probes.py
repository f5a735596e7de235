"""Every address asked by everyone: forbidden reads as absent, what is permitted is given (S-08, S-09)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import time_machine

from tests.cast import build_cast
from tests.probes import table
from tests.probes.people import IN, Who, askers, complete, everyone
from tests.probes.probe import Prober, questions
from tests.probes.seeded import seed
from tests.probes.table import Line

TABLE = table.read()
NOW = "2027-01-12T10:00:00+01:00"
PROBES = 100_000


@pytest.fixture
def prober(db: None, settings: Any) -> Iterator[Prober]:
    """Everyone and one object of each kind, at a fixed moment, as in an installation."""
    settings.MAILLAGE_DEMO = False
    with time_machine.travel(NOW, tick=False):
        cast = build_cast()
        services = complete(cast)
        people = everyone(services)
        yield Prober(seed(cast, people), list(askers(services, people)), services)


@pytest.mark.requirement("S-09", "S-11")
@pytest.mark.parametrize("left", [False, True], ids=["ensemble", "partis"])
def test_forbidden_reads_as_absent_and_nothing_permitted_is_refused(
    prober: Prober, record_property: Any, left: bool
) -> None:
    if left:
        prober.leave()
    for who, line, method in few(prober, Random(left)):
        prober.probe(who, line, method)
    record_property("figures", prober.tally.said())
    conclude(prober)


@pytest.mark.campaign
@pytest.mark.requirement("S-09", "S-11")
def test_a_hundred_thousand_probes(prober: Prober, record_property: Any) -> None:
    random, asked = Random(7), everything(prober)
    for who, line, method in asked:
        if random.random() < share(who, line, method):
            prober.probe(who, line, method)
    prober.leave()
    for who, line, method in asked:
        if still_there(line) and who.state == "actif" and method in line.methods:
            prober.probe(who, line, method)
    record_property("figures", prober.tally.said())
    conclude(prober)
    assert prober.tally.asked >= PROBES


def share(who: Who, line: Line, method: str) -> float:
    """Return how much of these to ask: all that posts let in may call, less of what is refused before."""
    if method not in line.allowed:
        return 0.1
    return 1 if who.state in IN else 0.3


def everything(prober: Prober) -> list[tuple[Who, Line, str]]:
    """Return everything there is to ask, by everyone."""
    return [(who, line, method) for line, method in questions(TABLE) for who in prober.askers]


def few(prober: Prober, random: Random) -> list[tuple[Who, Line, str]]:
    """Return, for each address and method it has, one asker of each kind of answer; a few other methods.

    Who does not reach an object is drawn from two relations; with services that left, what is shared only.
    """
    chosen = []
    for line, method in questions(TABLE):
        if method == "HEAD" or (method not in line.allowed and random.random() > 0.05):
            continue
        if prober.left and not still_there(line):
            continue
        askers = {
            prober.expected(who, line, method): who
            for who in random.sample(prober.askers, len(prober.askers))
        }
        chosen += [(who, line, method) for who in askers.values()]
    return chosen


def still_there(line: Line) -> bool:
    """Say whether to ask again once two services left: the training's cases are judged between two trades."""
    return line.shared and line.view != "formation:cas"


def conclude(prober: Prober) -> None:
    """Fail with each fault, one a line."""
    found = prober.tally
    faults = [f"FUITE {one}" for one in found.leaks] + [f"REFUS {one}" for one in found.refused]
    faults += [f"AUTRE {one}" for one in found.other]
    if faults:
        pytest.fail("\n".join(faults[:60]), pytrace=False)
