"""Les faits sur la personne, la famille, le groupe ou le lieu dont on parle."""

from maillage.law.facts.outils import booleen, enumeration

OBJET = enumeration(
    "sujet.objet",
    "objet",
    "sur qui ou sur quoi porte l'information",
    {
        "personne": "une personne",
        "famille": "une famille avec mineur",
        "groupe": "un groupe",
        "lieu": "un lieu",
    },
)
TRANCHE_AGE = enumeration(
    "sujet.tranche_age",
    "tranche d'âge",
    "âge au jour de l'échange",
    {
        "moins_15": "moins de 15 ans",
        "15_17": "15 à 17 ans",
        "18_20": "18 à 20 ans",
        "21_et_plus": "21 ans et plus",
        "inconnue": "inconnue",
    },
    defaut="inconnue",
)
VULNERABLE = booleen(
    "sujet.vulnerable",
    "personne hors d'état de se protéger",
    "par l'âge, la maladie, l'infirmité, une déficience ou une grossesse",
)
