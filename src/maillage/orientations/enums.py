"""The two faces of an orientation, as closed lists."""

from django.db.models import TextChoices


class Visible(TextChoices):
    """All that a sender may read without a rule permitting more (design, section 4)."""

    PREPAREE = "preparee", "Préparée"
    ENVOYEE = "envoyee", "Envoyée"
    RECUE = "recue", "Reçue"
    CLOSE = "close", "Close"


class EtatReception(TextChoices):
    """What happens inside the receiving service; never crosses to the sender."""

    A_VOIR = "a_voir", "À voir"
    ACCEPTEE = "acceptee", "Acceptée"
    REORIENTEE = "reorientee", "Réorientée"
    DECLINEE = "declinee", "Déclinée"
    RETIREE = "retiree", "Accord retiré"
    EXPIREE = "expiree", "Expirée"


class MotifDecline(TextChoices):
    """Why an orientation was declined; kept inside the receiving service."""

    INJOIGNABLE = "injoignable", "Injoignable"
    NE_SOUHAITE_PAS = "ne_souhaite_pas", "Ne souhaite pas"
    DEJA_ACCOMPAGNE = "deja_accompagne", "Déjà accompagné"
    AUTRE = "autre", "Autre"


class MotifReorientation(TextChoices):
    """Why an orientation was passed on; kept inside the receiving service."""

    AUTRE_BESOIN = "autre_besoin", "Le besoin relève d'un autre service"
    AUTRE_SERVICE = "autre_service", "Un autre service est mieux placé"
    DEMANDE_DU_JEUNE = "demande_du_jeune", "À la demande du jeune"


class Suite(TextChoices):
    """What followed, inside the receiving service (vocabulaire_terrain, section 7)."""

    RENCONTRE_TENTEE = "rencontre_tentee", "Rencontre tentée sans succès"
    RENCONTRE_FAITE = "rencontre_faite", "Rencontre faite"
    ADHESION_RECHERCHEE = "adhesion_recherchee", "Adhésion recherchée"
    RELATION_ENGAGEE = "relation_engagee", "Relation engagée"
    PAS_D_ADHESION = "pas_d_adhesion", "Pas d'adhésion à ce jour"
    RELAIS = "relais", "Relais vers un autre service"


class EtatRelais(TextChoices):
    """A relay meeting, the young person present."""

    PROPOSE = "propose", "Proposé"
    CONVENU = "convenu", "Convenu"
    TENU = "tenu", "Tenu"
    SANS_SUITE = "sans_suite", "Sans suite"
