"""Code de procédure pénale 40, 60-1 et 77-1-1 : aviser le procureur, répondre à une réquisition."""

from datetime import date

from maillage.law.facts import contenu, echange, situation
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.language import Effet, conteste, exige
from maillage.law.rules.communes import lu, regle, vers
from maillage.law.rules.textes import article

_LU_2010 = date(2010, 4, 4)

ARTICLE_40 = article(
    "CPP",
    "40",
    (
        "2",
        "L'agent public qui apprend un crime ou un délit dans l'exercice de ses fonctions en donne avis "
        "sans délai au procureur de la République.",
    ),
)

ARTICLE_60_1 = article(
    "CPP",
    "60-1",
    (
        "1",
        "Au cours d'une enquête, l'officier de police judiciaire ou le procureur peut requérir par écrit "
        "des documents déterminés. L'article 77-1-1 le prévoit dans l'enquête préliminaire.",
    ),
)

AVIS = regle(
    Effet.IMPOSE,
    "CPP-40",
    selon=ARTICLE_40,
    alinea="2",
    dit="L'agent public qui apprend un crime ou un délit dans ses fonctions en avise le procureur.",
    depuis=None,
    lu=lu(_LU_2010, a_verifier=True),
    si=(
        exige(
            situation.INFRACTION_CONNUE.vrai,
            "un crime ou un délit a été appris dans l'exercice des fonctions",
            "aucun crime ni délit n'a été appris dans l'exercice des fonctions",
        ),
        exige(
            EMETTEUR.emploi.parmi("agent_public"),
            "l'émetteur est agent public",
            "l'émetteur n'est pas agent public",
        ),
        vers(
            "procureur",
            dit="le destinataire est le procureur de la République",
            sinon="le destinataire n'est pas le procureur de la République",
        ),
        exige(
            contenu.NATURE.parmi(
                "fait_incident",
                "information_preoccupante",
                "vie_privee",
                "donnee_sensible",
                "donnee_infraction",
            ),
            "l'information peut porter sur l'infraction",
            "cette nature d'information ne porte pas sur une infraction",
        ),
        exige(
            EMETTEUR.secret.parmi("conteste_U4", "conteste_U6", "aucun"),
            "l'émetteur n'est pas fermement tenu au secret",
            "on ne sait pas si l'émetteur est tenu au secret",
            conteste(
                "U-8",
                "emetteur.fondement_secret",
                "que l'avis au procureur l'emporte sur le secret de l'émetteur",
                quand=EMETTEUR.secret.parmi("ferme"),
            ),
        ),
    ),
    obligations=("O-SANS-DELAI", "O-SANS-FICHIER"),
    questions=("U-4", "U-6", "U-8"),
)

REQUISITION = regle(
    Effet.IMPOSE,
    "CPP-60-1/77-1-1",
    selon=ARTICLE_60_1,
    alinea="1",
    dit="Une réquisition écrite de la police, dans une enquête, oblige à remettre les documents nommés.",
    depuis=None,
    lu=lu(_LU_2010, a_verifier=True),
    si=(
        vers(
            "police",
            dit="le destinataire est la police ou la gendarmerie",
            sinon="le destinataire n'est ni la police ni la gendarmerie",
        ),
        exige(
            echange.REQUISITION_ECRITE.vrai,
            "une réquisition écrite, signée et datée nomme les documents",
            "il n'y a pas de réquisition écrite",
        ),
        exige(
            echange.FINALITE.parmi("enquete_penale"),
            "l'échange sert une enquête pénale",
            "l'échange ne sert pas une enquête pénale",
        ),
    ),
    obligations=("O-REQUISITION", "O-JOURNAL"),
)
