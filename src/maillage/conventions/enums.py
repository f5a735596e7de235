"""Closed lists of the partnership."""

from django.db.models import TextChoices


class Forme(TextChoices):
    """The three forms of the study (§5). The form itself authorises nothing."""

    INFORMEL = "informel", "Informel"
    CONVENTION = "convention", "Conventionné"
    PILOTAGE_UNIQUE = "pilotage_unique", "Pilotage unique"


class Place(TextChoices):
    """How a service takes part: the two trades are members, others are associated."""

    MEMBRE = "membre", "Membre"
    ASSOCIE = "associe", "Associé"


class Camp(TextChoices):
    """Who must sign a reading: the direction of each trade, and the data protection officer."""

    MEDIATION = "mediation", "Direction de la médiation sociale"
    PREVENTION = "prevention", "Direction de la prévention spécialisée"
    DPO = "dpo", "Délégué·e à la protection des données"


class EtatProposition(TextChoices):
    """Where a proposed reading stands."""

    OUVERTE = "ouverte", "À signer"
    ADOPTEE = "adoptee", "Adoptée"
    ECARTEE = "ecartee", "Écartée"


class EtatConvention(TextChoices):
    """Where a version of the convention stands."""

    ATELIER = "atelier", "En atelier"
    ARRETEE = "arretee", "Texte arrêté, à signer"
    SIGNEE = "signee", "Signée"
    ECARTEE = "ecartee", "Écartée"


class OrigineClause(TextChoices):
    """Where a proposed clause comes from."""

    PRATIQUE = "pratique", "Notre pratique"
    VILLE = "ville", "Une autre ville"
    ETUDE = "etude", "Une fiche de l'étude"


class GenreCharte(TextChoices):
    """The two charters."""

    DEONTOLOGIE = "deontologie", "Charte de déontologie"
    CONFIDENTIALITE = "confidentialite", "Charte de confidentialité"
