"""Acts about persons: the only way for the rooms above to write in `dossiers`."""

from maillage.sharing.persons.accompagnements import (
    assign_referent,
    close_accompagnement,
    note_contact,
    open_accompagnement,
    record_adhesion,
)
from maillage.sharing.persons.accords import record_accord, record_information, record_notice
from maillage.sharing.persons.oriented import (
    ORIENTED_DAYS,
    bring_forward_erasure,
    erase_oriented,
    register_oriented,
    update_oriented,
)

__all__ = [
    "ORIENTED_DAYS",
    "assign_referent",
    "bring_forward_erasure",
    "close_accompagnement",
    "erase_oriented",
    "note_contact",
    "open_accompagnement",
    "record_accord",
    "record_adhesion",
    "record_information",
    "record_notice",
    "register_oriented",
    "update_oriented",
]
