"""What the ledger records."""

from django.db.models import TextChoices


class Acte(TextChoices):
    """One word for what was done; never what was said."""

    CONNEXION = "connexion", "Connexion"
    CONNEXION_REFUSEE = "connexion_refusee", "Connexion refusée"
    DECONNEXION = "deconnexion", "Déconnexion"
    COMPTE = "compte", "Changement d'un compte"
    LECTURE = "lecture", "Lecture"
    LISTE = "liste", "Lecture d'une liste"
    RECHERCHE = "recherche", "Recherche"
    CREATION = "creation", "Création"
    MODIFICATION = "modification", "Modification"
    PARTAGE = "partage", "Partage"
    REFUS = "refus", "Refus"
    RETRAIT = "retrait", "Retrait"
    OUVERTURE = "ouverture", "Ouverture d'accès"
    FERMETURE = "fermeture", "Fin d'accès"
    DECISION = "decision", "Décision"
    EXPORT = "export", "Export"
    EFFACEMENT = "effacement", "Effacement"
    ACCORD = "accord", "Accord ou adhésion"
    CLOTURE = "cloture", "Clôture"
    DANGER = "danger", "Voie du danger"
    JOURNAL = "journal", "Lecture du journal"
    SCEAU = "sceau", "Alerte : un droit changé hors de Maillage"
    ALERTE = "alerte", "Alerte : lecture en nombre"
