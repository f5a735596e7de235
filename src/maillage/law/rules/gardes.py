"""Les bornes du droit écrit ici : ce qui n'est pas personnel, ce qui n'est pas daté, le secret par défaut."""

from datetime import date

from maillage.law.facts import contenu, jour
from maillage.law.language import Effet, Marque, exige, reparable
from maillage.law.rules.communes import lu, regle
from maillage.law.rules.csi_l132_5 import CP_226_13
from maillage.law.rules.doctrine import C_CIV_9
from maillage.law.rules.textes import article, doctrine

RGPD_4 = article("RGPD", "4", ("1)", "Est personnelle toute donnée qui permet d'identifier une personne."))
CP_226_22 = article(
    "CP",
    "226-22",
    (
        "1",
        "Faire connaître des données personnelles dont la divulgation nuit à l'intéressé, à qui n'a pas "
        "qualité pour les recevoir, est un délit ; il vise aussi les médiateurs.",
    ),
)
_COUVERTURE = doctrine(
    "étendue du droit écrit dans ce moteur",
    ("1", "Aucun échange antérieur au 6 mars 2007, ou sans date, n'est jugé."),
)

NON_PERSONNEL = regle(
    Effet.ECARTE,
    "G-NON-PERSONNEL",
    selon=RGPD_4,
    alinea="1)",
    aussi=(CP_226_13,),
    dit="Ce qui n'identifie personne se dit librement : un lieu, un moment, un nombre.",
    depuis=None,
    lu=lu(None, Marque.DOCTRINE, "seuil de non-identification : question U-12"),
    si=(
        exige(
            contenu.IDENTIFICATION.parmi("aucune"),
            "l'information n'identifie personne",
            "l'information identifie quelqu'un",
        ),
    ),
    questions=("U-12",),
)

DATE = regle(
    Effet.SITUE,
    "G-DATE",
    selon=_COUVERTURE,
    dit="Un échange ne se juge que daté, et du 6 mars 2007 au plus tôt.",
    depuis=None,
    lu=lu(None, Marque.DOCTRINE),
    si=(
        exige(
            jour.depuis(date(2007, 3, 6)),
            "la date de l'échange est connue et n'est pas antérieure au 6 mars 2007",
            "la date de l'échange est inconnue, ou antérieure au 6 mars 2007",
            reparable("date", "emetteur", "la date de l'échange, à partir du 6 mars 2007"),
        ),
    ),
)

DEFAUT = regle(
    Effet.PAR_DEFAUT,
    "X-DEFAUT",
    selon=CP_226_13,
    aussi=(CP_226_22, C_CIV_9),
    dit="Le silence est la règle : sans texte qui impose ou permette l'échange, rien ne se dit de quelqu'un.",
    depuis=None,
    lu=lu(date(2026, 4, 3)),
    si=(),
)
