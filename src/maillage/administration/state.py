"""The technical state of one service: what helping someone takes, and nothing that anyone wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.models import Compte, OuvertureCarnet, Telephone
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.main_courante.models import Note, NoteEnConflit

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PhoneState:
    """One enrolled telephone: when its notebook was last opened (None: never)."""

    nom: str
    inscrit_le: datetime
    retire_le: datetime | None
    ouvert_le: datetime | None


@dataclass(frozen=True)
class TechnicalState:
    """Accounts (identifier, state), telephones, and the notebook's numbers of the last seven days."""

    comptes: Sequence[tuple[str, str]]
    telephones: Sequence[PhoneState]
    notes_recues: int
    derniere_note: datetime | None
    conflits: int


@house_work(HouseWork.COUNTING)
def technical_state(service: Service) -> TechnicalState:
    """Return the technical state of a service; the caller has asked whether it may be looked at."""
    holders = Poste.objects.filter(active_on(clock.today()), service=service).values("professionnel")
    accounts = Compte.objects.filter(professionnel__in=holders).order_by("identifiant")
    received = Note.objects.filter(service=service, recue_le__gte=clock.now() - WEEK)
    return TechnicalState(
        comptes=[(one.identifiant, one.get_etat_display()) for one in accounts],
        telephones=_telephones(service),
        notes_recues=received.count(),
        derniere_note=received.aggregate(le=Max("recue_le"))["le"],
        conflits=NoteEnConflit.objects.filter(service=service, reglee_le__isnull=True).count(),
    )


def _telephones(service: Service) -> list[PhoneState]:
    rows = Telephone.objects.filter(service=service).order_by("nom", "pk")
    opened = dict(
        OuvertureCarnet.objects.filter(telephone__in=rows)
        .values_list("telephone")
        .annotate(le=Max("ouverte_le"))
        .order_by()
    )
    return [PhoneState(row.nom, row.inscrit_le, row.retire_le, opened.get(row.pk)) for row in rows]
