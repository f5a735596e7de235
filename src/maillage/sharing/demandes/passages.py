"""A passage of what is held, and the heading it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maillage.base import clock


@dataclass(frozen=True)
class Passage:
    """One thing held: `cle` names it for a decision, `texte` says it.

    `objet` is the heading a minor may ask not to tell a parent; `reserves` why it waits for a decision
    whoever asks (codes of MotifReserve); `tiers` is the tie of another holder it is about; `soi` keeps it
    from every holder.
    """

    cle: str
    libelle: str
    texte: str
    le: date | None = None
    objet: str = ""
    reserves: tuple[str, ...] = ()
    tiers: str = ""
    soi: bool = False


@dataclass(frozen=True)
class Rubrique:
    """A heading and its passages, oldest first."""

    titre: str
    passages: Sequence[Passage]


def day(moment: datetime | date | None) -> date | None:
    """Return the day of a moment in Paris, a day as it is."""
    return clock.day_of(moment) if isinstance(moment, datetime) else moment


def said(moment: datetime | date | None) -> str:
    """Write a day in figures, nothing when there is none."""
    found = day(moment)
    return f"{found:%d/%m/%Y}" if found else ""


def span(debut: datetime | date, fin: datetime | date | None) -> str:
    """Write « du … au … », or « depuis le … »."""
    return f"du {said(debut)} au {said(fin)}" if fin else f"depuis le {said(debut)}"
