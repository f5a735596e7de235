"""Who rates, who answers."""

from django.db.models import TextChoices


class GenreAvis(TextChoices):
    """The two rounds of a yearly evaluation, one after the other."""

    EQUIPE = "equipe", "Feuille d'équipe"
    DIRECTION = "direction", "Note de direction"


class Entourage(TextChoices):
    """Those who see the two services work and belong to neither."""

    BAILLEUR = "bailleur", "Bailleur"
    COLLEGE = "college", "Collège"
    JEUNES = "jeunes", "Jeunes"
    PARENTS = "parents", "Parents"


# One answer in the name of a structure; the others are many, and counted together.
STRUCTURES = frozenset({Entourage.BAILLEUR, Entourage.COLLEGE})
