"""CASF L121-6-2 : le travail de plusieurs professionnels auprès d'une même personne ou famille."""

from datetime import date

from maillage.law.facts import contenu, situation
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR, MAIRIE, PCD, Acteur
from maillage.law.facts.deduits import (
    ACTION_SOCIALE,
    ACTION_SOCIALE_CONTESTEE,
    COORDONNATEUR_ICI,
    SEUL,
)
from maillage.law.facts.lectures import rapport
from maillage.law.language import Condition, Effet, conteste, exige, reparable, tous, un_de
from maillage.law.rules.communes import (
    DANGER_POUR_L_ENFANT,
    ENFANT_MINEUR,
    NEC,
    PAS_UN_TIERS,
    PROFESSIONNEL_ACTION_SOCIALE,
    VERS_MAIRE_OU_PCD,
    but,
    cadre,
    lu,
    nature,
    regle,
)
from maillage.law.rules.textes import article, etat

ARTICLE = article(
    "CASF",
    "L. 121-6-2",
    (
        "1",
        "Un professionnel de l'action sociale qui voit des difficultés s'aggraver au point d'appeler "
        "plusieurs professionnels en informe le maire du lieu de résidence et le président du département.",
    ),
    (
        "2",
        "Le maire peut désigner, parmi ceux qui interviennent auprès de la personne ou de la famille, "
        "un coordonnateur, avec l'accord de l'autorité dont il relève et après avis du département.",
    ),
    ("4", "Le coordonnateur est tenu au secret professionnel."),
    (
        "5",
        "Les professionnels qui interviennent auprès de la même personne ou famille peuvent partager ce "
        "que la mission d'action sociale exige strictement ; le coordonnateur sait ce qui est partagé.",
    ),
    (
        "6",
        "Le coordonnateur, ou le professionnel qui intervient seul, peut confier au maire et au président "
        "du département, ou à leurs représentants, ce qu'exige strictement l'exercice de leurs "
        "compétences ; rien n'en va à un tiers.",
    ),
    (
        "7",
        "S'ils découvrent qu'un mineur est en danger ou risque de l'être, ils en informent sans délai le "
        "président du département ; le maire apprend seulement que cette transmission a eu lieu.",
    ),
    historique=(
        etat(date(2007, 3, 7), "« président du conseil général »"),
        etat(date(2015, 3, 23), "« président du conseil départemental », sans changement de fond"),
    ),
)

_LU = lu(date(2009, 1, 1), reserve="chronologie de 2015 lue dans une source citée", a_verifier=True)
_DEPUIS = date(2007, 3, 7)


def _part(acteur: Acteur, role: str, qui: str, de_qui: str) -> Condition:
    """À ce bout, un professionnel de l'action sociale : par statut, ou par mission écrite et nommé."""
    part = acteur.part_action_sociale
    return exige(
        un_de(
            part.parmi("statutaire"),
            tous(
                part.parmi("mission_ecrite"),
                un_de(acteur.designe_nominativement.vrai, rapport("U-1")),
            ),
        ),
        f"{qui} est un professionnel de l'action sociale, ou sa mission écrite est reconnue",
        f"{qui} n'a pas de part établie à l'action sociale",
        reparable(
            f"{role}.designe_nominativement",
            "coordonnateur",
            f"le nom {de_qui} sur la liste du coordonnateur",
            quand=part.parmi("mission_ecrite"),
        ),
    )


ALERTE = regle(
    Effet.IMPOSE,
    "CASF-L121-6-2-al1",
    selon=ARTICLE,
    alinea="1",
    dit="Le professionnel de l'action sociale qui constate une aggravation appelant plusieurs "
    "professionnels en informe le maire et le président du département.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        exige(
            situation.AGGRAVATION.vrai,
            "un professionnel nommé a constaté une aggravation qui appelle plusieurs professionnels",
            "aucune aggravation appelant plusieurs professionnels n'a été constatée",
        ),
        VERS_MAIRE_OU_PCD,
        nature(
            "besoin_de_coordination",
            dit="l'information se limite au besoin de coordination",
            sinon="l'information dit autre chose que le besoin de coordination",
        ),
        PROFESSIONNEL_ACTION_SOCIALE,
    ),
    obligations=("O-MAIRE-ET-PCD", "O-JOURNAL"),
    questions=("U-1",),
)

