"""Whose evening a moment belongs to, and in which slot of the day it falls."""

from datetime import date, datetime, timedelta

from maillage.base.clock import PARIS
from maillage.directory.enums import Role

NOON = 12
NIGHT_ENDS = 5
# Upper hour of each slot; what starts after midnight is the deep night.
_SLOTS = (
    (NIGHT_ENDS, "nuit_profonde"),
    (11, "matin"),
    (14, "midi"),
    (16, "apres_midi"),
    (18, "sortie_ecole"),
    (21, "soiree"),
    (24, "nuit"),
)
# The slots in the order a working day lives them: the night ends after midnight.
SLOT_ORDER = ("matin", "midi", "apres_midi", "sortie_ecole", "soiree", "nuit", "nuit_profonde")


def work_day(moment: datetime, role: str) -> date:
    """Return the day of work a moment belongs to.

    A night crosses midnight: for correspondants de nuit it lasts until noon the next day, for the
    others until five in the morning.
    """
    local = moment.astimezone(PARIS)
    limit = NOON if role == Role.CORRESPONDANT_DE_NUIT else NIGHT_ENDS
    return local.date() - timedelta(days=1) if local.hour < limit else local.date()


def slot(moment: datetime) -> str:
    """Return the code of the slot a moment falls in."""
    hour = moment.astimezone(PARIS).hour
    return next(code for limit, code in _SLOTS if hour < limit)
