"""CASF L226-2-1 : transmettre au département ce que l'on sait d'un mineur en danger."""

from datetime import date

from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.language import Effet, exige
from maillage.law.rules.communes import (
    DANGER_POUR_L_ENFANT,
    ENFANT_MINEUR,
    INFORMATION_PREOCCUPANTE,
    VERS_PCD,
    lu,
    regle,
)
from maillage.law.rules.textes import article

ARTICLE = article(
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

TRANSMISSION = regle(
    Effet.IMPOSE,
    "CASF-L226-2-1",
    selon=ARTICLE,
    alinea="1",
    dit="Qui concourt à la protection de l'enfance transmet sans délai au département l'information sur "
    "un mineur en danger ou en risque de danger.",
    depuis=date(2007, 3, 6),
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
        INFORMATION_PREOCCUPANTE,
    ),
    obligations=("O-SANS-DELAI", "O-INFORMER", "O-JOURNAL"),
    questions=("U-15",),
)
