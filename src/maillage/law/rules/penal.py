"""Code pénal et code de procédure pénale : révéler, alerter, secourir, dénoncer, répondre."""

from datetime import date

from maillage.law.facts import contenu, echange, jour, situation, sujet
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.facts.deduits import MINEUR
from maillage.law.language import Effet, conteste, exige, tous, un_de
from maillage.law.rules.communes import lu, regle, vers
from maillage.law.rules.textes import article, etat

_LU_2026 = date(2026, 4, 3)
_LU_2010 = date(2010, 4, 4)
_1994 = date(1994, 3, 1)

CP_434_3 = article(
    "CP",
    "434-3",
    (
        "1",
        "Qui connaît des privations, des mauvais traitements ou des agressions sexuelles subis par un "
        "mineur, ou par une personne hors d'état de se protéger, en informe les autorités.",
    ),
    ("2", "Les personnes tenues au secret n'y sont pas obligées, sauf si la loi en dispose autrement."),
    historique=(
        etat(_1994, "mineurs de moins de quinze ans et personnes vulnérables"),
        etat(date(2016, 3, 16), "tous les mineurs et les personnes vulnérables"),
    ),
)
CP_223_6 = article(
    "CP",
    "223-6",
    (
        "2",
        "Qui peut, sans risque pour lui ni pour autrui, porter ou faire porter secours à une personne en "
        "péril, et s'en abstient, commet un délit.",
    ),
)
CP_226_14 = article(
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
CPP_40 = article(
    "CPP",
    "40",
    (
        "2",
        "L'agent public qui apprend un crime ou un délit dans l'exercice de ses fonctions en donne avis "
        "sans délai au procureur de la République.",
    ),
)
CPP_60_1 = article(
    "CPP",
    "60-1",
    (
        "1",
        "Au cours d'une enquête, l'officier de police judiciaire ou le procureur peut requérir par écrit "
        "des documents déterminés. L'article 77-1-1 le prévoit dans l'enquête préliminaire.",
    ),
)

CP434_3 = regle(
    Effet.IMPOSE,
    "CP-434-3",
    selon=CP_434_3,
    alinea="1",
    dit="Qui n'est pas fermement tenu au secret et sait qu'un mineur ou une personne vulnérable est "
    "maltraité en informe les autorités.",
    depuis=_1994,
    lu=lu(_LU_2026, reserve="la date de 2016 est citée de mémoire"),
    si=(
        exige(
            situation.MAUVAIS_TRAITEMENTS_CONNUS.vrai,
            "des mauvais traitements sont connus, et non seulement craints",
            "aucun mauvais traitement n'est connu",
        ),
        exige(
            un_de(
                sujet.VULNERABLE.vrai,
                sujet.TRANCHE_AGE.parmi("moins_15"),
                tous(
                    jour.depuis(date(2016, 3, 16)),
                    un_de(sujet.TRANCHE_AGE.parmi("15_17"), sujet.OBJET.parmi("famille")),
                ),
            ),
            "la victime est une personne vulnérable ou un mineur que le texte protège à cette date",
            "le texte ne visait pas cette victime à cette date, ou son âge est inconnu",
        ),
        vers(
            "president_departement",
            "delegue_departement",
            "procureur",
            "juge",
            dit="le destinataire est le département, le procureur ou le juge",
            sinon="le destinataire n'est ni le département, ni le procureur, ni le juge",
        ),
        exige(
            EMETTEUR.secret.parmi("conteste_U4", "conteste_U6", "aucun"),
            "l'émetteur n'est pas fermement tenu au secret",
            "l'émetteur est tenu au secret, ou on ne sait pas s'il l'est",
        ),
    ),
    obligations=("O-SANS-DELAI", "O-NECESSAIRE", "O-NE-PAS-ALERTER"),
    questions=("U-4", "U-6"),
)

CP223_6 = regle(
    Effet.IMPOSE,
    "CP-223-6",
    selon=CP_223_6,
    alinea="2",
    dit="Face à un péril imminent, on appelle les secours, la police ou le procureur.",
    depuis=_1994,
    lu=lu(_LU_2026),
    si=(
        exige(
            situation.PERIL_IMMINENT.vrai,
            "un péril est imminent et une action immédiate peut empêcher l'atteinte",
            "aucun péril imminent n'est relevé",
        ),
        vers(
            "secours",
            "police",
            "procureur",
            dit="le destinataire est un service de secours, la police ou le procureur",
            sinon="le destinataire n'est ni les secours, ni la police, ni le procureur",
        ),
    ),
    obligations=("O-SANS-DELAI", "O-NECESSAIRE"),
)

CPP40 = regle(
    Effet.IMPOSE,
    "CPP-40",
    selon=CPP_40,
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
    selon=CPP_60_1,
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

MALTRAITANCE = regle(
    Effet.AUTORISE,
    "CP-226-14-1",
    selon=CP_226_14,
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
    selon=CP_226_14,
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
