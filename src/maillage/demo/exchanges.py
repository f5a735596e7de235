"""Exchanges of the past, judged with the facts, readings and law of their day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maillage.conventions.models import Partenariat
from maillage.directory.models import Poste, Service
from maillage.directory.queries import Source
from maillage.sharing.actions import exchange_row
from maillage.sharing.facts import gather
from maillage.sharing.models import Echange
from maillage.sharing.queries import judge
from maillage.sharing.views import Fact, Gathered

PURPOSE = "orientation_personne"


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
    return exchange_row(
        examined=judge(_gathered(sending), identifier),
        partenariat=sending.partenariat,
        emetteur=sending.emetteur,
        destinataire=sending.destinataire,
        personne=sending.personne,
        orientation=sending.orientation,
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
