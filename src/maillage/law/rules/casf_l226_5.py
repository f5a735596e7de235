"""CASF L226-5 : faire savoir les suites à qui a transmis."""

from datetime import date

from maillage.law.facts import contenu, echange, jour
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR, PCD
from maillage.law.language import Effet, exige, un_de
from maillage.law.rules.communes import lu, regle
from maillage.law.rules.textes import article, etat

ARTICLE = article(
    "CASF",
    "L. 226-5",
    (
        "1",
        "Le président du département fait savoir à qui lui a transmis l'information les suites données : "
        "de droit aux professionnels et aux élus, sur demande et dans les trois mois aux autres.",
    ),
    historique=(
        etat(date(2007, 3, 6), "aux professionnels et aux élus"),
        etat(date(2022, 2, 9), "aux autres aussi, sur demande, dans les trois mois"),
    ),
)

SUITES = regle(
    Effet.IMPOSE,
    "CASF-L226-5",
    selon=ARTICLE,
    alinea="1",
    dit="Le président du département fait savoir les suites à qui lui a transmis l'information.",
    depuis=date(2007, 3, 6),
    lu=lu(date(2009, 1, 1), reserve="ajout de 2022 lu dans une source citée ; voir aussi CASF D. 226-2-8"),
    si=(
        exige(
            EMETTEUR.fonction.parmi(*PCD),
            "l'émetteur est le président du département ou son délégué",
            "l'émetteur n'est ni le président du département ni son délégué",
        ),
        exige(
            echange.DESTINATAIRE_AUTEUR_IP.vrai,
            "le destinataire avait lui-même transmis l'information préoccupante",
            "le destinataire n'avait pas transmis l'information préoccupante",
        ),
        exige(
            contenu.NATURE.parmi("orientation_suite"),
            "l'information porte sur les suites données",
            "l'information dit autre chose que les suites données",
        ),
        exige(
            un_de(
                DESTINATAIRE.emploi.parmi("agent_public", "salarie_prive", "elu"),
                jour.depuis(date(2022, 2, 9)),
            ),
            "le destinataire est un professionnel ou un élu, ou l'échange a lieu depuis le 9 février 2022",
            "avant le 9 février 2022, seuls les professionnels et les élus étaient avisés des suites",
        ),
    ),
    obligations=("O-MINIMUM", "O-TROIS-MOIS", "O-JOURNAL"),
)
