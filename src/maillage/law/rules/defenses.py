"""Les défenses expresses : réemployer ce qu'on a reçu sous protection, ficher ce qui ne se fiche pas."""

from datetime import date

from maillage.law.facts import contenu, echange
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.language import Condition, Effet, Marque, terme
from maillage.law.rules.communes import lu, regle
from maillage.law.rules.csi_l132_5 import ARTICLE as CSI_L132_5
from maillage.law.rules.textes import article

CP_226_21 = article(
    "CP",
    "226-21",
    ("1", "Détourner des données personnelles de leur but est un délit."),
)
CASF_L141_1 = article(
    "CASF",
    "L. 141-1",
    ("1", "Ce qui se dit au conseil des droits et devoirs des familles ne va pas à des tiers."),
)
RGPD_10 = article(
    "RGPD",
    "10",
    ("1", "Les données d'infraction ne se traitent que sous le contrôle de l'autorité publique."),
)
RGPD_9 = article(
    "RGPD",
    "9",
    (
        "1",
        "Les données sensibles (santé, origine, opinions, vie sexuelle…) ne se traitent pas, sauf exception.",
    ),
)
LIL_46 = article("LIL", "46", ("1", "Qui peut traiter des données d'infraction, par exception."))
LIL_6 = article("LIL", "6", ("1", "La défense de traiter les données sensibles, et ses exceptions."))


def _de_la_nature(valeur: str, dit: str, sinon: str) -> Condition:
    """Le terme qui tient à la nature de l'information."""
    return terme(contenu.NATURE.parmi(valeur), dit, sinon, "contenu.nature")


def _ecrit_par(*fonctions: str, dit: str, sinon: str) -> Condition:
    """Le terme qui tient à la fonction de l'émetteur."""
    return terme(EMETTEUR.fonction.parmi(*fonctions), dit, sinon, "emetteur.fonction")


_EN_FICHIER = terme(
    echange.ENREGISTREMENT.parmi("fichier_individuel", "fichier_groupe"),
    "le contenu serait écrit dans un dossier ou un fichier",
    "le contenu ne serait écrit dans aucun fichier",
    "enregistrement",
)

REEMPLOI = regle(
    Effet.INTERDIT,
    "X-REEMPLOI",
    selon=CP_226_21,
    aussi=(CSI_L132_5, CASF_L141_1),
    dit="Ce qui a été reçu dans un échange protégé ne repart pas ailleurs (CASF L121-6-2 al. 6 de même).",
    depuis=None,
    lu=lu(date(2009, 1, 1), a_verifier=True),
    si=(
        terme(
            contenu.ORIGINE.parmi("recu_echange_protege"),
            "l'information a été reçue dans un échange protégé",
            "l'information ne vient pas d'un échange protégé",
            "contenu.origine",
        ),
    ),
)

FICHIER_INFRACTION = regle(
    Effet.INTERDIT,
    "X-FICHIER-INFRACTION",
    selon=RGPD_10,
    aussi=(LIL_46,),
    dit="Ni médiateur ni éducateur n'écrit une donnée d'infraction dans un fichier.",
    depuis=None,
    lu=lu(None, Marque.MEMOIRE, "avant 2018 : loi informatique et libertés de 1978"),
    si=(
        _de_la_nature(
            "donnee_infraction",
            "l'information est une donnée d'infraction",
            "l'information n'est pas une donnée d'infraction",
        ),
        _ecrit_par(
            "mediateur",
            "educateur_prevention",
            dit="l'émetteur est médiateur ou éducateur de prévention",
            sinon="l'émetteur n'est ni médiateur ni éducateur de prévention",
        ),
        _EN_FICHIER,
    ),
)

FICHIER_SENSIBLE = regle(
    Effet.INTERDIT,
    "X-FICHIER-SENSIBLE",
    selon=RGPD_9,
    aussi=(LIL_6,),
    dit="Le médiateur n'écrit pas une donnée sensible dans un fichier.",
    depuis=None,
    lu=lu(None, Marque.MEMOIRE, "avant 2018 : loi informatique et libertés de 1978"),
    si=(
        _de_la_nature(
            "donnee_sensible",
            "l'information est une donnée sensible",
            "l'information n'est pas une donnée sensible",
        ),
        _ecrit_par(
            "mediateur",
            dit="l'émetteur est médiateur",
            sinon="l'émetteur n'est pas médiateur",
        ),
        _EN_FICHIER,
    ),
)
