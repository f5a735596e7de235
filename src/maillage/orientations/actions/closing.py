"""How an orientation ends: withdrawal at once, the date fixed at sending whatever happened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.sharing.enums import Donneur
    from maillage.orientations.models import Orientation, Relance


def withdraw(*, orientation: Orientation, by: Acteur, donneur: Donneur | str, lien: str = "") -> Orientation:
    """End everything that rests on the accord, on both faces, in one transaction.

    `donneur` is jeune or titulaire (then `lien` says which). Withdrawing twice is harmless.
    Raises NotVisible, ReadOnly, NotNow (a draft: give it up instead).
    """
    raise NotImplementedError


def close_due(on: date) -> int:
    """Close every orientation whose fixed date has come and erase the sender's data; return how many."""
    raise NotImplementedError


def remind_due(on: date) -> list[Relance]:
    """Remind each receiving service once a day of what it has not answered in time."""
    raise NotImplementedError
