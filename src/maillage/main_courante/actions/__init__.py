"""Writing in the logbook: notes, outings, place messages, cards given, a service's own lists."""

from maillage.main_courante.actions.listes import EntryChange, configure_list
from maillage.main_courante.actions.messages import (
    MessageData,
    MessageResult,
    answer_message,
    give_contact,
    require_recipient,
    send_message,
)
from maillage.main_courante.actions.notes import (
    NoteResult,
    cancel_note,
    correct_note,
    settle_conflict,
    write_note,
    write_notes,
)
from maillage.main_courante.actions.sorties import end_sortie, start_sortie

__all__ = [
    "EntryChange",
    "MessageData",
    "MessageResult",
    "NoteResult",
    "answer_message",
    "cancel_note",
    "configure_list",
    "correct_note",
    "end_sortie",
    "give_contact",
    "require_recipient",
    "send_message",
    "settle_conflict",
    "start_sortie",
    "write_note",
    "write_notes",
]
