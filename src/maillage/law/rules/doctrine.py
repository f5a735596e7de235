"""La médiation sociale n'a pas de loi : orienter, accuser réception, passer le relais, revenir, dire.

Ces règles reposent sur le code civil, le RGPD et la doctrine de la profession ; une loi future
s'écrirait ici, avec sa date.
"""

from datetime import date

from maillage.law.facts import contenu, echange
from maillage.law.facts.acteurs import ACCUEIL, DESTINATAIRE, EMETTEUR
from maillage.law.facts.lectures import rapport
from maillage.law.language import Condition, Effet, Marque, exige, reparable
from maillage.law.rules.communes import (
    ACCORD,
    DEUX,
    NEC,
    NOTICE,
    PAR_RELAYEUR,
    TITULAIRE,
    TITULAIRE_SANS_DISPENSE,
    VERS_RELAYEUR,
    but,
    lu,
    nature,
    regle,
    vers,
)
from maillage.law.rules.textes import article, doctrine

_DEPUIS = date(2001, 10, 1)
_LU = lu(date(2026, 4, 3), reserve="doctrine ; la norme est connue par une source seconde")

C_CIV_9 = article("C. civ.", "9", ("1", "Chacun a droit au respect de sa vie privée."))
RGPD_6 = article("RGPD", "6", ("1", "Un traitement de données personnelles repose sur l'un de six motifs."))
NF_X60_600 = doctrine(
    "norme NF X60-600, médiation sociale",
    ("1", "Le médiateur n'use d'une information qu'avec l'accord de qui la lui a donnée."),
)
CHARTE_2001 = doctrine(
    "charte de référence de la médiation sociale (2001)",
    ("1", "Le médiateur respecte la confidentialité, la volonté et l'autonomie des personnes."),
)
CGFP_L121_7 = article(
    "CGFP",
    "L. 121-7",
    ("1", "L'agent public est tenu à la discrétion sur ce qu'il apprend dans ses fonctions."),
    ("2", "Seule une décision expresse de l'autorité dont il dépend l'en délie, hors les cas de la loi."),
)
CIRCULAIRE_1996 = doctrine(
    "circulaire du 21 juin 1996 ; rapport de 2017",
    ("1", "Un retour borné vers qui a orienté, convenu d'avance et avec l'accord de la personne."),
)

MEDIATEUR_SANS_SECRET = (
    exige(
        EMETTEUR.fonction.parmi("mediateur"),
        "l'émetteur est médiateur",
        "l'émetteur n'est pas médiateur",
    ),
    exige(
        EMETTEUR.secret.parmi("aucun"),
        "aucun texte ne tient l'émetteur au secret",
        "l'émetteur est tenu au secret, ou on en discute, ou on ne le sait pas",
    ),
)
VERS_ACCUEIL = (
    exige(
        DESTINATAIRE.secret.parmi("ferme"),
        "le destinataire est tenu au secret",
        "le destinataire n'est tenu à aucun secret établi",
    ),
    vers(
        *ACCUEIL,
        dit="le destinataire est de ceux qui accueillent et accompagnent",
        sinon="le destinataire n'est pas de ceux qui accueillent et accompagnent",
    ),
)
BUT_ORIENTATION = but("orientation_personne", dit="l'échange sert l'orientation de la personne")
NATURE_DEMANDE = nature(
    "orientation_demande",
    dit="l'information se limite à l'identité, au contact et au besoin exprimé",
    sinon="l'information n'est pas une demande d'orientation",
)


def _orientation(*debut: Condition, fin: tuple[Condition, ...] = ()) -> tuple[Condition, ...]:
    """Les conditions d'une orientation avec accord, autour de celles qui tiennent à l'émetteur."""
    milieu = (NATURE_DEMANDE, BUT_ORIENTATION, ACCORD, TITULAIRE, NEC, NOTICE, DEUX)
    return (*debut, *VERS_ACCUEIL, *milieu, *fin)


ORIENT_PRIVE = regle(
    Effet.AUTORISE,
    "ORIENT-PRIVE",
    selon=C_CIV_9,
    aussi=(RGPD_6, NF_X60_600, CHARTE_2001),
    dit="Le médiateur que nul secret ne lie oriente, avec accord, vers qui est tenu au secret.",
    depuis=_DEPUIS,
    lu=_LU,
    si=_orientation(*MEDIATEUR_SANS_SECRET),
    obligations=("O-ACCORD", "O-MINIMUM", "O-NOTICE", "O-JOURNAL"),
    questions=("U-11", "U-13"),
)

ORIENT_PUBLIC = regle(
    Effet.AUTORISE,
    "ORIENT-PUBLIC",
    selon=CGFP_L121_7,
    alinea="2",
    aussi=(NF_X60_600,),
    dit="L'agent public que son autorité délie de la discrétion oriente, avec accord, vers qui est tenu "
    "au secret.",
    depuis=_DEPUIS,
    lu=lu(date(2026, 4, 3), reserve="doctrine"),
    si=_orientation(
        exige(
            EMETTEUR.secret.parmi("conteste_U4", "conteste_U6"),
            "seul son statut d'agent public pourrait tenir l'émetteur au secret",
            "l'émetteur n'est pas dans le cas d'un agent dont le secret est discuté",
        ),
        fin=(
            exige(
                echange.DECISION_AUTORITE.vrai,
                "l'autorité d'emploi a délié l'émetteur de la discrétion par décision expresse",
                "l'autorité d'emploi n'a pas délié l'émetteur de la discrétion",
                reparable(
                    "decision_autorite",
                    "autorite_emploi",
                    "la décision expresse de l'autorité d'emploi, qui délie de la discrétion",
                ),
            ),
        ),
    ),
    obligations=("O-ACCORD", "O-MINIMUM", "O-NOTICE", "O-JOURNAL"),
    questions=("U-4", "U-6"),
)

