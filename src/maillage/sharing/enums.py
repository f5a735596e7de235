"""Closed lists of the door, and those of `dossiers` that the rooms above may name."""

from django.db.models import TextChoices

from maillage.dossiers.enums import (
    Donneur,
    EtatAccord,
    EtatAdhesion,
    Explication,
    FinaliteAdhesion,
    FormeAccord,
    Lien,
    MotifCloture,
    MotifRelais,
    Nature,
    ObjetConfidence,
    PorteeAccord,
    TrancheAge,
)

__all__ = [
    "Alinea",
    "Autorite",
    "Competence",
    "DecisionReserve",
    "Demandeur",
    "DestinataireDanger",
    "Difficulte",
    "Donneur",
    "EtatAccord",
    "EtatAdhesion",
    "Explication",
    "FinOuverture",
    "FinaliteAdhesion",
    "FormeAccord",
    "IdentiteVerifiee",
    "Intervenant",
    "Lien",
    "MotifCloture",
    "MotifRelais",
    "MotifReserve",
    "Nature",
    "ObjetConfidence",
    "Origine",
    "ParoleDuJeune",
    "PorteeAccord",
    "PorteeOuverture",
    "SaisineDesignation",
    "StatutEchange",
    "SujetCoordination",
    "TrancheAge",
]


class PorteeOuverture(TextChoices):
    """What an opening lets a service see of a person."""

    ORIENTATION = "orientation", "Ce que dit l'orientation"
    ACCOMPAGNEMENT = "accompagnement", "L'accompagnement de son service"
    SUITE = "suite", "La suite donnée"
    PROJET = "projet", "La participation à un projet"
    COORDINATION = "coordination", "Dans le périmètre de l'acte de désignation"


class SaisineDesignation(TextChoices):
    """Who asked the mayor for a coordonnateur (CASF L. 121-6-2, second paragraph)."""

    PROFESSIONNEL = "professionnel", "Un professionnel de l'action sociale"
    DEPARTEMENT = "departement", "Le président du conseil départemental"
    INITIATIVE = "initiative", "Le maire, de sa propre initiative"


class SujetCoordination(TextChoices):
    """What a designation is about, by heading; nothing personal is written in the act."""

    SCOLARITE = "scolarite", "Scolarité"
    INSERTION = "insertion", "Formation et emploi"
    LOGEMENT = "logement", "Logement"
    RESSOURCES = "ressources", "Ressources et droits"
    EDUCATION = "education", "Éducation et vie familiale"
    LIEN_SOCIAL = "lien_social", "Lien social et quartier"


class Autorite(TextChoices):
    """Whom L. 121-6-2 speaks of: nobody else may be informed by its paragraphs 1, 6 and 7."""

    MAIRE = "maire", "Le maire"
    DEPARTEMENT = "departement", "Le président du département"


class Alinea(TextChoices):
    """Texts that inform an authority, each able to say one thing: three paragraphs of L. 121-6-2, one more.

    The last is the education code's: the school head who refers a pupil's absences tells the mayor.
    """

    BESOIN = "1", "Plusieurs professionnels sont nécessaires"
    CONFIDENCE = "6", "Ce que ses compétences exigent"
    FAIT = "7", "Une transmission au département a eu lieu"
    ABSENCES = "A", "L'État est saisi des absences d'un élève"


class Difficulte(TextChoices):
    """What gets worse, in the words of the first paragraph."""

    SOCIALES = "sociales", "Sociales"
    EDUCATIVES = "educatives", "Éducatives"
    MATERIELLES = "materielles", "Matérielles"


class Intervenant(TextChoices):
    """Which kinds of professionals are needed together."""

    PREVENTION = "prevention", "Prévention spécialisée"
    MEDIATION = "mediation", "Médiation sociale"
    SERVICE_SOCIAL = "service_social", "Service social"
    ASE = "ase", "Aide sociale à l'enfance"
    CCAS = "ccas", "CCAS"
    ECOLE = "ecole", "Établissement scolaire"
    SANTE = "sante", "Santé"


