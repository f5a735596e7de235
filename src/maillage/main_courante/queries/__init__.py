"""Reading the logbook: one's own service's notes, place messages of one's partnerships."""

from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.messages import (
    Destinataire,
    MessageLine,
    Unanswered,
    contacts_by_place,
    destinataires,
    message_of,
    messages_received,
    messages_sent,
    unanswered,
)
from maillage.main_courante.queries.notes import (
    ConflictView,
    NoteLine,
    NoteSheet,
    PageOfNotes,
    may_correct,
    note_of,
    notes_of_service,
    open_conflicts,
    read_note,
    recent_places,
)
from maillage.main_courante.queries.nuit import NightReport, latest_day, night_report
from maillage.main_courante.queries.sorties import colleagues, current_sortie, recent_sorties

__all__ = [
    "ConflictView",
    "Destinataire",
    "MessageLine",
    "NightReport",
    "NoteLine",
    "NoteSheet",
    "PageOfNotes",
    "Unanswered",
    "colleagues",
    "contacts_by_place",
    "current_sortie",
    "destinataires",
    "latest_day",
    "listes_of",
    "may_correct",
    "message_of",
    "messages_received",
    "messages_sent",
    "night_report",
    "note_of",
    "notes_of_service",
    "open_conflicts",
    "read_note",
    "recent_places",
    "recent_sorties",
    "unanswered",
]
