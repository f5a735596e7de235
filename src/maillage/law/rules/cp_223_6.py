"""Code pénal 223-6 : porter secours à qui est en péril."""

from datetime import date

from maillage.law.facts import situation
from maillage.law.language import Effet, exige
from maillage.law.rules.communes import lu, regle, vers
from maillage.law.rules.textes import article

_LU_2026 = date(2026, 4, 3)
_1994 = date(1994, 3, 1)

ARTICLE = article(
    "CP",
    "223-6",
    (
        "2",
        "Qui peut, sans risque pour lui ni pour autrui, porter ou faire porter secours à une personne en "
        "péril, et s'en abstient, commet un délit.",
    ),
)

SECOURIR = regle(
    Effet.IMPOSE,
    "CP-223-6",
    selon=ARTICLE,
    alinea="2",
    dit="Face à un péril imminent, on appelle les secours, la police ou le procureur.",
    depuis=_1994,
    lu=lu(_LU_2026),
    si=(
        exige(
            situation.PERIL_IMMINENT.vrai,
            "un péril est imminent et une action immédiate peut empêcher l'atteinte",
            "aucun péril imminent n'est relevé",
        ),
        vers(
            "secours",
            "police",
            "procureur",
            dit="le destinataire est un service de secours, la police ou le procureur",
            sinon="le destinataire n'est ni les secours, ni la police, ni le procureur",
        ),
    ),
    obligations=("O-SANS-DELAI", "O-NECESSAIRE"),
)
