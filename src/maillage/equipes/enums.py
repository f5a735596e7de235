"""Closed lists of teams that change."""

from django.db.models import TextChoices


class EtatJournee(TextChoices):
    """Where a shadowing day stands."""

    PROPOSEE = "proposee", "Proposée"
    ACCEPTEE = "acceptee", "Acceptée"
    FAITE = "faite", "Faite"
    ANNULEE = "annulee", "Annulée"


class Moment(TextChoices):
    """Which part of a day a shadowing takes."""

    JOURNEE = "journee", "La journée"
    APRES_MIDI = "apres_midi", "L'après-midi"
    SOIREE = "soiree", "La soirée"
    NUIT = "nuit", "La nuit"
