"""Unattended work is done once per period, by whoever lives long enough to do it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from maillage.base import clock
from maillage.operations.jobs import LEASE, TRIES, Job, daily, quarterly, run_due, stuck
from maillage.operations.models import Travail

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)


class Killed(BaseException):
    """The worker dies: nothing after this line runs."""


def counting(done: list[str], name: str = "conservation") -> Job:
    return Job(name, daily(4), lambda: done.append(name))


def test_once_a_day() -> None:
    done: list[str] = []
    with time_machine.travel(NOON, tick=False) as moved:
        assert run_due([counting(done)]).faits == ("conservation",)
        assert run_due([counting(done)]).faits == ()
        moved.shift(timedelta(days=1))
        assert run_due([counting(done)]).faits == ("conservation",)
    assert done == ["conservation"] * 2


def test_before_its_hour_a_daily_job_is_yesterdays() -> None:
    paris = datetime(2026, 11, 27, 3, 59, tzinfo=clock.PARIS)
    assert (daily(4)(paris), daily(4)(paris + timedelta(minutes=1))) == ("2026-11-26", "2026-11-27")
    assert quarterly(paris) == "2026-11-27T03:45"


@pytest.mark.requirement("S-38")
def test_a_killed_worker_s_job_is_taken_over_after_the_lease() -> None:
    def die() -> None:
        raise Killed

    done: list[str] = []
    with time_machine.travel(NOON, tick=False) as moved:
        with pytest.raises(Killed):
            run_due([Job("conservation", daily(4), die)])
        assert run_due([counting(done)]).faits == ()
        moved.shift(LEASE + timedelta(seconds=1))
        assert run_due([counting(done)]).faits == ("conservation",)
    assert (done, Travail.objects.get().essais) == (["conservation"], 2)


def test_a_failure_stops_no_other_job_and_is_tried_again() -> None:
    def fail() -> None:
        raise OSError("un nom qui ne doit pas rester")

    done: list[str] = []
    with time_machine.travel(NOON, tick=False) as moved:
        for _ in range(TRIES):
            result = run_due([Job("avis", daily(4), fail), counting(done)])
            assert result.echecs == ("avis",)
            moved.shift(LEASE)
        assert run_due([Job("avis", daily(4), fail)]).echecs == ()
        assert [row.erreur for row in stuck()] == ["OSError"]
    assert done == ["conservation"]


def test_a_job_held_by_another_is_left() -> None:
    with time_machine.travel(NOON, tick=False):
        Travail.objects.create(
            nom="conservation",
            periode=daily(4)(clock.now()),
            essais=1,
            commence_le=clock.now(),
            bail=clock.now() + timedelta(seconds=1),
        )
        assert run_due([counting([])]).faits == ()
