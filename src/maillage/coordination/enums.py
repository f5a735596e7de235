"""Closed lists of the coordination."""

from django.db.models import TextChoices


class GenreContact(TextChoices):
    """Which world a contact of the partnership belongs to."""

    ECOLE = "ecole", "École, collège, lycée"
    PJJ = "pjj", "Protection judiciaire de la jeunesse"
    DEPARTEMENT = "departement", "Département"
    BAILLEUR = "bailleur", "Bailleur, transporteur"
    AUTRE = "autre", "Autre"


class MomentAccueil(TextChoices):
    """The half-day of a visit to a shared house."""

    MATIN = "matin", "Le matin"
    APRES_MIDI = "apres_midi", "L'après-midi"
    SOIR = "soir", "Le soir"


class MotifAccueil(TextChoices):
    """Why someone came to the desk: a list, so that nobody is described."""

    RENSEIGNEMENT = "renseignement", "Un renseignement"
    DEMARCHE = "demarche", "Une démarche, un papier"
    MEDIATION = "mediation", "Voir la médiation"
    EDUCATEURS = "educateurs", "Voir les éducateurs"
    ATELIER = "atelier", "Un atelier, une activité"
    AUTRE = "autre", "Autre chose"
