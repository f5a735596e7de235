"""One line of the first screen, and how pressing it is."""

from __future__ import annotations

from dataclasses import dataclass

LATE, OWED, USEFUL = 0, 1, 2


@dataclass(frozen=True)
class Item:
    """One line: what, by when or why, where it leads; `urgence` 0 is late, 1 owed, 2 useful."""

    titre: str
    detail: str
    url: str
    urgence: int
    icone: str
