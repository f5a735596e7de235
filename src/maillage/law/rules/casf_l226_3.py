"""CASF L226-3 : le département recueille l'information préoccupante d'où qu'elle vienne."""

from datetime import date

from maillage.law.facts import situation
from maillage.law.facts.deduits import EN_DANGER
from maillage.law.language import Effet, exige, un_de
from maillage.law.rules.communes import ENFANT_MINEUR, INFORMATION_PREOCCUPANTE, VERS_PCD, lu, regle
from maillage.law.rules.textes import article, etat

ARTICLE = article(
    "CASF",
    "L. 226-3",
    (
        "1",
        "Le président du département recueille, traite et évalue les informations préoccupantes, à tout "
        "moment et d'où qu'elles viennent.",
    ),
    historique=(
        etat(date(2007, 3, 6), "recueil par la cellule du département"),
        etat(date(2022, 2, 9), "complété en 2022 (lu dans une source citée)"),
    ),
)

RECUEIL = regle(
    Effet.AUTORISE,
    "CASF-L226-3",
    selon=ARTICLE,
    alinea="1",
    dit="Quiconque peut adresser au président du département une information préoccupante sur un mineur.",
    depuis=date(2007, 3, 6),
    lu=lu(date(2009, 1, 1), reserve="ajout de 2022 lu dans une source citée"),
    si=(
        VERS_PCD,
        INFORMATION_PREOCCUPANTE,
        ENFANT_MINEUR,
        exige(
            un_de(EN_DANGER, situation.MAUVAIS_TRAITEMENTS_CONNUS.vrai),
            "un danger, un risque de danger ou des mauvais traitements sont relevés",
            "ni danger ni mauvais traitement n'est relevé",
        ),
    ),
    obligations=("O-SANS-DELAI", "O-JOURNAL"),
)
