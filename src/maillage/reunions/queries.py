"""Reads of meetings: held, next, how late, decisions still open, minutes, feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.base import clock
from maillage.base.encryption import data_keys, unseal
from maillage.base.enums import Portee
from maillage.conventions.errors import NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import facts, partenariat_ids
from maillage.conventions.regles import regles
from maillage.directory.models import Service
from maillage.directory.queries import in_force
from maillage.reunions.enums import OPEN_DECISIONS, EtatReunion, GenreReunion
from maillage.reunions.models import (
    CompteRenduReunion,
    Decision,
    Disponibilite,
    FluxAgenda,
    InvitationReunion,
    Reunion,
)

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

GROUP_RULES = "adoptees_signees_par_tous"
FEED_PAST = timedelta(days=90)
GUEST_STAYS = timedelta(days=1)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True)
class DecisionLine:
    """A decision as its partnership reads it; `en_retard` when its day is past."""

    decision: Decision
    texte: str
    en_retard: bool


@dataclass(frozen=True)
class Creneau:
    """Hours of a week that two teams have in common; neither's own hours can be read from it alone."""

    jour: int
    debut: time
    fin: time

    @property
    def nom_jour(self) -> str:
        """Name the day."""
        return JOURS[self.jour]


def meetings_held(partenariat: Partenariat, since: date, until: date) -> list[Reunion]:
    """Return the meetings held from `since` to `until` included, oldest first."""
    rows = Reunion.objects.filter(partenariat=partenariat, etat=EtatReunion.TENUE)
    return list(
        rows.filter(le__gte=_midnight(since), le__lt=_midnight(until + timedelta(days=1))).order_by("le")
    )


def next_meeting(partenariat: Partenariat) -> Reunion | None:
    """Return the next planned meeting of the partnership's own rhythm, None when none is planned."""
    rows = Reunion.objects.filter(
        partenariat=partenariat,
        genre=GenreReunion.PERIODIQUE,
        etat=EtatReunion.PREVUE,
        le__gte=_midnight(clock.today()),
    )
    return rows.order_by("le", "pk").first()


def last_held(partenariat: Partenariat) -> Reunion | None:
    """Return the last meeting held at the partnership's rhythm."""
    rows = Reunion.objects.filter(
        partenariat=partenariat, genre=GenreReunion.PERIODIQUE, etat=EtatReunion.TENUE
    )
    return rows.order_by("-le", "pk").first()


def latest_date(partenariat: Partenariat, after: date | None = None) -> date | None:
    """Return the last day on which the next meeting keeps the rhythm, counted from the last one held.

    With `after`, counted from that day: the 12th of March gives the 23rd of April for six weeks.
    None when no meeting was ever held.
    """
    if after is None:
        last = last_held(partenariat)
        if last is None:
            return None
        after = last.le.astimezone(clock.PARIS).date()
    return after + timedelta(weeks=regles(partenariat, clock.today()).rythme_reunion_semaines)


def meetings_of(acteur: Acteur, partenariat: Partenariat) -> QuerySet[Reunion]:
    """Return the partnership's meetings, the latest first, with their postponements. Raises NotYours."""
    if partenariat.pk not in acteur.partenariat_ids:
        raise NotYours
    rows = Reunion.objects.filter(partenariat=partenariat).select_related("convoquee_par")
    return rows.prefetch_related("reports").order_by("-le", "pk")


