"""The sender's acts: prepare, correct, send, hand over, give up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.conventions.models import Partenariat
    from maillage.directory.models import Poste, Service
    from maillage.orientations.faces import Answers
    from maillage.orientations.models import Orientation


def prepare_orientation(
    *,
    by: Acteur,
    partenariat: Partenariat,
    destinataire: Service,
    answers: Answers,
    identifiant: UUID | None = None,
) -> Orientation:
    """Keep a draft: the oriented person, the accords heard, nobody told yet.

    `identifiant` is chosen by the form, so that a double click keeps one draft. Raises
    NotVisible (a service that is no partner), BadAnswer (nothing to find the person by, one's
    own service), ReadOnly.
    """
    raise NotImplementedError


def update_draft(*, orientation: Orientation, by: Acteur, version: int, answers: Answers) -> Orientation:
    """Correct a draft; an accord that changed becomes one more event.

    Raises NotVisible, Stale (someone corrected it meanwhile), NotNow (already sent), BadAnswer.
    """
    raise NotImplementedError


def send_orientation(*, orientation: Orientation, by: Acteur, version: int) -> Orientation:
    """Send a draft: the law is asked on the saved facts, delivery is immediate, the end is dated.

    Sending twice sends once. Raises NotVisible, Stale, NotNow (given up, out of age or area),
    Withheld (recorded: nothing left).
    """
    raise NotImplementedError


def abandon_draft(*, orientation: Orientation, by: Acteur) -> None:
    """Give up a draft: what it said of the person is erased at once.

    Raises NotVisible, NotNow (already sent).
    """
    raise NotImplementedError


def reassign_porteur(*, orientation: Orientation, by: Acteur, porteur: Poste) -> Orientation:
    """Hand the orientation to a colleague of the sending service, after a departure for instance.

    Raises NotVisible, BadAnswer (the post is not of this service or has ended).
    """
    raise NotImplementedError
