"""Closed lists of joint projects."""

from django.db.models import TextChoices


class GenreProjet(TextChoices):
    """What the two trades do together (report, §6a; vocabulaire_terrain, section 4)."""

    ANIMATION = "animation", "Animation de rue"
    EVENEMENT = "evenement", "Fête ou événement de quartier"
    CINE_DEBAT = "cine_debat", "Projection et débat"
    JEU = "jeu", "Jeu, atelier"
    SORTIE = "sortie", "Sortie ou séjour"
    CHANTIER_EDUCATIF = "chantier_educatif", "Chantier éducatif"


class EtatProjet(TextChoices):
    """Where a project stands; each state follows from its dates and signatures."""

    PROPOSE = "propose", "Proposé"
    DECIDE = "decide", "Décidé à deux"
    EN_COURS = "en_cours", "En cours"
    TERMINE = "termine", "Terminé"
    ABANDONNE = "abandonne", "Abandonné"


class PosteBudget(TextChoices):
    """What money is for, or where it comes from."""

    FINANCEMENT = "financement", "Financement"
    RECETTE = "recette", "Recette"
    MATERIEL = "materiel", "Matériel"
    PAIE = "paie", "Paie des jeunes"
    AUTRE = "autre", "Autre dépense"


INCOME = frozenset({PosteBudget.FINANCEMENT, PosteBudget.RECETTE})
