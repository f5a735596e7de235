"""Why an answer is not taken; each message is one French sentence that a screen may show."""


class EnqueteError(Exception):
    """What was sent cannot be taken (422)."""


class AlreadyAnswered(EnqueteError):
    """This person already answered this wave, or the wave is closed (409)."""
