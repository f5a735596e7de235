"""Closed lists of the coordination."""

from django.db.models import TextChoices


class GenreContact(TextChoices):
    """Which world a contact of the partnership belongs to."""

    ECOLE = "ecole", "École, collège, lycée"
    PJJ = "pjj", "Protection judiciaire de la jeunesse"
    DEPARTEMENT = "departement", "Département"
    BAILLEUR = "bailleur", "Bailleur, transporteur"
    AUTRE = "autre", "Autre"
