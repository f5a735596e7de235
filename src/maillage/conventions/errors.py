"""Why an act on a partnership is refused. Each message is one French sentence that a screen may show."""

from __future__ import annotations


class ConventionError(Exception):
    """Anything a partnership's act refuses."""


class NotYours(ConventionError):
    """Not one's partnership, or not one's part in it: absent and forbidden look the same (404)."""


class CannotWrite(ConventionError):
    """The post may read and not write (403)."""


class NotNow(ConventionError):
    """The act does not fit the present state (409)."""


class BadAnswer(ConventionError):
    """An answer is missing or absurd (422); `champ` names the field."""

    def __init__(self, champ: str, message: str) -> None:
        """Name the field beside the sentence."""
        super().__init__(message)
        self.champ = champ


class StaleClause(NotNow):
    """Someone amended the clause meanwhile (409): `kept` is the text recorded, `typed` the one refused."""

    def __init__(self, *, kept: str, typed: str) -> None:
        """Carry both texts, so that neither is lost."""
        super().__init__("Cette clause a changé pendant que vous écriviez. Rien n'a été remplacé.")
        self.kept = kept
        self.typed = typed
