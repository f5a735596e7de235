"""Code pénal 226-14 : quand révéler un secret n'est pas puni."""

from datetime import date

from maillage.law.facts import contenu, situation, sujet
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.facts.deduits import MINEUR
from maillage.law.language import Effet, exige, un_de
from maillage.law.rules.communes import lu, regle, vers
from maillage.law.rules.textes import article

_LU_2026 = date(2026, 4, 3)
_1994 = date(1994, 3, 1)

ARTICLE = article(
    "CP",
    "226-14",
    (
        "1",
        "La peine de la violation du secret ne s'applique pas où la loi impose ou autorise la révélation.",
    ),
    (
        "1°",
        "Ni à qui informe les autorités judiciaires, médicales ou administratives de mauvais traitements "
        "subis par un mineur ou une personne hors d'état de se protéger.",
    ),
    (
        "4°",
        "Ni au professionnel de santé ou de l'action sociale qui informe le préfet du danger que présente "
        "une personne qui détient une arme ou veut en acquérir une.",
    ),
)

MALTRAITANCE = regle(
    Effet.AUTORISE,
    "CP-226-14-1",
    selon=ARTICLE,
    alinea="1°",
    dit="Même tenu au secret, on peut révéler aux autorités des mauvais traitements connus.",
    depuis=_1994,
    lu=lu(_LU_2026, reserve="le mot « maltraitance », ajouté en 2024, est cité de mémoire"),
    si=(
        exige(
            situation.MAUVAIS_TRAITEMENTS_CONNUS.vrai,
            "des mauvais traitements sont connus, et non seulement craints",
            "aucun mauvais traitement n'est connu",
        ),
        exige(
            un_de(MINEUR, sujet.VULNERABLE.vrai),
            "la victime est mineure ou hors d'état de se protéger",
            "la victime n'est ni mineure ni hors d'état de se protéger, ou son âge est inconnu",
        ),
        vers(
            "president_departement",
            "delegue_departement",
            "procureur",
            "juge",
            "autorite_medicale",
            dit="le destinataire est une autorité judiciaire, médicale ou départementale",
            sinon="le destinataire n'est pas une autorité judiciaire, médicale ou départementale",
        ),
    ),
    obligations=("O-NECESSAIRE", "O-JOURNAL"),
)

ARME = regle(
    Effet.AUTORISE,
    "CP-226-14-4",
    selon=ARTICLE,
    alinea="4°",
    dit="Le professionnel de santé ou de l'action sociale peut informer le préfet du danger que présente "
    "une personne armée.",
    depuis=date(2003, 3, 19),
    lu=lu(_LU_2026, reserve="c'était le 3° jusqu'en 2020 ; numérotation citée de mémoire"),
    si=(
        exige(
            contenu.NATURE.parmi("danger_arme"),
            "l'information porte sur le danger d'une personne armée",
            "l'information ne porte pas sur le danger d'une personne armée",
        ),
        vers("prefet", dit="le destinataire est le préfet", sinon="le destinataire n'est pas le préfet"),
        exige(
            un_de(
                EMETTEUR.part_action_sociale.parmi("statutaire"),
                EMETTEUR.fonction.parmi("professionnel_sante"),
            ),
            "l'émetteur est un professionnel de santé ou de l'action sociale",
            "l'émetteur n'est ni professionnel de santé ni professionnel de l'action sociale par statut",
        ),
    ),
    obligations=("O-JOURNAL",),
)
