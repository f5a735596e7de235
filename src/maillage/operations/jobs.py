"""Doing the unattended work once, even when the worker is killed in the middle.

A job is a callable that may be run again without harm. Its row is taken with a lease: nobody else
runs it meanwhile, and when the lease passes without an end, the next worker takes it over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from maillage.base import clock
from maillage.operations.models import Travail

LEASE = timedelta(minutes=15)
RETRY_AFTER = timedelta(minutes=5)
TRIES = 5
KEPT = timedelta(days=60)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One piece of work: its name, the period a moment belongs to, what to do."""

    nom: str
    periode: Callable[[datetime], str]
    faire: Callable[[], object]


@dataclass(frozen=True)
class Done:
    """What one pass did: names of the jobs finished, and of those that failed."""

    faits: tuple[str, ...]
    echecs: tuple[str, ...]


def daily(at: int) -> Callable[[datetime], str]:
    """Return the period of a job done once a day, from that hour on (before it: yesterday's)."""

    def period(moment: datetime) -> str:
        day: date = (moment.astimezone(clock.PARIS) - timedelta(hours=at)).date()
        return day.isoformat()

    return period


def quarterly(moment: datetime) -> str:
    """Return the period of a job done every quarter of an hour."""
    here = moment.astimezone(clock.PARIS)
    return f"{here:%Y-%m-%dT%H:}{here.minute // 15 * 15:02d}"


def run_due(jobs: Sequence[Job]) -> Done:
    """Do each job whose period is not done yet; a failure stops neither the others nor a later try."""
    finished: list[str] = []
    failed: list[str] = []
    for job in jobs:
        row = _take(job, clock.now())
        if row is not None:
            (finished if _work(job, row) else failed).append(job.nom)
    Travail.objects.filter(fini_le__lt=clock.now() - KEPT).delete()
    return Done(tuple(finished), tuple(failed))


def stuck() -> QuerySet[Travail]:
    """Return the jobs that nobody will finish by themselves: tried too often, or held long past the lease."""
    late = clock.now() - 4 * LEASE
    return Travail.objects.filter(fini_le=None).filter(Q(essais__gte=TRIES) | Q(bail__lt=late))


def _take(job: Job, now: datetime) -> Travail | None:
    """Take the job's row for this period, or None when it is done, held by another, or hopeless."""
    row, fresh = Travail.objects.get_or_create(
        nom=job.nom,
        periode=job.periode(now),
        defaults={"essais": 1, "commence_le": now, "bail": now + LEASE},
    )
    if fresh:
        return row
    if row.fini_le is not None or row.bail > now or row.essais >= TRIES:
        return None
    taken = Travail.objects.filter(pk=row.pk, bail=row.bail, fini_le=None).update(
        bail=now + LEASE, commence_le=now, essais=row.essais + 1
    )
    return row if taken else None


def _work(job: Job, row: Travail) -> bool:
    mine = Travail.objects.filter(pk=row.pk)
    try:
        job.faire()
    except Exception as error:
        # One job's failure must not stop the others: its kind is kept, `doctor` shows it.
        _log.exception("travail en échec")
        mine.update(erreur=type(error).__name__, bail=clock.now() + RETRY_AFTER)
        return False
    mine.update(fini_le=clock.now(), erreur="")
    return True
