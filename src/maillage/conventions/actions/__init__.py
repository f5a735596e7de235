"""Every write of the partnership: readings, the convention's workshop and signature, charters."""

from maillage.conventions.actions.atelier import (
    amend_clause,
    open_workshop,
    propose_clause,
    vote_clause,
    withdraw_clause,
)
from maillage.conventions.actions.chartes import publish_charter, sign_charter
from maillage.conventions.actions.formes import end_title, record_form, record_title
from maillage.conventions.actions.lectures import (
    LONGEST,
    REASON_MAX,
    propose_reading,
    set_aside_reading,
    sign_reading,
)
from maillage.conventions.actions.numerisations import attach_scan, open_scan, withdraw_scan
from maillage.conventions.actions.signature import reopen_text, settle_text, sign_convention

__all__ = [
    "LONGEST",
    "REASON_MAX",
    "amend_clause",
    "attach_scan",
    "end_title",
    "open_scan",
    "open_workshop",
    "propose_clause",
    "propose_reading",
    "publish_charter",
    "record_form",
    "record_title",
    "reopen_text",
    "set_aside_reading",
    "settle_text",
    "sign_charter",
    "sign_convention",
    "sign_reading",
    "vote_clause",
    "withdraw_clause",
    "withdraw_scan",
]
