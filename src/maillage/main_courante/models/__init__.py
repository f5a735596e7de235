"""Tables of the logbook, of what one team tells another, and of what others ask of a place."""

from maillage.main_courante.models.carnet import (
    AdresseAvis,
    AvisDuJour,
    CompteRendu,
    Consigne,
    ContactDonne,
    Correspondance,
    EnveloppeDeposee,
    Guichet,
    MessageDeLieu,
    Note,
    NoteEnConflit,
    ReponseMessage,
    Signalement,
    Sortie,
    Vocabulaire,
)
from maillage.main_courante.models.demandes import DemandeDeLieu

__all__ = [
    "AdresseAvis",
    "AvisDuJour",
    "CompteRendu",
    "Consigne",
    "ContactDonne",
    "Correspondance",
    "DemandeDeLieu",
    "EnveloppeDeposee",
    "Guichet",
    "MessageDeLieu",
    "Note",
    "NoteEnConflit",
    "ReponseMessage",
    "Signalement",
    "Sortie",
    "Vocabulaire",
]
