"""What passes the door, and what closes it: exchanges, openings, withdrawals, dangers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.sharing.models import Tache, TransmissionDanger


def record_danger(*, by: Acteur, destinataire: str, personne: UUID | None = None) -> TransmissionDanger:
    """Note that a danger was passed on: when and to whom (sharing.enums.DestinataireDanger), never what.

    Behind no accord. Raises BadAnswer (a recipient outside the list), NotVisible (not my person).
    """
    raise NotImplementedError


def acknowledge_danger(*, by: Acteur, transmission: UUID) -> None:
    """Note that the recipient acknowledged. Raises NotVisible."""
    raise NotImplementedError


def complete_task(*, by: Acteur, tache: Tache) -> None:
    """Note that an obligation (or the receipt of a withdrawal) is done. Raises NotVisible."""
    raise NotImplementedError
