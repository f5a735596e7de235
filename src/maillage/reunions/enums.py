"""Closed lists of meetings."""

from django.db.models import TextChoices


class GenreReunion(TextChoices):
    """What kind of meeting it is; the rhythm of the partnership holds for `PERIODIQUE` alone."""

    PERIODIQUE = "periodique", "Réunion du partenariat"
    TERRAIN = "terrain", "Rencontre de terrain"
    GROUPE = "groupe", "Groupe de travail, sans fichier"


class EtatReunion(TextChoices):
    """Where a meeting stands."""

    PREVUE = "prevue", "Prévue"
    TENUE = "tenue", "Tenue"
    ANNULEE = "annulee", "Annulée"


class MotifReport(TextChoices):
    """Why a meeting was postponed: a list, so that nobody is named in passing."""

    ABSENCES = "absences", "Une des équipes ne peut pas venir"
    EVENEMENT = "evenement", "Un événement dans le quartier"
    SALLE = "salle", "Pas de salle"
    AUTRE = "autre", "Autre raison"


class EtatDecision(TextChoices):
    """Where a decision stands."""

    A_FAIRE = "a_faire", "À faire"
    EN_COURS = "en_cours", "En cours"
    A_REPRENDRE = "a_reprendre", "À reprendre"
    FAITE = "faite", "Faite"
    ABANDONNEE = "abandonnee", "Abandonnée"


OPEN_DECISIONS = (EtatDecision.A_FAIRE, EtatDecision.EN_COURS, EtatDecision.A_REPRENDRE)