PARTAGE = regle(
    Effet.AUTORISE,
    "CASF-L121-6-2-al5",
    selon=ARTICLE,
    alinea="5",
    dit="Les professionnels qui interviennent auprès de la même personne ou famille partagent ce que "
    "l'action sociale exige strictement, le coordonnateur le sachant.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        _part(EMETTEUR, "emetteur", "l'émetteur", "de l'émetteur"),
        _part(DESTINATAIRE, "destinataire", "le destinataire", "du destinataire"),
        exige(
            un_de(situation.SUIVI_COMMUN.vrai, DESTINATAIRE.fonction.parmi("coordonnateur")),
            "les deux interviennent auprès de la même personne ou famille, ou le destinataire est le "
            "coordonnateur",
            "les deux n'interviennent pas auprès de la même personne ou famille",
        ),
        exige(
            situation.AGGRAVATION.vrai,
            "une aggravation appelle plusieurs professionnels",
            "aucune aggravation appelant plusieurs professionnels n'a été constatée",
        ),
        exige(
            un_de(situation.COORDONNATEUR.parmi("designe_pour_ce_sujet"), rapport("U-2")),
            "un coordonnateur est désigné pour cette personne ou famille, ou la lecture adoptée s'en passe",
            "aucun coordonnateur n'est désigné pour cette personne ou famille",
            reparable(
                "situation.coordonnateur",
                "maire",
                "la désignation d'un coordonnateur pour cette personne ou famille",
            ),
        ),
        but(
            "action_sociale",
            "protection_enfance",
            dit="l'échange sert l'action sociale ou la protection de l'enfance",
        ),
        NEC,
        cadre(
            "bilateral",
            "reunion_equipe",
            "reunion_coordination",
            "reunion_ase",
            dit="l'échange se fait à deux ou dans une réunion de professionnels",
        ),
        exige(
            contenu.NATURE.hors("information_preoccupante", "donnee_infraction"),
            "ce n'est ni une information préoccupante ni une donnée d'infraction",
            "une information préoccupante ou une donnée d'infraction suit une autre voie",
        ),
        PAS_UN_TIERS,
    ),
    obligations=("O-COORDONNATEUR", "O-NECESSAIRE", "O-SANS-TIERS", "O-NOTICE", "O-JOURNAL"),
    questions=("U-1", "U-2"),
)

_REPRESENTANT = exige(
    un_de(
        DESTINATAIRE.fonction.parmi(*MAIRIE, *PCD),
        tous(
            rapport("U-14"),
            DESTINATAIRE.fonction.parmi("cadre_municipal"),
            DESTINATAIRE.designe_nominativement.vrai,
        ),
    ),
    "le destinataire est le maire, le président du département ou leur représentant",
    "le destinataire n'est ni le maire, ni le président du département, ni leur représentant",
    reparable(
        "destinataire.designe_nominativement",
        "maire",
        "la désignation par le maire, par son nom, du cadre municipal qui le représente",
        quand=tous(rapport("U-14"), DESTINATAIRE.fonction.parmi("cadre_municipal")),
    ),
)

CONFIDENCE = regle(
    Effet.AUTORISE,
    "CASF-L121-6-2-al6",
    selon=ARTICLE,
    alinea="6",
    dit="Le coordonnateur, ou le professionnel qui intervient seul, confie au maire ou au président du "
    "département ce que leurs compétences exigent strictement.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        PROFESSIONNEL_ACTION_SOCIALE,
        exige(
            un_de(COORDONNATEUR_ICI, SEUL),
            "l'émetteur est le coordonnateur désigné, ou intervient seul",
            "l'émetteur n'est pas le coordonnateur désigné et n'intervient pas seul",
            reparable(
                "situation.coordonnateur",
                "maire",
                "la désignation d'un coordonnateur pour cette personne ou famille",
            ),
        ),
        _REPRESENTANT,
        but("competence_autorite", dit="l'échange sert l'exercice des compétences de l'autorité"),
        NEC,
        nature(
            "vie_privee",
            "besoin_de_coordination",
            dit="l'information touche la vie privée ou le besoin de coordination",
            sinon="cette nature d'information ne passe pas par cet alinéa",
        ),
    ),
    obligations=("O-NECESSAIRE", "O-SANS-TIERS", "O-JOURNAL"),
    questions=("U-1", "U-14"),
)

MINEUR_EN_DANGER = regle(
    Effet.IMPOSE,
    "CASF-L121-6-2-al7",
    selon=ARTICLE,
    alinea="7",
    dit="Le coordonnateur, ou le professionnel seul, qui découvre un mineur en danger saisit sans délai "
    "le président du département ; le maire n'apprend que le fait de la transmission.",
    depuis=_DEPUIS,
    lu=_LU,
    si=(
        DANGER_POUR_L_ENFANT,
        ENFANT_MINEUR,
        exige(
            un_de(
                tous(
                    DESTINATAIRE.fonction.parmi(*PCD),
                    contenu.NATURE.parmi("information_preoccupante"),
                ),
                tous(
                    DESTINATAIRE.fonction.parmi(*MAIRIE),
                    contenu.NATURE.parmi("fait_de_transmission"),
                ),
            ),
            "le département reçoit l'information préoccupante, ou la mairie le seul fait de la transmission",
            "ce destinataire ne reçoit pas cette information par cet alinéa",
        ),
        exige(
            un_de(COORDONNATEUR_ICI, tous(SEUL, ACTION_SOCIALE)),
            "l'émetteur est le coordonnateur désigné, ou le professionnel qui intervient seul",
            "l'émetteur n'est ni le coordonnateur désigné, ni le professionnel qui intervient seul",
            conteste(
                "U-1",
                "emetteur.part_action_sociale",
                "que la mission d'action sociale écrite de l'émetteur, seul à intervenir, suffise",
                quand=tous(SEUL, ACTION_SOCIALE_CONTESTEE),
            ),
        ),
    ),
    obligations=("O-SANS-DELAI", "O-MAIRE-FAIT", "O-JOURNAL"),
    questions=("U-1",),
)
