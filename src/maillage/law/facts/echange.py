"""Les faits sur l'échange : but, accords, information, cadre, règles, écritures."""

from maillage.law.facts.outils import booleen, enumeration

FINALITE = enumeration(
    "finalite",
    "finalité",
    "but de l'échange",
    {
        "protection_enfance": "protection de l'enfance",
        "action_sociale": "action sociale",
        "competence_autorite": "exercice des compétences du maire ou du département",
        "orientation_personne": "orientation de la personne",
        "prevention_delinquance": "prévention de la délinquance",
        "assiduite_scolaire": "assiduité scolaire",
        "tranquillite_publique": "tranquillité publique",
        "gestion_locative": "gestion locative",
        "enquete_penale": "enquête pénale",
        "evaluation_statistique": "évaluation et statistique",
    },
)
ACCORD_PERSONNE = enumeration(
    "accord_personne",
    "accord de la personne",
    "à cet échange ; distinct de l'adhésion à un accompagnement",
    {
        "donne": "donné",
        "refuse": "refusé",
        "non_demande": "non demandé",
    },
    defaut="non_demande",
)
ACCORD_TITULAIRE = enumeration(
    "accord_titulaire",
    "accord du titulaire de l'autorité parentale",
    "ignoré pour un majeur hors famille ; sans_objet vaut non_demande pour un mineur",
    {
        "donne": "donné",
        "refuse": "refusé",
        "non_demande": "non demandé",
        "sans_objet": "sans objet",
    },
    defaut="non_demande",
)
INFORMATION_PREALABLE = enumeration(
    "information_prealable",
    "information préalable",
    "des parents ou du tuteur, et de l'enfant selon sa maturité",
    {
        "faite": "faite",
        "dispense_interet_enfant": "écartée dans l'intérêt de l'enfant, raison écrite",
        "non_faite": "non faite",
    },
    defaut="non_faite",
)
PERSONNE_PRESENTE = booleen("personne_presente", "personne présente", "elle parle elle-même dans l'échange")
CADRE = enumeration(
    "cadre",
    "cadre",
    "où l'échange a lieu",
    {
        "bilateral": "deux professionnels, lieu fermé ou canal protégé",
        "reunion_equipe": "réunion d'équipe",
        "reunion_coordination": "réunion de coordination",
        "reunion_ase": "réunion convoquée par le département",
        "clspd_pleniere": "CLSPD plénier",
        "clspd_restreint": "CLSPD restreint",
        "clspd_groupe_travail": "groupe de travail du CLSPD",
        "autre_groupe_nominatif": "autre groupe nominatif",
        "lieu_public": "rue, hall, lieu public",
    },
)
FORME_PARTENARIAT = enumeration(
    "forme_partenariat",
    "forme du partenariat",
    "lue par aucune règle",
    {
        "informel": "informel",
        "convention": "convention",
        "pilotage_unique": "pilotage unique",
    },
    defaut="informel",
)
REGLES_GROUPE = enumeration(
    "regles_groupe",
    "règles du groupe",
    "règlement ou charte du groupe CLSPD",
    {
        "aucune": "aucune",
        "adoptees": "adoptées",
        "adoptees_signees_par_tous": "adoptées et signées par tous les présents",
    },
    defaut="aucune",
)
DECISION_AUTORITE = booleen(
    "decision_autorite",
    "décision expresse de l'autorité",
    "lève la discrétion (CGFP L121-7) ; une convention signée par elle vaut si elle le dit",
)
CLAUSE_RETOUR = booleen(
    "clause_retour",
    "clause de retour",
    "clause écrite et en cours, dans une convention signée ou l'acte de pilotage unique",
)
REQUISITION_ECRITE = booleen(
    "requisition_ecrite", "réquisition écrite", "signée, datée, nommant les documents"
)
DESTINATAIRE_AUTEUR_ORIENTATION = booleen(
    "destinataire_auteur_orientation",
    "destinataire auteur de l'orientation",
    "il a lui-même adressé cette personne au service émetteur, qui l'a reçue",
)
DESTINATAIRE_AUTEUR_IP = booleen(
    "destinataire_auteur_ip", "destinataire auteur de l'information préoccupante", "il l'a lui-même transmise"
)
ENREGISTREMENT = enumeration(
    "enregistrement",
    "enregistrement",
    "où le contenu serait écrit",
    {
        "aucun": "nulle part",
        "journal_seul": "journal sans contenu",
        "fichier_individuel": "dossier individuel",
        "fichier_groupe": "fichier de groupe",
    },
)
INFORMATION_RGPD = booleen(
    "information_rgpd", "information RGPD", "la personne connaît responsable, but, destinataires et droits"
)
