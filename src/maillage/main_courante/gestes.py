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


class Motif(TextChoices):
    """Why a town hall, a bailleur, a parent relais or a reception asks a team to look at a place."""

    OCCUPATION = "occupation", "Occupation de hall ou de partie commune"
    REGROUPEMENT = "regroupement", "Regroupement"
    BRUIT = "bruit", "Bruit"
    TENSION = "tension", "Tension entre usagers du lieu"
    ABORDS = "abords", "Abords d'une école, d'un collège"
    PRESENCE = "presence", "Une présence serait utile"
    FETE = "fete", "Fête ou rencontre à venir"


class SuiteDemande(TextChoices):
    """What a team answers to a request about a place."""

    ON_PASSE = "on_passe", "On passe"
    PASSAGES = "passages", "Voici nos passages"
    PAS_POUR_NOUS = "pas_pour_nous", "Pas pour nous"
