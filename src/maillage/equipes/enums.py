"""Closed lists of teams that change."""

from django.db.models import TextChoices


class EtatJournee(TextChoices):
    """Where a shadowing day stands."""

    PROPOSEE = "proposee", "Proposée"
    ACCEPTEE = "acceptee", "Acceptée"
    FAITE = "faite", "Faite"
    ANNULEE = "annulee", "Annulée"


class Moment(TextChoices):
    """Which part of a day a shadowing takes."""

    JOURNEE = "journee", "La journée"
    APRES_MIDI = "apres_midi", "L'après-midi"
    SOIREE = "soiree", "La soirée"
    NUIT = "nuit", "La nuit"


class Carte(TextChoices):
    """The cards of the path of arrival, in the order one reads them; the charters come after."""

    EQUIPES = "equipes", "Avec qui vous travaillez"
    CONVENTION = "convention", "Ce que les deux services ont écrit"
    LECTURES = "lectures", "Comment le droit est lu ici"
    PERSONNE = "personne", "D'un lieu, ou de quelqu'un"


class Exigence(TextChoices):
    """What certification looks for, in our own words: the norm's text is not ours to copy, and rules."""

    ENGAGEMENT = "engagement", "L'engagement écrit de la structure"
    PRINCIPES = "principes", "Des principes connus et signés"
    EMPLOIS = "emplois", "Des emplois qualifiés et formés"
    CADRE = "cadre", "Un travail à deux, dans un cadre sûr"
    PRESENCE = "presence", "Une présence tenue et tracée"
    VEILLE = "veille", "Une veille technique suivie d'effets"
    PARTENARIAT = "partenariat", "Des partenariats écrits, et des réunions tenues"
    ANALYSE = "analyse", "L'analyse des pratiques"
    EVALUATION = "evaluation", "L'évaluation et ce qu'en disent les habitants"