class Competence(TextChoices):
    """Which power of the authority asks for what is confided under the sixth paragraph."""

    AIDE_SOCIALE = "aide_sociale", "Aide sociale facultative (CCAS)"
    LOGEMENT = "logement", "Logement"
    PARENTS = "parents", "Accompagnement des parents"
    ASSIDUITE = "assiduite", "Assiduité scolaire"
    ENFANCE = "enfance", "Aide sociale à l'enfance"
    INSERTION = "insertion", "Insertion et revenu de solidarité"


class Demandeur(TextChoices):
    """Who asks for all that is held (RGPD 15): the person, or one holder for a minor."""

    PERSONNE = "personne", "La personne elle-même"
    MERE = "mere", "Sa mère"
    PERE = "pere", "Son père"
    TUTEUR = "tuteur", "Son tuteur ou sa tutrice"
    AUTRE = "autre", "Un autre titulaire de l'autorité parentale"


class IdentiteVerifiee(TextChoices):
    """How it was made sure who asks; no copy of a paper is kept."""

    CONNUE = "connue", "Connue du service, en personne"
    PIECE = "piece", "Une pièce d'identité vue, pas gardée"
    AILLEURS = "ailleurs", "Vérifiée par le délégué, hors de Maillage"


class ParoleDuJeune(TextChoices):
    """What the young person says of a parent's reading their file (C. civ. 371-1, question U-13)."""

    NON_DEMANDE = "non_demande", "Pas encore demandé"
    DONNE = "donne", "D'accord"
    REFUSE = "refuse", "Pas d'accord"


class MotifReserve(TextChoices):
    """Why a passage waits for the data protection officer: nothing here is decided by software."""

    TEXTE = "texte", "Des mots libres : nomment-ils quelqu'un d'autre ?"
    MINEUR = "mineur", "Le jeune a demandé de ne pas en parler à ce parent"
    DANGER = "danger", "Une transmission : le dire mettrait-il quelqu'un en danger ?"
    PARENT = "parent", "Un mineur venu librement : le droit laisse la question ouverte (U-13)"


class DecisionReserve(TextChoices):
    """What the data protection officer decides of a passage."""

    DONNER = "donner", "Le donner"
    CAVIARDER = "caviarder", "Le donner sans certains mots"
    MASQUER = "masquer", "Ne pas le donner"


class Origine(TextChoices):
    """How a service and a young person met."""

    TRAVAIL_DE_RUE = "travail_de_rue", "Travail de rue"
    AUTRE_JEUNE = "autre_jeune", "Un autre jeune"
    FAMILLE = "famille", "Sa famille"
    MEDIATEUR = "mediateur", "L'équipe de médiation"
    ECOLE = "ecole", "Un établissement scolaire"
    PARTENAIRE = "partenaire", "Un autre partenaire"
    ACTION_COLLECTIVE = "action_collective", "Une action collective"
    LUI_MEME = "lui_meme", "Lui-même"
    ORIENTATION = "orientation", "Une orientation"


class StatutEchange(TextChoices):
    """What became of an exchange once the law was asked."""

    RETENU = "retenu", "Retenu : il manque quelque chose"
    TRANSMIS = "transmis", "Transmis"
    REFUSE = "refuse", "Pas sous cette forme"


class FinOuverture(TextChoices):
    """Why an opening ended."""

    RETRAIT = "retrait", "Accord ou adhésion retirés"
    TERME = "terme", "Terme atteint"
    CLOTURE = "cloture", "Clôture"
    EFFACEMENT = "effacement", "Effacement"


class DestinataireDanger(TextChoices):
    """Who is told of a danger, without delay."""

    CRIP = "crip", "La CRIP du département"
    NUMERO_119 = "119", "Le 119, enfance en danger"
    POLICE = "17", "La police ou la gendarmerie (17)"
    SAMU = "15", "Le SAMU (15)"
    POMPIERS = "18", "Les pompiers (18)"
    PROCUREUR = "procureur", "Le procureur de la République"
