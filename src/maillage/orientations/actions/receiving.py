"""The receiving service's acts. None of them writes a row that the sender's face reads, returns apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.directory.models import Service
    from maillage.orientations.enums import MotifDecline, MotifReorientation, Suite
    from maillage.orientations.faces import Accepted, AlreadyTaken
    from maillage.orientations.models import Orientation, Relais, Retour, SuiteInterne


def accept_orientation(*, orientation: Orientation, by: Acteur) -> Accepted | AlreadyTaken:
    """Take it: one conditional update, one winner, who becomes référent (S-30).

    Taking it twice oneself is harmless. Raises NotVisible, ReadOnly, NotNow (closed, declined).
    """
    raise NotImplementedError


def decline_orientation(*, orientation: Orientation, by: Acteur, motif: MotifDecline) -> None:
    """Decline with a coded reason, kept inside the receiving service.

    Raises NotVisible, ReadOnly, NotNow (already decided or closed).
    """
    raise NotImplementedError


def redirect_orientation(
    *, orientation: Orientation, by: Acteur, motif: MotifReorientation, vers: Service | None
) -> None:
    """Note that another service is better placed; nothing is sent to it.

    Raises NotVisible, ReadOnly, NotNow.
    """
    raise NotImplementedError


def record_suite(*, orientation: Orientation, by: Acteur, code: Suite) -> SuiteInterne:
    """Note what followed, inside the receiving service only.

    Raises NotVisible, ReadOnly, NotNow (not accepted).
    """
    raise NotImplementedError


def return_suite(
    *, orientation: Orientation, by: Acteur, code: Suite, relais: Relais | None = None
) -> Retour:
    """Let a suite come back to the sender, if the law permits it today: a code, never a text.

    Without `relais`, RETOUR-CONVENU must hold (reading, clause, accords to this return); with a
    relais that was held, the person spoke there. Raises NotVisible, ReadOnly, NotNow (not
    accepted, closed), Withheld (recorded in the receiving service only).
    """
    raise NotImplementedError
