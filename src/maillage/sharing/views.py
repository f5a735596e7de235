"""What the door hands out: plain values, never rows of `dossiers`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from maillage.directory.queries import Source as Source

if TYPE_CHECKING:
    from maillage.law.verdict import Verdict

Value = str | bool | list[str]


@dataclass(frozen=True)
class Fact:
    """One established fact: its value in the law's vocabulary and its source."""

    valeur: Value
    source: Source


@dataclass(frozen=True)
class Gathered:
    """The wire case, the source of each fact by path, and the readings in force."""

    cas: Mapping[str, Any]
    sources: Mapping[str, Source]
    lectures: Mapping[str, str]


@dataclass(frozen=True)
class Examined:
    """A case, where its facts come from, the readings in force, and what the law says of it."""

    cas: Mapping[str, Any]
    sources: Mapping[str, Source]
    lectures: Mapping[str, str]
    verdict: Verdict

    @property
    def permitted(self) -> bool:
        """Tell whether a text requires or permits the exchange today."""
        return self.verdict.issue in {"permis", "obligatoire"}


@dataclass(frozen=True)
class AccordState:
    """The latest word of one giver on one scope; `etat` is donne, refuse or retire."""

    portee: str
    destinataire: str
    donneur: str
    lien: str
    etat: str
    forme: str
    le: datetime


@dataclass(frozen=True)
class OrientedPerson:
    """All that an orientation says of a person; `effacee` once nothing of it can be read."""

    id: UUID | None
    appellation: str
    contact: str
    besoin: str
    tranche_age: str
    accords: Sequence[AccordState] = ()
    notice_le: datetime | None = None
    effacer_le: date | None = None
    effacee: bool = False


@dataclass(frozen=True)
class AccompagnementLine:
    """One line of a service's list of accompagnements."""

    id: UUID
    personne: UUID
    pseudonyme: str
    tranche_age: str
    referent: str
    ouvert_le: date
    clos_le: date | None
    adhesion: str
    dernier_contact_le: date | None


@dataclass(frozen=True)
class ReferentLine:
    """Who answered for the support, from when until when."""

    poste_id: UUID
    nom: str
    debut: date
    fin: date | None
    motif: str = ""


@dataclass(frozen=True)
class MeetingLine:
    """A meeting with the family: when, what each side commits to, when to meet again."""

    le: date
    engagements: str
    prochaine_le: date | None


@dataclass(frozen=True)
class ConfidenceLine:
    """What a minor asks not to tell a parent, while they ask it."""

    id: UUID
    lien: str
    objet: str
    le: datetime


@dataclass(frozen=True)
class AdhesionState:
    """One event of an adhésion; the newest first in the sheet."""

    donneur: str
    lien: str
    etat: str
    forme: str
    le: datetime
    par: str
    destinataire: str = ""
    finalite: str = "accompagnement"
    explication: str = ""


@dataclass(frozen=True)
class ExchangeLine:
    """One exchange about a person, by category only, never its content."""

    id: UUID
    nature: str
    emetteur: str
    destinataire: str
    issue: str
    statut: str
    le: datetime


@dataclass(frozen=True)
class AccompagnementSheet:
    """An accompagnement as its own service reads it, under pseudonym."""

    id: UUID
    personne: UUID
    pseudonyme: str
    contact: str
    besoin: str
    tranche_age: str
    origine: str
    orientation: UUID | None
    ouvert_le: date
    clos_le: date | None
    motif_cloture: str
    dernier_contact_le: date | None
    referents: Sequence[ReferentLine] = ()
    titulaires: Sequence[tuple[UUID, str]] = ()
    adhesions: Sequence[AdhesionState] = ()
    accords: Sequence[AccordState] = ()
    notices: Sequence[datetime] = ()
    informations: Sequence[tuple[str, datetime]] = ()
    echanges: Sequence[ExchangeLine] = field(default=())
    rencontres: Sequence[MeetingLine] = ()
    confidences: Sequence[ConfidenceLine] = ()


@dataclass(frozen=True)
class TakenUp:
    """The receiving service's own person and accompagnement, born of an orientation."""

    personne: UUID
    accompagnement: UUID
