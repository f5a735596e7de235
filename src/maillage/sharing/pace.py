"""Reading many people's sheets slows down and is told to the officer; nobody is ever refused (S-36).

Counted by account, whatever the screen or the service's phone: an account left open, or a curiosity,
shows as sheets opened faster than anyone reads them. The answer waits a little longer each time.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.comptes.throttle import reading_count, tally

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# Sheets read in ten minutes: as many as nobody needs, then the alarm, before the sixtieth.
FREE, ALARM = 45, 55
STEP_SECONDS, LONGEST_SECONDS = 0.1, 2.0
# An orientation's sheet already counts for the person it shows.
SHEETS = frozenset({"orientation", "accompagnement", "personne"})

_owed: ContextVar[float] = ContextVar("lecture_en_nombre", default=0.0)


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
    _owed.set(min(max(number - FREE, 0) * STEP_SECONDS, LONGEST_SECONDS))


def wait_owed() -> float:
    """Return how many seconds the present answer must wait, and forget it."""
    seconds = _owed.get()
    _owed.set(0.0)
    return seconds
