"""Exchanges of the past, judged with the facts, readings and law of their day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste, Service
from maillage.directory.queries import Source
from maillage.law import VERSION
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.sharing.enums import StatutEchange
from maillage.sharing.facts import gather
from maillage.sharing.models import Echange
from maillage.sharing.views import Fact, Gathered

PURPOSE = "orientation_personne"
LEAVES = frozenset({"permis", "obligatoire"})


@dataclass(frozen=True)
class Sending:
    """What one post wanted to tell one service of one person, and when."""

    partenariat: Partenariat
    emetteur: Poste
    destinataire: Service
    personne: UUID
    orientation: UUID
    nature: str
    portee: str
    presente: bool
    le: datetime


def judged(sending: Sending, identifier: UUID) -> Echange:
    """Return (without saving) the exchange with the verdict that the law gives on its day."""
    gathered = _gathered(sending)
    cas = {"id": str(identifier), **gathered.cas}
    verdict = decide(parse_case(cas))
    return Echange(
        id=identifier,
        envoi=identifier,
        partenariat=sending.partenariat,
        service_emetteur=sending.emetteur.service,
        poste_emetteur=sending.emetteur,
        service_destinataire=sending.destinataire,
        sujet=sending.personne,
        orientation=sending.orientation,
        nature=sending.nature,
        finalite=PURPOSE,
        cas=cas,
        sources={path: source.as_json() for path, source in gathered.sources.items()},
        lectures=dict(gathered.lectures),
        version_droit=VERSION,
        issue=verdict.issue,
        verdict=verdict.to_wire(),
        statut=_statut(verdict.issue),
        le=sending.le,
    )


def _gathered(sending: Sending) -> Gathered:
    return gather(
        emetteur=sending.emetteur,
        destinataire=sending.destinataire,
        partenariat=sending.partenariat,
        personne=sending.personne,
        objet="personne",
        nature=sending.nature,
        finalite=PURPOSE,
        cadre="bilateral",
        on=sending.le.date(),
        declared={
            "contenu.origine": "appris_en_fonction",
            "contenu.strictement_necessaire": True,
            "personne_presente": sending.presente,
        },
        established=_established(sending),
        portee=sending.portee,
    )


def _established(sending: Sending) -> dict[str, Fact]:
    """On the way back, the recipient is the author of the orientation."""
    if sending.nature != "orientation_suite":
        return {}
    source = Source("orientation", str(sending.orientation), "Auteur de cette orientation")
    return {"destinataire_auteur_orientation": Fact(True, source)}


def _statut(issue: str) -> StatutEchange:
    if issue in LEAVES:
        return StatutEchange.TRANSMIS
    return StatutEchange.REFUSE if issue == "interdit" else StatutEchange.RETENU
