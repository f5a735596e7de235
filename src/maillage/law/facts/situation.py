"""Les faits sur la situation : danger, aggravation, interventions, coordonnateur."""

from maillage.law.facts.outils import booleen, enumeration

DANGER = enumeration(
    "situation.danger",
    "danger pour le mineur",
    "appréciation datée d'un professionnel nommé ; danger au sens de l'article 375 du code civil",
    {
        "aucun": "aucun connu",
        "risque": "risque de danger",
        "danger": "danger",
        "danger_grave": "danger grave",
    },
    defaut="aucun",
)
MAUVAIS_TRAITEMENTS_CONNUS = booleen(
    "situation.mauvais_traitements_connus",
    "mauvais traitements connus",
    "privations, mauvais traitements ou agressions sexuelles connus, non seulement craints",
)
PERIL_IMMINENT = booleen(
    "situation.peril_imminent", "péril imminent", "une action immédiate peut empêcher l'atteinte"
)
AGGRAVATION = booleen(
    "situation.aggravation",
    "aggravation appelant plusieurs professionnels",
    "constat daté d'un professionnel nommé (L121-6-2 al. 1)",
)
INFRACTION_CONNUE = booleen(
    "situation.infraction_connue", "crime ou délit connu", "appris dans l'exercice des fonctions"
)
SUIVI_COMMUN = booleen(
    "situation.suivi_commun",
    "suivi commun",
    "les deux professionnels interviennent réellement auprès de la même personne ou famille",
)
EMETTEUR_SEUL = booleen(
    "situation.emetteur_seul",
    "émetteur seul intervenant",
    "seul professionnel auprès de la personne ou famille",
)
COORDONNATEUR = enumeration(
    "situation.coordonnateur",
    "coordonnateur",
    "acte du maire au titre de L121-6-2",
    {
        "aucun": "aucun",
        "designe_pour_ce_sujet": "désigné pour cette personne ou famille",
        "permanent_seulement": "fonction permanente seulement",
    },
)