ORIENT_ACCUSE = regle(
    Effet.AUTORISE,
    "ORIENT-ACCUSE",
    selon=C_CIV_9,
    aussi=(RGPD_6, NF_X60_600),
    dit="À qui a orienté, on peut dire que l'orientation est arrivée ; rien du contact ni du suivi.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        nature(
            "orientation_accuse",
            dit="l'information est un accusé de réception, rien de plus",
            sinon="l'information dit plus qu'un accusé de réception",
        ),
        BUT_ORIENTATION,
        exige(
            echange.DESTINATAIRE_AUTEUR_ORIENTATION.vrai,
            "le destinataire a lui-même orienté cette personne",
            "le destinataire n'a pas lui-même orienté cette personne",
        ),
        vers(
            "mediateur",
            "personnel_scolaire",
            "chef_etablissement",
            "assistant_service_social",
            dit="le destinataire est médiateur, de l'école ou assistant de service social",
            sinon="le destinataire n'est ni médiateur, ni de l'école, ni assistant de service social",
        ),
    ),
    obligations=("O-SANS-FICHIER",),
)

RELAIS_PRESENT = regle(
    Effet.AUTORISE,
    "RELAIS-PRESENT",
    selon=C_CIV_9,
    aussi=(NF_X60_600, CHARTE_2001),
    dit="En relais à trois, la personne présente parle elle-même : rien n'est révélé.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        nature(
            "orientation_demande",
            "orientation_suite",
            dit="on parle de l'orientation ou de ses suites",
            sinon="l'information ne porte pas sur l'orientation ni ses suites",
        ),
        BUT_ORIENTATION,
        exige(
            echange.PERSONNE_PRESENTE.vrai,
            "la personne est présente et parle elle-même",
            "la personne n'est pas présente",
            reparable("personne_presente", "personne", "la présence de la personne, qui parle elle-même"),
        ),
        ACCORD,
        TITULAIRE,
        DEUX,
        PAR_RELAYEUR,
        VERS_RELAYEUR,
    ),
    obligations=("O-ACCORD", "O-SANS-FICHIER", "O-JOURNAL"),
)

RETOUR_CONVENU = regle(
    Effet.AUTORISE,
    "RETOUR-CONVENU",
    selon=CIRCULAIRE_1996,
    dit="Un retour borné va à qui a orienté, si une clause le prévoit et si tous en sont d'accord.",
    depuis=_DEPUIS,
    lu=lu(date(2017, 12, 1), Marque.SECONDE, "doctrine ; question U-10"),
    si=(
        exige(
            rapport("U-10"),
            "le partenariat a adopté la lecture du rapport sur le retour (U-10)",
            "le partenariat n'a pas adopté la lecture du rapport sur le retour (U-10)",
        ),
        PAR_RELAYEUR,
        VERS_RELAYEUR,
        exige(
            echange.DESTINATAIRE_AUTEUR_ORIENTATION.vrai,
            "le destinataire a lui-même orienté cette personne",
            "le destinataire n'a pas lui-même orienté cette personne",
        ),
        exige(
            contenu.NATURE.parmi("orientation_suite"),
            "l'information porte sur la suite donnée",
            "l'information ne porte pas sur la suite donnée",
        ),
        BUT_ORIENTATION,
        exige(
            echange.CLAUSE_RETOUR.vrai,
            "une clause de retour est écrite et en cours",
            "aucune clause de retour n'est en cours",
            reparable(
                "clause_retour",
                "partenariat",
                "une clause de retour, écrite et en cours, dans la convention",
            ),
        ),
        ACCORD,
        TITULAIRE_SANS_DISPENSE,
        NEC,
        DEUX,
    ),
    obligations=("O-MINIMUM", "O-SANS-TIERS", "O-ACCORD", "O-JOURNAL"),
    questions=("U-10",),
)

MED_TIERS = regle(
    Effet.AUTORISE,
    "MED-TIERS",
    selon=C_CIV_9,
    aussi=(RGPD_6, NF_X60_600),
    dit="Le médiateur que nul secret ne lie dit un fait au bailleur ou au transporteur, avec accord.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        *MEDIATEUR_SANS_SECRET,
        vers(
            "bailleur",
            "transporteur",
            dit="le destinataire est un bailleur ou un transporteur",
            sinon="le destinataire n'est ni bailleur ni transporteur",
        ),
        nature(
            "fait_incident",
            dit="l'information est un fait ou un incident",
            sinon="l'information est autre chose qu'un fait ou un incident",
        ),
        but(
            "gestion_locative",
            "tranquillite_publique",
            dit="l'échange sert la gestion locative ou la tranquillité",
        ),
        ACCORD,
        TITULAIRE,
        NEC,
    ),
    obligations=("O-ACCORD", "O-NECESSAIRE"),
    questions=("U-11",),
)
