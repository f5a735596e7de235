"""Closed lists of the round: what a consigne asks for, and where a technical report stands."""

from django.db.models import TextChoices


class Geste(TextChoices):
    """What one team asks of the next about a place."""

    PASSER = "passer", "Passer voir"
    ATTENTION = "attention", "Rester attentif"
    FETE = "fete", "Fête de quartier : passer dire bonjour"
    SAVOIR = "savoir", "Bon à savoir"


class EtatSignalement(TextChoices):
    """Where a technical report stands; each state follows from its dates."""

    ENVOYE = "envoye", "Envoyé"
    RECU = "recu", "Reçu"
    PREVU = "prevu", "Réparation prévue"
    REPARE = "repare", "Réparé"
