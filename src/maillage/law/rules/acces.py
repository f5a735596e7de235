"""Les droits d'accès : la personne elle-même, et le titulaire de l'autorité parentale."""

from datetime import date

from maillage.law.facts import echange
from maillage.law.facts.acteurs import DESTINATAIRE
from maillage.law.language import TOUJOURS, Effet, conteste, exige
from maillage.law.rules.communes import ENFANT_MINEUR, lu, regle
from maillage.law.rules.textes import article

RGPD_15 = article(
    "RGPD",
    "15",
    ("1", "Toute personne peut savoir quelles données la concernent et en recevoir copie."),
)
CASF_L311_3 = article(
    "CASF",
    "L. 311-3",
    ("5°", "La personne accompagnée a accès à toute information sur sa prise en charge."),
)
C_CIV_371_1 = article(
    "C. civ.",
    "371-1",
    (
        "1",
        "L'autorité parentale appartient aux parents pour protéger l'enfant ; ils l'associent aux "
        "décisions selon son âge et sa maturité.",
    ),
)

ACCES_SOI = regle(
    Effet.DONNE_ACCES,
    "ACCES-SOI",
    selon=RGPD_15,
    aussi=(CASF_L311_3,),
    dit="La personne a accès à ce qui la concerne ; le secret ne s'oppose jamais à elle.",
    depuis=None,
    lu=lu(date(2009, 1, 1), reserve="le RGPD est cité de mémoire"),
    si=(
        exige(
            DESTINATAIRE.fonction.parmi("personne_concernee"),
            "le destinataire est la personne concernée",
            "le destinataire n'est pas la personne concernée",
        ),
    ),
    obligations=("O-IDENTITE", "O-MASQUER"),
)

ACCES_PARENT = regle(
    Effet.AUTORISE,
    "ACCES-PARENT",
    selon=C_CIV_371_1,
    dit="Le titulaire de l'autorité parentale a accès à ce qui concerne son enfant mineur, qui en est "
    "d'accord ; sinon quelqu'un en décide.",
    depuis=None,
    lu=lu(date(2026, 4, 3), reserve="doctrine ; question U-13"),
    si=(
        exige(
            DESTINATAIRE.fonction.parmi("titulaire_autorite_parentale"),
            "le destinataire est titulaire de l'autorité parentale",
            "le destinataire n'est pas titulaire de l'autorité parentale",
        ),
        ENFANT_MINEUR,
        exige(
            echange.ACCORD_PERSONNE.parmi("donne"),
            "le mineur en est d'accord",
            "le mineur n'en est pas d'accord",
            conteste(
                "U-13",
                "accord_personne",
                "que le parent puisse savoir sans l'accord du mineur venu librement",
                quand=TOUJOURS,
            ),
        ),
    ),
    obligations=("O-IDENTITE", "O-MASQUER"),
    questions=("U-13",),
)
