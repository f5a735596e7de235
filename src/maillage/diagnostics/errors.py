"""Why a diagnosis is not written; each message is one French sentence that a screen may show."""


class DiagnosticError(Exception):
    """What was asked cannot be done."""


class NotYet(DiagnosticError):
    """It does not fit the present state: unsigned, changed in between, overlapping (409)."""
