"""CASF L226-4 II : signaler au procureur, en raison de la gravité."""

from datetime import date

from maillage.law.facts import situation
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.language import Effet, exige, un_de
from maillage.law.rules.communes import ENFANT_MINEUR, INFORMATION_PREOCCUPANTE, lu, regle, vers
from maillage.law.rules.textes import article

ARTICLE = article(
    "CASF",
    "L. 226-4",
    (
        "II",
        "Celui qui avise directement le procureur de la République, en raison de la gravité de la "
        "situation, en adresse une copie au président du département.",
    ),
)

SIGNALEMENT = regle(
    Effet.AUTORISE,
    "CASF-L226-4-II",
    selon=ARTICLE,
    alinea="II",
    dit="En raison de la gravité, l'information préoccupante peut aller droit au procureur, copie au "
    "président du département.",
    depuis=date(2007, 3, 6),
    lu=lu(date(2009, 1, 1), reserve="la version de 2016 n'a pas été lue"),
    si=(
        vers(
            "procureur",
            dit="le destinataire est le procureur de la République",
            sinon="le destinataire n'est pas le procureur de la République",
        ),
        INFORMATION_PREOCCUPANTE,
        exige(
            situation.DANGER.parmi("danger_grave"),
            "un professionnel nommé apprécie un danger grave",
            "aucun danger grave n'a été apprécié",
        ),
        ENFANT_MINEUR,
        exige(
            un_de(
                EMETTEUR.part_protection_enfance.hors("aucune"),
                EMETTEUR.emploi.parmi("agent_public"),
            ),
            "l'émetteur concourt à la protection de l'enfance ou est agent public",
            "l'émetteur ne concourt pas à la protection de l'enfance et n'est pas agent public",
        ),
    ),
    obligations=("O-COPIE-PCD", "O-JOURNAL"),
)
