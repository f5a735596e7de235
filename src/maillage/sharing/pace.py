"""Reading many people's sheets slows down and is told to the officer; nobody is ever refused (S-36).

Counted by account, whatever the screen or the service's phone: an account left open, or a curiosity,
shows as sheets opened faster than anyone reads them. The answer waits a little longer each time.
An answer that waits holds one of the server's threads: few may at once, so that nobody stops the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.comptes.throttle import reading_count, tally

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# Sheets read in ten minutes: as many as nobody needs, then the alarm, before the sixtieth.
FREE, ALARM = 45, 55
STEP_SECONDS, LONGEST_SECONDS = 0.1, 2.0
# Answers that wait at once in this process, of the eight threads of `cli.serve`; one for an account.
WAITING_AT_ONCE = 3
# An orientation's sheet already counts for the person it shows.
SHEETS = frozenset({"orientation", "accompagnement", "personne"})


@dataclass(frozen=True)
class Wait:
    """What the present answer owes: `seconds`, by the account that read."""

    compte: str
    seconds: float


NOTHING = Wait("", 0.0)
_owed: ContextVar[Wait] = ContextVar("lecture_en_nombre", default=NOTHING)
_waiting: set[str] = set()
_lock = Lock()


def count_reading(by: Acteur, genre: str) -> None:
    """Count a sheet read, in the reading's own transaction; the fifty-fifth leaves an alert, once."""
    if genre not in SHEETS:
        return
    number = tally(reading_count(str(by.compte_id)))
    if number == ALARM:
        record(
            chaine=by.service.pk,
            acte=Acte.ALERTE,
            acteur=by.professionnel_id,
            objet_genre="lecture",
            detail={"fiches": number, "minutes": 10},
        )
    seconds = min(max(number - FREE, 0) * STEP_SECONDS, LONGEST_SECONDS)
    _owed.set(Wait(str(by.compte_id), seconds))


def wait_owed() -> Wait:
    """Return what the present answer owes, and forget it."""
    owed = _owed.get()
    _owed.set(NOTHING)
    return owed


@contextmanager
def place_to_wait(compte: str) -> Iterator[bool]:
    """Tell whether an answer to this account may wait now, and hold its place meanwhile.

    False when another of its answers waits already, or when enough threads of this process do.
    """
    with _lock:
        taken = compte not in _waiting and len(_waiting) < WAITING_AT_ONCE
        if taken:
            _waiting.add(compte)
    try:
        yield taken
    finally:
        if taken:
            with _lock:
                _waiting.discard(compte)
