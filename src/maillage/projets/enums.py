"""Closed lists of joint projects."""

from django.db.models import TextChoices


class GenreProjet(TextChoices):
    """What the two trades do together (report, §6a; vocabulaire_terrain, section 4)."""

    ANIMATION = "animation", "Animation de rue"
    EVENEMENT = "evenement", "Fête ou événement de quartier"
    CINE_DEBAT = "cine_debat", "Débat, ciné-débat"
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
    MECENAT = "mecenat", "Parrainage, mécénat"
    RECETTE = "recette", "Recette"
    MATERIEL = "materiel", "Matériel"
    PAIE = "paie", "Paie des jeunes"
    AUTRE = "autre", "Autre dépense"


class GenreSoutien(TextChoices):
    """As what a firm, a foundation or a club stands behind a project."""

    PARRAIN = "parrain", "Parrain du projet"
    MECENE = "mecene", "Mécène"


class MomentPhoto(TextChoices):
    """When of a project a photo shows the place."""

    AVANT = "avant", "Avant"
    PENDANT = "pendant", "Pendant"
    APRES = "apres", "Après"


class ReponseOffre(TextChoices):
    """What became of a chantier that a bailleur offered."""

    PRISE = "prise", "Devient un projet"
    PAS_POUR_NOUS = "pas_pour_nous", "Pas pour nous"


INCOME = frozenset({PosteBudget.FINANCEMENT, PosteBudget.MECENAT, PosteBudget.RECETTE})
