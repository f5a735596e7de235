"""CASF L226-2-1 et L226-3 à L226-5 : l'information préoccupante, sa route et son retour."""

from datetime import date

from maillage.law.facts import contenu, echange, jour, situation
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR, PCD
from maillage.law.facts.deduits import EN_DANGER
from maillage.law.language import Effet, exige, un_de
from maillage.law.rules.communes import (
    DANGER_POUR_L_ENFANT,
    ENFANT_MINEUR,
    VERS_PCD,
    lu,
    nature,
    regle,
    vers,
)
from maillage.law.rules.textes import article, etat

_DEPUIS = date(2007, 3, 6)
_LU_2009 = date(2009, 1, 1)

_INFORMATION_PREOCCUPANTE = nature(
    "information_preoccupante",
    dit="c'est une information préoccupante",
    sinon="ce n'est pas une information préoccupante",
)

L226_2_1 = article(
    "CASF",
    "L. 226-2-1",
    (
        "1",
        "Ceux qui mettent en œuvre la protection de l'enfance, ou lui apportent leur concours, "
        "transmettent sans délai au président du département ou à son délégué l'information sur un mineur "
        "en danger ou qui risque de l'être ; les parents en sont d'abord informés, sauf intérêt contraire "
        "de l'enfant.",
    ),
)

L226_3 = article(
    "CASF",
    "L. 226-3",
    (
        "1",
        "Le président du département recueille, traite et évalue les informations préoccupantes, à tout "
        "moment et d'où qu'elles viennent.",
    ),
    historique=(
        etat(_DEPUIS, "recueil par la cellule du département"),
        etat(date(2022, 2, 9), "complété en 2022 (lu dans une source citée)"),
    ),
)

L226_4 = article(
    "CASF",
    "L. 226-4",
    (
        "II",
        "Celui qui avise directement le procureur de la République, en raison de la gravité de la "
        "situation, en adresse une copie au président du département.",
    ),
)

L226_5 = article(
    "CASF",
    "L. 226-5",
    (
        "1",
        "Le président du département fait savoir à qui lui a transmis l'information les suites données : "
        "de droit aux professionnels et aux élus, sur demande et dans les trois mois aux autres.",
    ),
    historique=(
        etat(_DEPUIS, "aux professionnels et aux élus"),
        etat(date(2022, 2, 9), "aux autres aussi, sur demande, dans les trois mois"),
    ),
)

TRANSMISSION = regle(
    Effet.IMPOSE,
    "CASF-L226-2-1",
    selon=L226_2_1,
    alinea="1",
    dit="Qui concourt à la protection de l'enfance transmet sans délai au département l'information sur "
    "un mineur en danger ou en risque de danger.",
    depuis=_DEPUIS,
    lu=lu(date(2024, 6, 20), a_verifier=True),
    si=(
        exige(
            EMETTEUR.part_protection_enfance.hors("aucune"),
            "l'émetteur concourt à la protection de l'enfance",
            "l'émetteur n'a pas de part établie à la protection de l'enfance",
        ),
        DANGER_POUR_L_ENFANT,
        ENFANT_MINEUR,
        VERS_PCD,
        _INFORMATION_PREOCCUPANTE,
    ),
    obligations=("O-SANS-DELAI", "O-INFORMER", "O-JOURNAL"),
    questions=("U-15",),
)

RECUEIL = regle(
    Effet.AUTORISE,
    "CASF-L226-3",
    selon=L226_3,
    alinea="1",
    dit="Quiconque peut adresser au président du département une information préoccupante sur un mineur.",
    depuis=_DEPUIS,
    lu=lu(_LU_2009, reserve="ajout de 2022 lu dans une source citée"),
    si=(
        VERS_PCD,
        _INFORMATION_PREOCCUPANTE,
        ENFANT_MINEUR,
        exige(
            un_de(EN_DANGER, situation.MAUVAIS_TRAITEMENTS_CONNUS.vrai),
            "un danger, un risque de danger ou des mauvais traitements sont relevés",
            "ni danger ni mauvais traitement n'est relevé",
        ),
    ),
    obligations=("O-SANS-DELAI", "O-JOURNAL"),
)

SIGNALEMENT = regle(
    Effet.AUTORISE,
    "CASF-L226-4-II",
    selon=L226_4,
    alinea="II",
    dit="En raison de la gravité, l'information préoccupante peut aller droit au procureur, copie au "
    "président du département.",
    depuis=_DEPUIS,
    lu=lu(_LU_2009, reserve="la version de 2016 n'a pas été lue"),
    si=(
        vers(
            "procureur",
            dit="le destinataire est le procureur de la République",
            sinon="le destinataire n'est pas le procureur de la République",
        ),
        _INFORMATION_PREOCCUPANTE,
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

SUITES = regle(
    Effet.IMPOSE,
    "CASF-L226-5",
    selon=L226_5,
    alinea="1",
    dit="Le président du département fait savoir les suites à qui lui a transmis l'information.",
    depuis=_DEPUIS,
    lu=lu(_LU_2009, reserve="ajout de 2022 lu dans une source citée ; voir aussi CASF D. 226-2-8"),
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
