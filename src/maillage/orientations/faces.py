"""What each side of an orientation reads, as plain values; the two faces share no inner field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from maillage.directory.models import Lieu, Poste, Service
    from maillage.sharing.views import Examined, OrientedPerson


@dataclass(frozen=True)
class Answers:
    """The five spoken questions and what the sender attests; what was not asked stays unknown.

    `accord` and each value of `accords_titulaires` (by tie: mere, pere, tuteur, autre) is
    "donne", "refuse" or "" (not asked). `accord_retour`, `accords_retour_titulaires` are the
    same for the way back. `origine` is a value of `contenu.origine`, "" when unsaid.
    """

    appellation: str = ""
    contact: str = ""
    besoin: str = ""
    tranche_age: str = "inconnue"
    accord: str = ""
    accords_titulaires: Mapping[str, str] = field(default_factory=dict)
    accord_retour: str = ""
    accords_retour_titulaires: Mapping[str, str] = field(default_factory=dict)
    forme_accord: str = "orale"
    notice: bool = False
    origine: str = ""
    necessaire: bool = False
    presente: bool = False
    lieu: Lieu | None = None


@dataclass(frozen=True)
class Obstacle:
    """What the composer says before sending: hors_age, hors_secteur (blocking), indisponible, dispositif."""

    code: str
    phrase: str
    bloque: bool


@dataclass(frozen=True)
class RetourLine:
    """What the law let come back: a suite's code and label, and when."""

    code: str
    libelle: str
    le: datetime


@dataclass(frozen=True)
class RelaisLine:
    """A relay meeting as both sides read it; `par_moi` when my service proposed it."""

    id: UUID
    etat: str
    libelle: str
    par_moi: bool
    date_convenue: date | None


@dataclass(frozen=True)
class SentLine:
    """One line of the sender's list; `visible` is preparee, recue or close, `libelle` its label."""

    id: UUID
    partenariat: str
    destinataire: str
    appellation: str
    visible: str
    libelle: str
    creee_le: datetime
    envoyee_le: datetime | None
    cloture_prevue_le: date | None
    retours: int


@dataclass(frozen=True)
class SentFace:
    """All that the sending service may read of an orientation, whatever happened elsewhere."""

    id: UUID
    version: int
    partenariat_id: UUID
    partenariat: str
    destinataire: Service
    porteur: Poste
    lieu: Lieu | None
    visible: str
    libelle: str
    creee_le: datetime
    envoyee_le: datetime | None
    recue_le: datetime | None
    cloture_prevue_le: date | None
    origine: str
    necessaire: bool
    presente: bool
    personne: OrientedPerson
    retours: Sequence[RetourLine] = ()
    relais: Sequence[RelaisLine] = ()


@dataclass(frozen=True)
class SuiteLine:
    """What followed, inside the receiving service."""

    code: str
    libelle: str
    par: str
    le: datetime
    renvoyee: bool


@dataclass(frozen=True)
class ReceivedLine:
    """One line of the receiving service's list; `etat` is an inner state, `libelle` its label."""

    id: UUID
    partenariat: str
    emetteur: str
    appellation: str
    etat: str
    libelle: str
    referent: str
    recue_le: datetime
    reponse_attendue_le: date | None
    cloture_prevue_le: date
    en_retard: bool


@dataclass(frozen=True)
class ReceivedFace:
    """An orientation inside the receiving service, with its law and what was done.

    `kept_take` and `kept_decline` say why this post may not give that answer; empty when it may.
    """

    id: UUID
    version: int
    partenariat_id: UUID
    partenariat: str
    emetteur: Service
    lieu: Lieu | None
    etat: str
    libelle: str
    close: bool
    referent: Poste | None
    accompagnement: UUID | None
    motif: str
    vers: Service | None
    recue_le: datetime
    reponse_attendue_le: date | None
    cloture_prevue_le: date
    decidee_le: datetime | None
    personne: OrientedPerson
    suites: Sequence[SuiteLine] = ()
    relais: Sequence[RelaisLine] = ()
    relances: Sequence[date] = ()
    kept_take: str = ""
    kept_decline: str = ""


@dataclass(frozen=True)
class Accepted:
    """Taken: by this post, with the accompagnement that was opened (None in a mediation service)."""

    orientation: UUID
    accompagnement: UUID | None


@dataclass(frozen=True)
class AlreadyTaken:
    """Another colleague of the same service was first; the loser is told who."""

    orientation: UUID
    referent: Poste


@dataclass(frozen=True)
class DraftExamined:
    """The live verdict of a draft and what would stop its delivery."""

    examined: Examined
    obstacles: Sequence[Obstacle]


@dataclass(frozen=True)
class OwnDecisions:
    """What my service did of the orientations received in the month, for itself only."""

    recues: int
    a_voir: int
    acceptees: int
    reorientees: int
    declinees: int
    retirees: int
    expirees: int
