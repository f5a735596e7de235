"""Closed lists of the study, in French because they are shown."""

from enum import StrEnum
from typing import Self


class Libelle(StrEnum):
    """A closed list whose members carry the label that screens show."""

    libelle: str

    def __new__(cls, value: str, libelle: str) -> Self:
        """Keep the stored value and its label together."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.libelle = libelle
        return member

    def __str__(self) -> str:
        """Give the stored value, so that it may stand in a URL."""
        return str(self.value)


class Nature(Libelle):
    """What kind of statement an item is."""

    CONSTAT = "constat", "Constat"
    PRATIQUE = "pratique", "Pratique"
    PRE_REQUIS = "pre_requis", "Pré-requis"
    PRECONISATION = "preconisation", "Préconisation"
    TEXTE = "texte", "Texte de loi"


class Theme(Libelle):
    """What an item is about."""

    ECHANGE_INFORMATIONS = "echange_informations", "Échange d'informations"
    CONFIANCE = "confiance", "Confiance"
    COMMANDE_PUBLIQUE = "commande_publique", "Commande publique"
    GOUVERNANCE = "gouvernance", "Forme et gouvernance"
    METIERS = "metiers", "Métiers et missions"
    ADHESION = "adhesion", "Adhésion"
    PROJETS = "projets", "Projets communs"
    TERRITOIRE = "territoire", "Territoire"
    FINANCEMENT = "financement", "Financement"
    FORMATION = "formation", "Formation"
    EMPLOI = "emploi", "Emploi"
    COORDINATION = "coordination", "Coordination"
    EVALUATION = "evaluation", "Évaluation"
    DROIT = "droit", "Droit"
    METHODE = "methode", "Méthode de l'étude"


class Acteur(Libelle):
    """Who an item concerns."""

    MEDIATEURS = "mediateurs", "Médiateurs"
    CORRESPONDANTS = "correspondants", "Correspondants de nuit ou de soirée"
    EDUCATEURS = "educateurs", "Éducateurs de prévention"
    DIRECTIONS = "directions", "Directions"
    COORDINATION = "coordination", "Coordination"
    MAIRE = "maire", "Mairie"
    DEPARTEMENT = "departement", "Département"
    ETAT = "etat", "État"
    BAILLEURS = "bailleurs", "Bailleurs"
    TRANSPORTEURS = "transporteurs", "Transporteurs"
    ECOLE = "ecole", "École"
    PJJ = "pjj", "Protection judiciaire de la jeunesse"
    JEUNES = "jeunes", "Jeunes"
    FAMILLES = "familles", "Familles"
    HABITANTS = "habitants", "Habitants"
    RESEAU = "reseau", "Réseau des villes"
    AUTEURS = "auteurs", "Auteurs de l'étude"


class Ville(Libelle):
    """The six cities; the value stands in URLs, `insee` joins the directory."""

    LA_ROCHELLE = "la-rochelle", "La Rochelle"
    LE_TEIL = "le-teil", "Le Teil"
    LIMOGES = "limoges", "Limoges"
    LORIENT = "lorient", "Lorient"
    MARSEILLE = "marseille", "Marseille"
    ORLEANS = "orleans", "Orléans"

    @property
    def insee(self) -> str:
        """Official code of the commune."""
        return _INSEE[str(self.value)]


_INSEE = {
    "la-rochelle": "17300",
    "le-teil": "07319",
    "limoges": "87085",
    "lorient": "56121",
    "marseille": "13055",
    "orleans": "45234",
}


class FormeDeduite(Libelle):
    """What «Et chez vous ?» may conclude; the first three are the study's forms, weakest first."""

    INFORMEL = "informel", "Partenariat informel"
    CONVENTION = "convention", "Partenariat conventionné"
    PILOTAGE_UNIQUE = "pilotage_unique", "Pilotage unique"
    UN_SEUL_METIER = "un_seul_metier", "Un seul des deux métiers"


class Etat(Libelle):
    """How far a prerequisite is met."""

    REMPLI = "rempli", "Rempli"
    EN_PARTIE = "en_partie", "En partie"
    MANQUANT = "manquant", "Manquant"
    INCONNU = "inconnu", "On ne sait pas"


class Certitude(Libelle):
    """How sure a conclusion is, in words."""

    ETABLIE = "etablie", "Établie par vos réponses"
    PRUDENTE = "prudente", "Prudente, faute de savoir"
    OUVERTE = "ouverte", "Ouverte : trop de réponses manquent"


class Geste(Libelle):
    """What a public page lets a visitor do with an item's screen."""

    OUVRIR = "ouvrir", "Ouvrir l'écran"
    REFUSER = "refuser", "Le droit ne le permet pas ainsi"
