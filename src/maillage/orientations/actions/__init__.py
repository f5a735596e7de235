"""Every act on an orientation: prepare and send, receive, meet at three, withdraw and close."""

from maillage.orientations.actions.closing import close_due, due_on, late_on, remind_due, withdraw
from maillage.orientations.actions.receiving import (
    accept_orientation,
    decline_orientation,
    reassign_referent,
    record_suite,
    redirect_orientation,
    return_suite,
)
from maillage.orientations.actions.relais import answer_relais, propose_relais
from maillage.orientations.actions.sending import (
    abandon_draft,
    prepare_orientation,
    reassign_porteur,
    send_orientation,
    update_draft,
)

__all__ = [
    "abandon_draft",
    "accept_orientation",
    "answer_relais",
    "close_due",
    "decline_orientation",
    "due_on",
    "late_on",
    "prepare_orientation",
    "propose_relais",
    "reassign_porteur",
    "reassign_referent",
    "record_suite",
    "redirect_orientation",
    "remind_due",
    "return_suite",
    "send_orientation",
    "update_draft",
    "withdraw",
]
