"""What is said of a person on screen: each code of the door in the words of the trade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from maillage.law import catalogue
from maillage.sharing.enums import (
    EtatAccord,
    EtatAdhesion,
    Explication,
    FinaliteAdhesion,
    Lien,
    MotifCloture,
    MotifRelais,
    Origine,
    PorteeAccord,
    TrancheAge,
)
from maillage.sharing.views import AccordState, AdhesionState, ExchangeLine

ORIGINS = [one for one in Origine.choices if one[0] != Origine.ORIENTATION]
BY_ORIENTATION = "orientation"
TIES: Mapping[str, str] = {
    Lien.MERE: "sa mère",
    Lien.PERE: "son père",
    Lien.TUTEUR: "son tuteur ou sa tutrice",
}
PURPOSES: Mapping[str, str] = {
    PorteeAccord.ORIENTATION: "être orienté",
    PorteeAccord.RETOUR: "qu'on vous réponde",
    PorteeAccord.RELAIS: "se voir à trois",
}
OUTCOMES = {
    "permis": "permis",
    "obligatoire": "obligatoire",
    "incomplet": "il manquait quelque chose",
    "a_trancher": "à décider ensemble",
    "interdit": "pas sous cette forme",
}


@dataclass(frozen=True)
class Said:
    """One word given: who, about what, the answer, how, when."""

    qui: str
    quoi: str
    reponse: str
    forme: str
    le: datetime


@dataclass(frozen=True)
class Passed:
    """One exchange as its category: what kind of thing, from whom to whom, what the law answered."""

    nature: str
    emetteur: str
    destinataire: str
    issue: str
    le: datetime


def age(code: str) -> str:
    """Say an age band."""
    return str(TrancheAge(code).label) if code in TrancheAge.values else "Âge inconnu"


def origin(code: str) -> str:
    """Say how the encounter came about."""
    if code == BY_ORIENTATION:
        return "une autre équipe l'a orienté"
    return dict(ORIGINS).get(code, code.replace("_", " "))


def adhesion(code: str) -> str:
    """Say the state of an adhésion."""
    return str(EtatAdhesion(code).label) if code in EtatAdhesion.values else "Pas encore posée"


def closing(code: str) -> str:
    """Say why a support ended."""
    return str(MotifCloture(code).label) if code in MotifCloture.values else ""


def giver(donneur: str, lien: str) -> str:
    """Say who spoke."""
    return "le jeune" if donneur == "jeune" else TIES.get(lien, "un titulaire de l'autorité parentale")


def handover(code: str) -> str:
    """Say why the référent changed, nothing when it was not said."""
    return str(MotifRelais(code).label).lower() if code else ""


def parent(lien: str) -> str:
    """Say which parent is meant: «sa mère», or any of them."""
    return TIES.get(lien, "un autre titulaire") if lien else "aucun parent"


def accords(states: Sequence[AccordState]) -> list[Said]:
    """Say each latest accord."""
    return [
        Said(
            qui=giver(state.donneur, state.lien),
            quoi=PURPOSES.get(state.portee, state.portee),
            reponse=str(EtatAccord(state.etat).label).lower(),
            forme=_how(state.forme),
            le=state.le,
        )
        for state in states
    ]


def adhesions(states: Sequence[AdhesionState]) -> list[Said]:
    """Say each event of an adhésion."""
    return [
        Said(giver(state.donneur, state.lien), _aim(state), adhesion(state.etat), _how(state.forme), state.le)
        for state in states
    ]


def standing(states: Sequence[AdhesionState]) -> list[Said]:
    """Say where each voice stands, towards each service and for each purpose, from the newest first."""
    latest: dict[tuple[str, str, str, str], AdhesionState] = {}
    for state in states:
        latest.setdefault((state.donneur, state.lien, state.destinataire, state.finalite), state)
    return sorted(
        adhesions(list(latest.values())), key=lambda one: (one.qui != "le jeune", one.qui, one.quoi)
    )


def _aim(state: AdhesionState) -> str:
    """Say what for, towards whom and how it was explained; nothing of the ordinary case."""
    said = [f"envers {state.destinataire}"] if state.destinataire else []
    if state.finalite != FinaliteAdhesion.ACCOMPAGNEMENT:
        said.insert(0, str(FinaliteAdhesion(state.finalite).label).lower())
    if state.explication:
        said.append(f"expliquée {str(Explication(state.explication).label).lower()}")
    return ", ".join(said)


def exchanges(lines: Iterable[ExchangeLine]) -> list[Passed]:
    """Say each exchange by category, never its content."""
    return [
        Passed(
            nature=catalogue.value_label("contenu.nature", line.nature),
            emetteur=line.emetteur,
            destinataire=line.destinataire,
            issue=OUTCOMES[line.issue],
            le=line.le,
        )
        for line in lines
    ]


def _how(forme: str) -> str:
    return {"ecrite": "par écrit", "carte": "par sa carte"}.get(forme, "à l'oral")
