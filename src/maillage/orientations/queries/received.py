"""The receiving service's face."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.orientations.faces import ReceivedFace, ReceivedLine


def received_list(
    acteur: Acteur, *, a_voir: bool = False, limit: int = 50, offset: int = 0
) -> list[ReceivedLine]:
    """Return what my service received, newest first (`a_voir`: only what waits for an answer)."""
    raise NotImplementedError


def received_face(acteur: Acteur, identifiant: UUID) -> ReceivedFace:
    """Return one orientation as my service lives it; leaves one ledger line.

    Raises NotVisible.
    """
    raise NotImplementedError
