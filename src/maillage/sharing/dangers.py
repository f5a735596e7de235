"""Danger: that it was passed on, to whom, when, and how long it has waited for an answer. Never what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.queries import services_in
from maillage.directory.enums import Role
from maillage.sharing.access import require_reader
from maillage.sharing.answers import member
from maillage.sharing.designations import subject_of
from maillage.sharing.enums import DestinataireDanger
from maillage.sharing.errors import NotVisible
from maillage.sharing.ledger import note
from maillage.sharing.models import TransmissionDanger

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# Past this, whoever passed it on calls again.
SILENCE = timedelta(hours=24)
SHOWN = 20


@dataclass(frozen=True)
class Transmission:
    """One transmission: to whom, by which service, since when it waits; `personne` for a link only."""

    id: UUID
    destinataire: str
    service: str
    le: datetime
    accusee_le: datetime | None
    personne: UUID | None = None

    @property
    def attente(self) -> timedelta | None:
        """Return how long it has waited for an acknowledgement, None once it came."""
        return None if self.accusee_le else clock.now() - self.le

    @property
    def silence(self) -> bool:
        """Tell whether it has waited for more than a day."""
        return self.attente is not None and self.attente >= SILENCE


@atomic
def record_danger(*, by: Acteur, destinataire: str, personne: UUID | None = None) -> TransmissionDanger:
    """Note that a danger was passed on: when and to whom (sharing.enums.DestinataireDanger), never what.

    Behind no accord, and open to posts that only read. Raises BadAnswer (a recipient outside the
    list), NotVisible (not a person of mine).
    """
    if personne is not None:
        subject_of(by, personne)
    transmission = TransmissionDanger.objects.create(
        service=by.service,
        poste=by.poste,
        destinataire=member("destinataire", destinataire, DestinataireDanger),
        personne=personne,
        le=clock.now(),
    )
    note(by, Acte.DANGER, "transmission", transmission.pk, {"destinataire": destinataire})
    return transmission


@atomic
@house_work(HouseWork.DEPARTMENT)
def acknowledge_danger(*, by: Acteur, transmission: UUID) -> None:
    """Note the acknowledgement: the sender heard it, or the department gives it here; the first counts.

    Raises NotVisible.
    """
    if by.role == Role.CRIP:
        mine = _announced(by.partenariat_ids)
    else:
        require_reader(by)
        mine = TransmissionDanger.objects.filter(service=by.service)
    mine = mine.filter(pk=transmission)
    if not mine.exists():
        raise NotVisible
    # By identifier: a join (the department's) may not be updated in one statement.
    row = TransmissionDanger.objects.filter(pk=transmission, accusee_le__isnull=True)
    row.update(accusee_le=clock.now())
    note(by, Acte.DANGER, "accuse", transmission)


def transmissions_of(acteur: Acteur) -> list[Transmission]:
    """Return my service's latest ones, never by whom; none for a post without service's persons."""
    rows = TransmissionDanger.objects.filter(service=acteur.service)
    return [_line(row, row.personne) for row in _latest(rows)]


def transmissions_announced(acteur: Acteur) -> list[Transmission]:
    """Return those that services of my partnerships say they made to the department: never about whom.

    Raises NotVisible for whoever is not the department.
    """
    if acteur.role != Role.CRIP:
        raise NotVisible
    with atomic(), house_work(HouseWork.DEPARTMENT):
        rows = list(_latest(_announced(acteur.partenariat_ids)))
        note(acteur, Acte.LISTE, "transmission", None, {"nombre": len(rows)})
    return [_line(row, None) for row in rows]


def silent_transmissions(acteur: Acteur) -> int:
    """Count my service's transmissions to the department left without answer for more than a day."""
    rows = TransmissionDanger.objects.filter(
        service=acteur.service,
        destinataire=DestinataireDanger.CRIP,
        accusee_le__isnull=True,
        le__lte=clock.now() - SILENCE,
    )
    return rows.count()


def _announced(partenariats: Collection[UUID]) -> QuerySet[TransmissionDanger]:
    return TransmissionDanger.objects.filter(
        destinataire=DestinataireDanger.CRIP, service__in=services_in(partenariats, clock.today())
    )


def _latest(rows: QuerySet[TransmissionDanger]) -> QuerySet[TransmissionDanger]:
    return rows.distinct().select_related("service").order_by("-le", "pk")[:SHOWN]


def _line(row: TransmissionDanger, personne: UUID | None) -> Transmission:
    return Transmission(
        row.pk, row.get_destinataire_display(), row.service.nom_court, row.le, row.accusee_le, personne
    )
