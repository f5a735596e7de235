"""Acts about persons: the only way for the rooms above to write in `dossiers`."""

from maillage.sharing.persons.accompagnements import (
    close_accompagnement,
    hand_over,
    note_contact,
    note_family_meeting,
    open_accompagnement,
    record_adhesion,
)
from maillage.sharing.persons.accords import (
    ask_confidence,
    lift_confidence,
    record_accord,
    record_information,
    record_notice,
)
from maillage.sharing.persons.familles import join_family, leave_family, relatives
from maillage.sharing.persons.oriented import (
    ORIENTED_DAYS,
    bring_forward_erasure,
    erase_oriented,
    register_oriented,
    update_oriented,
)

__all__ = [
    "ORIENTED_DAYS",
    "ask_confidence",
    "bring_forward_erasure",
    "close_accompagnement",
    "erase_oriented",
    "hand_over",
    "join_family",
    "leave_family",
    "lift_confidence",
    "note_contact",
    "note_family_meeting",
    "open_accompagnement",
    "record_accord",
    "record_adhesion",
    "record_information",
    "record_notice",
    "register_oriented",
    "relatives",
    "update_oriented",
]
