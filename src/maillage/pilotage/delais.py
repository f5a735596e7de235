"""What a rule of work would have met in the year gone by: rounded, so that no answer is found again."""

from __future__ import annotations

from datetime import timedelta

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.conventions.regles import longest_closing
from maillage.pilotage.echanges import decisions_between
from maillage.reunions.enums import GenreReunion
from maillage.reunions.queries import meetings_held

YEAR = timedelta(days=365)
# Below this, a tenth would be one or two orientations.
FEWEST = 20


def answered_within(partenariat: Partenariat, days: int) -> int | None:
    """Return how many orientations out of ten were answered within so many days, over a settled year.

    Only those whose fixed end is past count, both trades together. None below twenty of them.
    """
    today = clock.today()
    until = today - timedelta(days=longest_closing(partenariat, today - 2 * YEAR, today) + 1)
    services = {one.pk for one in members(partenariat, today)}
    sent = decisions_between(partenariat, until - YEAR, until, services)
    if len(sent) < FEWEST:
        return None
    met = sum(one.repondu is not None and (one.repondu - one.le).days <= days for one in sent)
    return round(10 * met / len(sent))


def meetings_at(partenariat: Partenariat, weeks: int) -> tuple[int, int]:
    """Return how many meetings of the partnership were held in a year, and how many the rhythm asks."""
    today = clock.today()
    held = [
        row for row in meetings_held(partenariat, today - YEAR, today) if row.genre == GenreReunion.PERIODIQUE
    ]
    return len(held), YEAR.days // (7 * weeks)
