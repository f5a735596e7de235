"""CASF L221-6 : le secret de ceux qui participent aux missions de l'ASE, et ce qu'ils transmettent."""

from datetime import date

from maillage.law.facts import contenu
from maillage.law.facts.acteurs import EMETTEUR, PCD
from maillage.law.language import Effet, exige
from maillage.law.rules.communes import (
    DANGER_POUR_L_ENFANT,
    ENFANT_MINEUR,
    NEC,
    VERS_PCD,
    but,
    lu,
    regle,
)
from maillage.law.rules.textes import article

ARTICLE = article(
    "CASF",
    "L. 221-6",
    (
        "1",
        "Qui participe aux missions de l'aide sociale à l'enfance, donc un éducateur de prévention dont le "
        "service en a le titre, est tenu au secret : par sa mission, non par son métier ni son diplôme.",
    ),
    (
        "2",
        "Il transmet sans délai au président du département, ou au responsable que celui-ci désigne, ce "
        "qu'il faut pour décider des mesures concernant un mineur, et l'information préoccupante.",
    ),
    (
        "3",
        "La transmission au président du département de ce que la mission exige ne viole pas le secret.",
    ),
)

_DEPUIS = date(2007, 3, 6)
_LU = lu(date(2009, 1, 1), reserve="rédaction actuelle lue dans une source citée")

_MISSION = exige(
    EMETTEUR.mission_ase,
    "l'émetteur participe aux missions de l'aide sociale à l'enfance",
    "l'émetteur ne participe pas, de manière établie, aux missions de l'aide sociale à l'enfance",
)

TRANSMISSION = regle(
    Effet.IMPOSE,
    "CASF-L221-6-al2",
    selon=ARTICLE,
    alinea="2",
    dit="Qui participe aux missions de l'ASE transmet sans délai au département ce qu'il faut savoir d'un "
    "mineur en danger ou en risque de danger.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        _MISSION,
        exige(
            EMETTEUR.fonction.hors(*PCD),
            "l'émetteur n'est pas lui-même le président du département ni son délégué",
            "l'émetteur est le président du département ou son délégué, ou sa fonction est inconnue",
        ),
        DANGER_POUR_L_ENFANT,
        ENFANT_MINEUR,
        VERS_PCD,
        exige(
            contenu.NATURE.parmi("information_preoccupante", "vie_privee"),
            "c'est une information préoccupante ou ce qu'il faut savoir de la vie privée",
            "cette nature d'information ne passe pas par cet alinéa",
        ),
    ),
    obligations=("O-SANS-DELAI", "O-NECESSAIRE", "O-JOURNAL"),
    questions=("U-3", "U-7"),
)

COMPTE_RENDU = regle(
    Effet.AUTORISE,
    "CASF-L221-6-al3",
    selon=ARTICLE,
    alinea="3",
    dit="Qui participe aux missions de l'ASE peut dire au département ce que la protection d'un mineur "
    "exige strictement.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        _MISSION,
        VERS_PCD,
        ENFANT_MINEUR,
        but("protection_enfance", dit="l'échange sert la protection de l'enfance"),
        NEC,
    ),
    obligations=("O-NECESSAIRE", "O-JOURNAL"),
    questions=("U-3",),
)
