"""The sender's face. No query here touches `Reception`, `SuiteInterne` or `Relance`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.orientations.faces import SentFace, SentLine


def sent_list(acteur: Acteur, *, limit: int = 50, offset: int = 0) -> list[SentLine]:
    """Return my service's drafts and sent orientations, newest first; leaves one ledger line."""
    raise NotImplementedError


def sent_face(acteur: Acteur, identifiant: UUID) -> SentFace:
    """Return what my service may read of one orientation it sent; leaves one ledger line.

    Raises NotVisible.
    """
    raise NotImplementedError
