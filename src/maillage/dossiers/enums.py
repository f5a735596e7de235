"""Closed lists about persons and their agreements."""

from django.db.models import TextChoices


class Nature(TextChoices):
    """Whether a person is supported, or only being oriented."""

    ACCOMPAGNEE = "accompagnee", "Personne accompagnée"
    ORIENTEE = "orientee", "Personne orientée"


class TrancheAge(TextChoices):
    """Age bands of the law's vocabulary."""

    MOINS_15 = "moins_15", "Moins de 15 ans"
    DE_15_A_17 = "15_17", "15 à 17 ans"
    DE_18_A_20 = "18_20", "18 à 20 ans"
    DES_21 = "21_et_plus", "21 ans et plus"
    INCONNUE = "inconnue", "Âge inconnu"


class Lien(TextChoices):
    """How a holder of parental authority is related to the minor."""

    MERE = "mere", "Mère"
    PERE = "pere", "Père"
    TUTEUR = "tuteur", "Tuteur ou tutrice"
    AUTRE = "autre", "Autre titulaire de l'autorité parentale"


class Donneur(TextChoices):
    """Who speaks: the young person, or one holder of parental authority."""

    JEUNE = "jeune", "Le jeune"
    TITULAIRE = "titulaire", "Un titulaire de l'autorité parentale"


class EtatAdhesion(TextChoices):
    """The living states of an adhésion; each is an event, none is overwritten."""

    SUSCITEE = "suscitee", "Suscitée"
    RECHERCHEE = "recherchee", "Recherchée"
    ACQUISE = "acquise", "Acquise"
    SUSPENDUE = "suspendue", "Suspendue"
    RETIREE = "retiree", "Retirée"
    REFUSEE = "refusee", "Refusée"


class PorteeAccord(TextChoices):
    """What one agreement covers; an agreement to one exchange covers no other."""

    ORIENTATION = "orientation", "Cette orientation"
    RETOUR = "retour", "Le retour vers qui a orienté"
    RELAIS = "relais", "Le relais à trois"


class EtatAccord(TextChoices):
    """An agreement to one exchange, as an event."""

    DONNE = "donne", "Donné"
    REFUSE = "refuse", "Refusé"
    RETIRE = "retire", "Retiré"


class ObjetConfidence(TextChoices):
    """What a minor asks not to tell a parent, by heading: nothing personal is written there."""

    TOUT = "tout", "Qu'il est accompagné"
    DEMANDE = "demande", "Sa demande, où le retrouver"
    ECHANGES = "echanges", "À qui l'on a parlé de lui"
    PROJETS = "projets", "Ce qu'il fait avec nous"


class FinaliteAdhesion(TextChoices):
    """What an adhésion is for; each purpose is agreed to, and taken back, apart."""

    ACCOMPAGNEMENT = "accompagnement", "Être accompagné"
    PROJET = "projet", "Participer à un projet"


class Explication(TextChoices):
    """How the thing agreed to was explained; a code, so that nothing personal is written there."""

    PARLE = "parle", "En parlant avec lui"
    ECRIT = "ecrit", "Avec un écrit remis"
    INTERPRETE = "interprete", "Avec quelqu'un qui traduit"
    IMAGES = "images", "Avec des images ou un support facile à lire"


class MotifRelais(TextChoices):
    """Why the référent changes."""

    DEPART = "depart", "Départ du service"
    ABSENCE = "absence", "Absence longue"
    DEMANDE = "demande", "À la demande du jeune"
    EQUIPE = "equipe", "Organisation de l'équipe"


class FormeAccord(TextChoices):
    """How an agreement was collected."""

    ORALE = "orale", "À l'oral"
    ECRITE = "ecrite", "Par écrit"
    CARTE = "carte", "Par sa carte"


class MotifCloture(TextChoices):
    """Why an accompagnement ended."""

    OBJECTIF = "objectif", "Demande aboutie"
    RELAIS = "relais", "Relais vers un autre service"
    PERDU_DE_VUE = "perdu_de_vue", "Perdu de vue"
    RETRAIT = "retrait", "Fin de l'adhésion"
    AGE = "age", "Hors de la tranche d'âge"
