"""Closed lists of the teams."""

from django.db.models import TextChoices


class Carte(TextChoices):
    """The cards of the path of arrival, in the order one reads them; the charters come after."""

    EQUIPES = "equipes", "Avec qui vous travaillez"
    CONVENTION = "convention", "Ce que les deux services ont écrit"
    LECTURES = "lectures", "Comment le droit est lu ici"
    PERSONNE = "personne", "D'un lieu, ou de quelqu'un"
