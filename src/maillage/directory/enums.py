"""Closed lists of the directory."""

from django.db.models import TextChoices


class GenreTerritoire(TextChoices):
    """What kind of place a territory is."""

    COMMUNE = "commune", "Commune"
    ARRONDISSEMENT = "arrondissement", "Arrondissement"
    QUARTIER = "quartier", "Quartier prioritaire"
    SECTEUR = "secteur", "Secteur"
    LIGNE = "ligne", "Ligne de transport"
    STATION = "station", "Gare ou station"
    EPCI = "epci", "Intercommunalité"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"


class Metier(TextChoices):
    """The trade of a service."""

    MEDIATION_SOCIALE = "mediation_sociale", "Médiation sociale"
    PREVENTION_SPECIALISEE = "prevention_specialisee", "Prévention spécialisée"
    INSTITUTION = "institution", "Institution"
    BAILLEUR = "bailleur", "Bailleur"
    TRANSPORTEUR = "transporteur", "Transporteur"
    ECOLE = "ecole", "Établissement scolaire"
    RESEAU = "reseau", "Réseau"


class Role(TextChoices):
    """What a post opens in the product (design, section 7)."""

    MEDIATEUR = "mediateur", "Médiateur·rice"
    CORRESPONDANT_DE_NUIT = "correspondant_de_nuit", "Correspondant·e de nuit"
    EDUCATEUR = "educateur", "Éducateur·rice"
    CHEF_DE_SERVICE = "chef_de_service", "Chef·fe de service"
    DIRECTION = "direction", "Direction"
    COORDINATION = "coordination", "Coordination du partenariat"
    COORDONNATEUR = "coordonnateur", "Coordonnateur·rice (L. 121-6-2)"
    MAIRE = "maire", "Maire"
    ADJOINT_DELEGUE = "adjoint_delegue", "Adjoint·e délégué·e"
    CRIP = "crip", "CRIP du département"
    CHEF_ETABLISSEMENT = "chef_etablissement", "Chef·fe d'établissement"
    DPO = "dpo", "Délégué·e à la protection des données"
    PARENT_RELAIS = "parent_relais", "Parent relais"
    ACCUEIL = "accueil", "Agent d'accueil"
    ADMINISTRATEUR = "administrateur", "Administrateur·rice"
    RESEAU = "reseau", "Réseau des villes"


class GenreTitre(TextChoices):
    """The departmental title that makes a prevention service's mission one of the ASE."""

    HABILITATION = "habilitation", "Habilitation (CASF L. 313-8, L. 121-2)"
    DELEGATION = "delegation", "Délégation de compétence (CASF L. 121-6)"
    TRANSFERT = "transfert", "Transfert à la métropole (CGCT L. 5217-2)"


class TexteDelegation(TextChoices):
    """The text by which an authority lets someone act in its name."""

    MAIRE = "L2122-18", "CGCT L. 2122-18 : le maire délègue à un adjoint"
    DEPARTEMENT = "L3221-3", "CGCT L. 3221-3 : le président du département délègue"


class Contrat(TextChoices):
    """The kind of employment contract behind a post."""

    PERMANENT = "permanent", "CDI ou titulaire"
    CDD = "cdd", "CDD"
    ADULTE_RELAIS = "adulte_relais", "Adulte-relais"
    CONTRAT_AIDE = "contrat_aide", "Contrat aidé"
    VACATION = "vacation", "Vacation"
    MANDAT = "mandat", "Mandat"


class GenreLieu(TextChoices):
    """Kinds of places where the trades work (vocabulaire_terrain, section 3)."""

    HALL = "hall", "Hall"
    CAGE = "cage", "Cage d'escalier"
    PARKING = "parking", "Parking"
    CAVE = "cave", "Cave"
    SQUARE = "square", "Square"
    CITY_STADE = "city_stade", "City-stade"
    KIOSQUE = "kiosque", "Kiosque"
    COUR_ECOLE = "cour_ecole", "Cour d'école ouverte"
    ABORDS_ECOLE = "abords_ecole", "Abords de collège ou lycée"
    ARRET = "arret", "Arrêt"
    GARE = "gare", "Gare ou TER"
    COMMERCE = "commerce", "Commerce"
    CENTRE_SOCIAL = "centre_social", "Centre social"
    BERGE = "berge", "Berge"
    TERRAIN_VAGUE = "terrain_vague", "Terrain vague"
    MAISON = "maison", "Maison partagée"
