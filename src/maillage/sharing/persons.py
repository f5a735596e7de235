"""Acts about persons: the only way for the rooms above to write in `dossiers`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from datetime import date

    from maillage.comptes.acteur import Acteur
    from maillage.directory.models import Poste, Service
    from maillage.sharing.views import TakenUp


def register_oriented(*, by: Acteur, appellation: str, contact: str, besoin: str, tranche_age: str) -> UUID:
    """Keep what an orientation may hold of a person, for three months at most; return its id.

    Raises BadAnswer, ReadOnly, NotVisible (a post that meets nobody).
    """
    raise NotImplementedError


def update_oriented(
    *, by: Acteur, personne: UUID, appellation: str, contact: str, besoin: str, tranche_age: str
) -> None:
    """Correct it. Raises NotVisible, BadAnswer, ReadOnly."""
    raise NotImplementedError


def record_accord(
    *,
    by: Acteur,
    personne: UUID,
    portee: str,
    destinataire: Service,
    donneur: str,
    etat: str,
    forme: str = "orale",
    lien: str | None = None,
) -> None:
    """Add one event to an agreement to one exchange; the latest per giver counts.

    Raises NotVisible, BadAnswer (a holder without tie, a value outside its list), ReadOnly.
    """
    raise NotImplementedError


def record_notice(*, by: Acteur, personne: UUID, forme: str = "orale") -> None:
    """Note that the person was told who holds what, why, for whom, and their rights (RGPD 13, 14)."""
    raise NotImplementedError


def record_information(*, by: Acteur, personne: UUID, etat: str, raison: str = "") -> None:
    """Note the notice that L. 226-2-2 owes: faite, or dispense_interet_enfant with its reason."""
    raise NotImplementedError


def record_adhesion(
    *,
    by: Acteur,
    accompagnement: UUID,
    donneur: str,
    etat: str,
    forme: str = "orale",
    lien: str | None = None,
) -> None:
    """Add one event to a free agreement to be supported. Raises NotVisible, BadAnswer, ReadOnly."""
    raise NotImplementedError


def open_accompagnement(
    *,
    by: Acteur,
    pseudonyme: str,
    tranche_age: str,
    origine: str,
    contact: str = "",
    besoin: str = "",
    referent: Poste | None = None,
) -> TakenUp:
    """Open a support in a prevention service, under pseudonym; the référent is `by` unless named.

    Raises NotVisible (a service that holds no accompagnement), BadAnswer, ReadOnly.
    """
    raise NotImplementedError


def assign_referent(*, by: Acteur, accompagnement: UUID, referent: Poste) -> None:
    """Hand the support over: one référent at a time, with history. Raises NotVisible, BadAnswer."""
    raise NotImplementedError


def note_contact(*, by: Acteur, accompagnement: UUID, le: date) -> None:
    """Note the day of the last contact by the person, which restarts the retention clock."""
    raise NotImplementedError


def close_accompagnement(*, by: Acteur, accompagnement: UUID, motif: str) -> None:
    """End the support today. Raises NotVisible, BadAnswer, NotNow (already ended)."""
    raise NotImplementedError
