"""CSI L132-5 : le groupe de travail du CLSPD, et ce qui lui reste fermé."""

from datetime import date

from maillage.law.facts import contenu, echange, jour
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.facts.lectures import prudente, rapport
from maillage.law.language import Effet, exige, reparable, terme, tous, un_de
from maillage.law.rules.communes import NEC, NOTICE, but, cadre, lu, regle
from maillage.law.rules.textes import article, doctrine, etat

_DEPUIS = date(2007, 3, 7)
_REGLEMENT = date(2011, 3, 16)
_LU_2026 = date(2026, 4, 3)

ARTICLE = article(
    "CSI",
    "L. 132-5",
    (
        "1",
        "Le conseil local de sécurité et de prévention de la délinquance peut former des groupes de "
        "travail. Des faits et informations confidentiels peuvent s'y échanger ; ils ne vont pas à des "
        "tiers. Le texte parle de confidentiel : il ne dit rien de ce qui est couvert par le secret.",
    ),
    ("2", "Un règlement intérieur fixe les règles du groupe (exigé depuis le 16 mars 2011)."),
    historique=(
        etat(_DEPUIS, "article L. 2211-5 du code général des collectivités territoriales"),
        etat(_REGLEMENT, "article L. 2211-5 du CGCT, règlement intérieur exigé"),
        etat(date(2012, 5, 1), "article L. 132-5 du code de la sécurité intérieure"),
    ),
)
CNIL_2014_262 = doctrine(
    "délibération CNIL n° 2014-262, article 1",
    (
        "1",
        "L'échange nominatif ne vaut que dans les groupes de travail, non en séance plénière ni restreinte.",
    ),
)
CHARTE_TYPE = doctrine(
    "charte type de confidentialité des CLSPD",
    ("1", "Les membres présents ont signé ; le secret professionnel n'y est pas levé."),
)
CP_226_13 = article(
    "CP",
    "226-13",
    ("1", "Révéler un secret dont on est dépositaire est un délit, même à une seule personne."),
)

_DICIBLE = ("fait_incident", "besoin_de_coordination")

GROUPE_DE_TRAVAIL = regle(
    Effet.AUTORISE,
    "CSI-L132-5",
    selon=ARTICLE,
    alinea="1",
    dit="Dans un groupe de travail du CLSPD dont tous ont signé les règles, un fait ou un besoin de "
    "coordination peut être dit, sans sortir du groupe.",
    depuis=_DEPUIS,
    lu=lu(_LU_2026, reserve="la date de 2011 est citée de mémoire"),
    si=(
        cadre("clspd_groupe_travail", dit="l'échange a lieu dans un groupe de travail du CLSPD"),
        exige(
            un_de(
                EMETTEUR.secret.parmi("conteste_U4", "conteste_U6", "aucun"),
                tous(EMETTEUR.secret.parmi("ferme"), rapport("U-9")),
            ),
            "l'émetteur n'est pas fermement tenu au secret, ou la lecture adoptée admet sa parole",
            "l'émetteur est tenu au secret, ou on ne sait pas s'il l'est",
        ),
        exige(
            contenu.NATURE.parmi(*_DICIBLE),
            "l'information est un fait ou un besoin de coordination",
            "cette nature d'information ne se dit pas dans ce groupe",
        ),
        but("prevention_delinquance", dit="l'échange sert la prévention de la délinquance"),
        exige(
            un_de(echange.REGLES_GROUPE.parmi("adoptees_signees_par_tous"), jour.avant(_REGLEMENT)),
            "les règles du groupe sont adoptées et signées par tous, ou n'étaient pas encore exigées",
            "les règles du groupe ne sont pas signées par tous",
            reparable(
                "regles_groupe", "groupe", "les règles du groupe, adoptées et signées par tous les présents"
            ),
        ),
        NEC,
        NOTICE,
    ),
    obligations=("O-SANS-TIERS", "O-NECESSAIRE", "O-REGLES", "O-NOTICE", "O-JOURNAL"),
    questions=("U-4", "U-6", "U-9"),
)

PLENIERE = regle(
    Effet.INTERDIT,
    "X-CLSPD-PLENIERE",
    selon=ARTICLE,
    aussi=(CNIL_2014_262,),
    dit="On ne nomme personne en CLSPD plénier ni restreint : le texte ne couvre que les groupes de travail.",
    depuis=_DEPUIS,
    lu=lu(_LU_2026, reserve="charte type lue dans une source citée"),
    si=(
        terme(
            echange.CADRE.parmi("clspd_pleniere", "clspd_restreint"),
            "l'échange a lieu en CLSPD plénier ou restreint",
            "l'échange n'a pas lieu en CLSPD plénier ni restreint",
            "cadre",
        ),
    ),
)

SECRET = regle(
    Effet.INTERDIT,
    "X-CLSPD-SECRET",
    selon=CP_226_13,
    aussi=(CHARTE_TYPE,),
    dit="Dans un groupe du CLSPD, qui est tenu au secret n'apporte rien de nominatif, hors l'accusé de "
    "réception d'une orientation.",
    depuis=_DEPUIS,
    lu=lu(_LU_2026, reserve="charte type lue dans une source citée"),
    si=(
        terme(
            echange.CADRE.parmi("clspd_groupe_travail"),
            "l'échange a lieu dans un groupe de travail du CLSPD",
            "l'échange n'a pas lieu dans un groupe de travail du CLSPD",
            "cadre",
        ),
        terme(
            EMETTEUR.secret.parmi("ferme"),
            "l'émetteur est tenu au secret",
            "l'émetteur n'est pas fermement tenu au secret",
            "emetteur.fondement_secret",
        ),
        terme(
            un_de(
                tous(prudente("U-9"), contenu.NATURE.hors("orientation_accuse")),
                tous(
                    rapport("U-9"),
                    contenu.NATURE.hors("orientation_accuse", *_DICIBLE),
                ),
            ),
            "l'information dépasse ce que le groupe peut entendre de lui",
            "l'information est de celles que le groupe peut entendre",
            "contenu.nature",
        ),
    ),
    questions=("U-9",),
)
