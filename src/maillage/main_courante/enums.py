"""Closed lists of the field; services may switch off, rename or add entries of the open ones."""

from django.db.models import TextChoices


class Liste(TextChoices):
    """The lists that a service can adapt (vocabulaire_terrain, section 3)."""

    CATEGORIE = "categorie", "Motifs"
    AMBIANCE = "ambiance", "Ambiance"
    EFFECTIF = "effectif", "Nombre estimé"
    CRENEAU = "creneau", "Créneau"
    PUBLIC = "public", "Publics"
    ORIGINE = "origine", "Origine"
    SUITE = "suite", "Suites"


class GenreSortie(TextChoices):
    """The two ways of being out."""

    TOURNEE = "tournee", "Tournée"
    SORTIE_DE_RUE = "sortie_de_rue", "Sortie de rue"


class Reponse(TextChoices):
    """The three answers that a place message calls for."""

    VU = "vu", "Vu"
    ON_PASSE = "on_passe", "On passe"
    PAS_POUR_NOUS = "pas_pour_nous", "Pas pour nous"


class Statut(TextChoices):
    """What became of a note that was sent; the phone forgets it on `cree` and `deja` only."""

    CREE = "cree", "Enregistrée"
    DEJA = "deja", "Déjà enregistrée"
    CONFLIT = "conflit", "Autre contenu, gardé à part"
    REFUSE = "refuse", "Refusée"


class Envoi(TextChoices):
    """What became of a sealed envelope; the telephone forgets it on `cree` and `deja` only (S-25)."""

    CREE = "cree", "Enregistré"
    DEJA = "deja", "Déjà enregistré"
    CONFLIT = "conflit", "Autre contenu, gardé à part"
    REFUSE = "refuse", "Refusé"
    AUTRE = "autre", "À une autre équipe : reste sur le téléphone"
    BAC = "bac", "Son auteur n'entre plus : à déposer au bac"
