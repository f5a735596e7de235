"""The month's figures: one row per direction, each column counted apart, never by agent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.models import Service
from maillage.main_courante.models import MessageDeLieu
from maillage.orientations.faces import Flow
from maillage.orientations.queries import reciprocity

SMALLEST_SHOWN = 5
# Before, there is nothing to count; the first years of the calendar have no moment in UTC.
OLDEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Direction:
    """What went from one service to another; None where a figure of others is below five."""

    emetteur: str
    destinataire: str
    mien: bool
    messages: int | None
    orientations: int | None
    retours: int | None


def month_of(text: str) -> date:
    """Return the first day of `AAAA-MM`; anything else, too old or still to come, is the present month."""
    present = clock.today().replace(day=1)
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return present
    return asked if OLDEST <= asked <= present else present


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def directions(acteur: Acteur, partenariat: Partenariat, month: date) -> list[Direction]:
    """Return every direction between members of the two trades, mine first and what I send before.

    My own flows are exact; others' figures are given from five up.
    """
    messages = _messages(partenariat, month)
    flows = {(flow.emetteur, flow.destinataire): flow for flow in reciprocity(acteur, partenariat, month)}
    rows = [
        _direction(acteur, sender, receiver, messages, flows.get((str(sender), str(receiver))))
        for sender, receiver in _pairs(members(partenariat))
    ]
    me = str(acteur.service)
    return sorted(rows, key=lambda row: (not row.mien, row.emetteur != me, row.emetteur, row.destinataire))


def _direction(
    acteur: Acteur,
    sender: Service,
    receiver: Service,
    messages: dict[tuple[UUID, UUID], int],
    flow: Flow | None,
) -> Direction:
    mine = acteur.service.pk in {sender.pk, receiver.pk}
    sent = messages.get((sender.pk, receiver.pk), 0)
    return Direction(
        emetteur=str(sender),
        destinataire=str(receiver),
        mien=mine,
        messages=sent if mine or sent >= SMALLEST_SHOWN else None,
        orientations=flow.orientations if flow else 0 if mine else None,
        retours=flow.retours if flow else 0 if mine else None,
    )


def _pairs(services: Iterable[Service]) -> list[tuple[Service, Service]]:
    found = list(services)
    return [(one, other) for one in found for other in found if one.metier != other.metier]


def _messages(partenariat: Partenariat, month: date) -> dict[tuple[UUID, UUID], int]:
    start, end = _midnight(month), _midnight(next_month(month))
    rows = (
        MessageDeLieu.objects.filter(partenariat=partenariat, envoye_le__gte=start, envoye_le__lt=end)
        .values_list("service_emetteur_id", "service_destinataire_id")
        .annotate(nombre=Count("pk"))
        .order_by()
    )
    return {(sender, receiver): count for sender, receiver, count in rows}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.PARIS)