def meeting_of(acteur: Acteur, identifiant: UUID) -> Reunion:
    """Return one meeting of the reader's partnerships. Raises NotYours."""
    row = (
        Reunion.objects.select_related("partenariat", "convoquee_par")
        .prefetch_related("reports", "presences__service", "comptes__service")
        .filter(pk=identifiant, partenariat__in=acteur.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotYours
    return row


def open_decisions(partenariat: Partenariat) -> QuerySet[Decision]:
    """Return what was decided and is not done, the earliest day first."""
    rows = Decision.objects.filter(partenariat=partenariat, etat__in=OPEN_DECISIONS)
    return rows.select_related("service", "partenariat").order_by("echeance", "prise_le", "pk")


def decision_lines(rows: Iterable[Decision]) -> list[DecisionLine]:
    """Return decisions with their text, in one look-up of keys."""
    found, today = list(rows), clock.today()
    keys = data_keys(Portee.PARTENARIAT, [row.partenariat_id for row in found])
    return [
        DecisionLine(
            row,
            unseal(row, "texte_scelle", key=keys.get(row.partenariat_id)),
            row.etat in OPEN_DECISIONS and row.echeance < today,
        )
        for row in found
    ]


def decisions_due(acteur: Acteur) -> int:
    """Count the decisions that my service answers for and whose day has come."""
    return Decision.objects.filter(
        partenariat__in=acteur.partenariat_ids,
        service=acteur.service,
        etat__in=OPEN_DECISIONS,
        echeance__lte=clock.today(),
    ).count()


def minutes_of(reunion: Reunion) -> list[tuple[CompteRenduReunion, str]]:
    """Return every version of the minutes with its text, the latest first."""
    rows = list(reunion.comptes_rendus.select_related("ecrit_par").order_by("-version"))
    return [(row, unseal(row, "texte_scelle")) for row in rows]


def group_may_meet(partenariat: Partenariat, on: date) -> bool:
    """Tell whether the rules of the working group are adopted and signed by all that day."""
    return any(fact.fait == "regles_groupe" and fact.valeur == GROUP_RULES for fact in facts(partenariat, on))


def digest(token: str) -> str:
    """Return the only trace kept of a secret link."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_meetings(token: str) -> Sequence[Reunion] | None:
    """Return the meetings behind a calendar's secret address, None when it opens nothing (any more)."""
    flux = (
        FluxAgenda.objects.select_related("poste", "service")
        .filter(empreinte=digest(token), revoque_le__isnull=True)
        .first()
    )
    today = clock.today()
    if flux is None or (flux.poste is not None and not in_force(flux.poste, today)):
        return None
    rows = Reunion.objects.filter(
        partenariat__in=partenariat_ids(flux.service_id, today), le__gte=clock.now() - FEED_PAST
    )
    return list(rows.select_related("partenariat").prefetch_related("reports").order_by("le", "pk"))


def open_invitations(reunion: Reunion) -> list[InvitationReunion]:
    """Return the guests' links of a meeting that still open its agenda, oldest first."""
    if reunion.etat == EtatReunion.ANNULEE or reunion.le + GUEST_STAYS < clock.now():
        return []
    return list(reunion.invitations.filter(revoquee_le__isnull=True).order_by("cree_le"))


def invited_meeting(token: str) -> tuple[Reunion, str] | None:
    """Return the meeting and the guest's name behind a link, until the day after the meeting."""
    row = (
        InvitationReunion.objects.select_related("reunion__partenariat")
        .filter(empreinte=digest(token), revoquee_le__isnull=True)
        .exclude(reunion__etat=EtatReunion.ANNULEE)
        .first()
    )
    if row is None or row.reunion.le + GUEST_STAYS < clock.now():
        return None
    return row.reunion, row.structure


def feeds_of(acteur: Acteur) -> list[FluxAgenda]:
    """Return the calendar addresses that live: the service's and the reader's own."""
    own = Q(poste__isnull=True) | Q(poste=acteur.poste)
    rows = FluxAgenda.objects.filter(own, service=acteur.service, revoque_le__isnull=True)
    return list(rows.order_by("cree_le"))


def common_slots(one: Service, other: Service) -> list[Creneau]:
    """Return the hours of a week when both teams can walk together; only what they have in common."""
    mine = list(Disponibilite.objects.filter(service=one))
    theirs = list(Disponibilite.objects.filter(service=other))
    found = {
        Creneau(a.jour, max(a.debut, b.debut), min(a.fin, b.fin))
        for a in mine
        for b in theirs
        if a.jour == b.jour and max(a.debut, b.debut) < min(a.fin, b.fin)
    }
    return sorted(found, key=lambda slot: (slot.jour, slot.debut, slot.fin))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.PARIS)
