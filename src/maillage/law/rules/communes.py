"""Les conditions que plusieurs règles partagent, et la manière d'écrire une règle de chaque effet."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from maillage.law.facts import contenu, echange
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR, MAIRIE, PCD, RELAYEURS, TIERS
from maillage.law.facts.deduits import (
    ACTION_SOCIALE,
    ACTION_SOCIALE_CONTESTEE,
    EN_DANGER,
    MAJEUR,
    MINEUR,
)
from maillage.law.language import (
    Article,
    Condition,
    Effet,
    Etat,
    Lu,
    Marque,
    Regle,
    conteste,
    exige,
    reparable,
    un_de,
)


class Reste(TypedDict, total=False):
    """Ce qu'une règle peut encore dire d'elle-même."""

    alinea: str
    obligations: tuple[str, ...]
    aussi: tuple[Article, ...]
    etats: tuple[Etat, ...]
    questions: tuple[str, ...]
    notes: tuple[str, ...]


def regle(
    effet: Effet,
    identifiant: str,
    *,
    selon: Article,
    dit: str,
    depuis: date | None,
    lu: Lu,
    si: Sequence[Condition],
    **reste: Unpack[Reste],
) -> Regle:
    """Une règle : son effet, son texte, sa phrase, sa date, ses conditions."""
    reste.setdefault("alinea", "")
    reste.setdefault("etats", selon.historique)
    return Regle(identifiant, effet, selon, dit=dit, depuis=depuis, lu=lu, si=tuple(si), **reste)


def lu(
    le: date | None, marque: Marque = Marque.VERIFIE, reserve: str = "", *, a_verifier: bool = False
) -> Lu:
    """L'état du texte qui a été lu, et la confiance qu'on lui fait."""
    return Lu(le, marque, reserve, a_verifier)


def nature(*valeurs: str, dit: str, sinon: str) -> Condition:
    """L'information est d'une de ces natures."""
    return exige(contenu.NATURE.parmi(*valeurs), dit, sinon)


def but(*valeurs: str, dit: str) -> Condition:
    """L'échange a un de ces buts."""
    return exige(echange.FINALITE.parmi(*valeurs), dit, "l'échange a un autre but, ou un but inconnu")


def cadre(*valeurs: str, dit: str) -> Condition:
    """L'échange a lieu dans un de ces cadres."""
    return exige(
        echange.CADRE.parmi(*valeurs), dit, "le cadre de l'échange ne s'y prête pas, ou il est inconnu"
    )


def vers(*fonctions: str, dit: str, sinon: str) -> Condition:
    """Le destinataire exerce une de ces fonctions."""
    return exige(DESTINATAIRE.fonction.parmi(*fonctions), dit, sinon)


NEC = exige(
    contenu.STRICTEMENT_NECESSAIRE.vrai,
    "l'émetteur atteste que chaque élément est strictement nécessaire",
    "rien n'atteste que chaque élément est strictement nécessaire",
    reparable(
        "contenu.strictement_necessaire",
        "emetteur",
        "l'attestation que chaque élément transmis est strictement nécessaire",
    ),
)

NOTICE = exige(
    echange.INFORMATION_RGPD.vrai,
    "la personne sait qui traite ses données, pourquoi, pour qui et avec quels droits",
    "la personne n'a pas reçu l'information sur ses données",
    reparable(
        "information_rgpd",
        "emetteur",
        "l'information de la personne sur ses données : responsable, but, destinataires, droits",
    ),
)

ACCORD = exige(
    echange.ACCORD_PERSONNE.parmi("donne"),
    "la personne est d'accord pour cet échange",
    "la personne a refusé cet échange",
    reparable(
        "accord_personne",
        "personne",
        "l'accord de la personne à cet échange",
        quand=echange.ACCORD_PERSONNE.hors("refuse"),
    ),
)

_ACCORD_TITULAIRE = reparable(
    "accord_titulaire",
    "titulaire_autorite_parentale",
    "l'accord d'un titulaire de l'autorité parentale",
    quand=echange.ACCORD_TITULAIRE.hors("refuse"),
)

TITULAIRE = exige(
    un_de(
        MAJEUR,
        echange.ACCORD_TITULAIRE.parmi("donne"),
        echange.INFORMATION_PREALABLE.parmi("dispense_interet_enfant"),
    ),
    "la personne est majeure, ou un titulaire de l'autorité parentale est d'accord, ou l'intérêt "
    "de l'enfant en dispense par écrit",
    "le titulaire de l'autorité parentale a refusé",
    _ACCORD_TITULAIRE,
)

TITULAIRE_SANS_DISPENSE = exige(
    un_de(MAJEUR, echange.ACCORD_TITULAIRE.parmi("donne")),
    "la personne est majeure, ou un titulaire de l'autorité parentale est d'accord",
    "le titulaire de l'autorité parentale a refusé",
    _ACCORD_TITULAIRE,
)

DEUX = cadre(
    "bilateral",
    "reunion_equipe",
    dit="l'échange se fait à deux, à l'abri des oreilles, ou en réunion d'équipe",
)

ENFANT_MINEUR = exige(
    MINEUR,
    "la personne est mineure, ou c'est une famille avec mineur",
    "la personne n'est pas mineure, ou son âge est inconnu",
)

DANGER_POUR_L_ENFANT = exige(
    EN_DANGER,
    "un professionnel nommé apprécie un danger ou un risque de danger",
    "aucun danger ni risque de danger n'a été apprécié",
)

VERS_PCD = vers(
    *PCD,
    dit="le destinataire est le président du département ou son délégué",
    sinon="le destinataire n'est ni le président du département ni son délégué",
)

VERS_MAIRE_OU_PCD = vers(
    *MAIRIE,
    *PCD,
    dit="le destinataire est le maire, son adjoint délégué, le président du département ou son délégué",
    sinon="le destinataire n'est ni le maire ni le président du département, ni leur délégué",
)

PROFESSIONNEL_ACTION_SOCIALE = exige(
    ACTION_SOCIALE,
    "l'émetteur est un professionnel de l'action sociale",
    "l'émetteur n'a pas de part établie à l'action sociale",
    conteste(
        "U-1",
        "emetteur.part_action_sociale",
        "que la mission d'action sociale écrite de l'émetteur suffise",
        quand=ACTION_SOCIALE_CONTESTEE,
    ),
)

PAS_UN_TIERS = exige(
    DESTINATAIRE.fonction.hors(*TIERS),
    "le destinataire n'est pas étranger à ces missions",
    "le destinataire est un tiers à ces missions, ou sa fonction est inconnue",
)

PAR_RELAYEUR = exige(
    EMETTEUR.fonction.parmi(*RELAYEURS),
    "l'émetteur est éducateur, médiateur ou assistant de service social",
    "l'émetteur n'est ni éducateur, ni médiateur, ni assistant de service social",
)
VERS_RELAYEUR = vers(
    *RELAYEURS,
    dit="le destinataire est éducateur, médiateur ou assistant de service social",
    sinon="le destinataire n'est ni éducateur, ni médiateur, ni assistant de service social",
)

INFORMATION_PREOCCUPANTE = nature(
    "information_preoccupante",
    dit="c'est une information préoccupante",
    sinon="ce n'est pas une information préoccupante",
)

ASSIDUITE = nature(
    "assiduite_scolaire",
    dit="l'information porte sur l'assiduité scolaire",
    sinon="l'information ne porte pas sur l'assiduité scolaire",
)
