"""Why the door stays closed. Each message is one French sentence that a screen may show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.sharing.models import Echange


class SharingError(Exception):
    """Anything the door refuses; `str(error)` is one clear French sentence."""


class NotVisible(SharingError):
    """Absent or forbidden, which look the same (404)."""

    def __init__(self, message: str = "Cette page n'existe pas, ou plus.") -> None:
        """Say nothing more than a missing page would."""
        super().__init__(message)


class ReadOnly(SharingError):
    """The post may read and not write (403)."""

    def __init__(self, message: str = "Votre poste permet de lire, pas d'écrire.") -> None:
        """Keep one sentence for every refusal of writing."""
        super().__init__(message)


class Stale(SharingError):
    """Someone changed the same thing in between: nothing was written (409)."""

    def __init__(
        self, message: str = "Cette page a changé entre-temps : relisez-la avant d'envoyer."
    ) -> None:
        """Keep one sentence for every stale form."""
        super().__init__(message)


class NotNow(SharingError):
    """The act does not fit the present state, an orientation already closed for instance (409)."""


class NotArrived(NotNow):
    """The post has not signed the charters, or not finished the path of arrival: nothing about a person."""

    def __init__(
        self,
        message: str = "Pas encore : rien ne s'échange au sujet d'une personne avant la fin du parcours "
        "d'arrivée et la signature des chartes. D'ici là vous observez, vous notez, et le danger se "
        "signale comme toujours.",
    ) -> None:
        """Keep one sentence for every screen that meets this door."""
        super().__init__(message)


class BadAnswer(SharingError):
    """An answer is missing or absurd (422); `champ` names the field."""

    def __init__(self, champ: str, message: str) -> None:
        """Name the field beside the sentence."""
        super().__init__(message)
        self.champ = champ


class Withheld(SharingError):
    """The law does not let it out today: the attempt is recorded, nothing was sent.

    `echange` holds the case, the verdict and what is missing.
    """

    def __init__(self, echange: Echange) -> None:
        """Carry the recorded exchange, whose verdict explains the refusal."""
        super().__init__("Le droit ne permet pas cet envoi en l'état : rien n'est parti.")
        self.echange = echange
