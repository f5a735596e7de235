"""Closed lists of the administration."""

from django.db.models import TextChoices


class Objet(TextChoices):
    """What a change was made on."""

    TERRITOIRE = "territoire", "Territoire"
    SERVICE = "service", "Service"
    LIEU = "lieu", "Lieu"
    PARTENARIAT = "partenariat", "Partenariat"
    POSTE = "poste", "Poste"
    COMPTE = "compte", "Compte"
    LISTE = "liste", "Mots d'une équipe"
    CONSERVATION = "conservation", "Conservation"


class GenreDemande(TextChoices):
    """What waits for a second administrator."""

    POSTE = "poste", "Un poste et son invitation"
    RETOUR = "retour", "Réinviter une personne qui a tout perdu"
    PARTICIPATION = "participation", "Un service de plus dans un partenariat"
    CONSERVATION = "conservation", "Garder moins, ou plus, longtemps"


class EtatDemande(TextChoices):
    """Where such a request stands."""

    ATTEND = "attend", "Attend une seconde personne"
    CONFIRMEE = "confirmee", "Confirmée"
    ECARTEE = "ecartee", "Écartée"
