"""Help: who heads a service opens its technical state to the administrators, for a reason, for a while."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.transaction import atomic

from maillage.administration.models import Assistance
from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.directory.enums import Role

GENRE = "assistance"
HEADS = frozenset({Role.CHEF_DE_SERVICE, Role.DIRECTION})
MINUTES = (15, 30, 60)
REASON = (10, 200)


@atomic
def open_help(*, by: Acteur, motif: str, minutes: int) -> Assistance:
    """Open my service's technical state to the administrators for `minutes`, one of MINUTES.

    Raises NotYours, CannotWrite, BadAnswer (reason, time), NotNow (one is open).
    """
    if by.role not in HEADS:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'ouvrir une assistance.")
    said, now = " ".join(motif.split()), clock.now()
    if not REASON[0] <= len(said) <= REASON[1]:
        raise BadAnswer("motif", "Dites en une phrase ce qui ne marche pas : dix signes au moins.")
    if minutes not in MINUTES:
        raise BadAnswer("minutes", "Choisissez quinze, trente ou soixante minutes.")
    # One at a time: who asks second waits for the first to be written.
    lock_chains([by.service.pk])
    if Assistance.objects.filter(service=by.service, fermee_le__isnull=True, expire_le__gt=now).exists():
        raise NotNow("Une assistance est déjà ouverte pour votre service.")
    row = Assistance.objects.create(
        service=by.service,
        motif=said,
        ouverte_le=now,
        minutes=minutes,
        expire_le=now + timedelta(minutes=minutes),
        ouverte_par=by.poste,
    )
    _trace(row, by, Acte.OUVERTURE, {"minutes": minutes})
    return row


@atomic
def close_help(*, by: Acteur, assistance: UUID) -> None:
    """Close it before its time, from either side. Raises NotYours, CannotWrite."""
    row = live_helps(by).filter(pk=assistance).first()
    if row is None:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas de fermer une assistance.")
    row.fermee_le, row.fermee_par = clock.now(), by.poste
    row.save(update_fields=["fermee_le", "fermee_par"])
    _trace(row, by, Acte.FERMETURE)


def live_helps(acteur: Acteur) -> QuerySet[Assistance]:
    """Return what is open now: all of them to an administrator, my service's to who heads it.

    Raises NotYours for anyone else.
    """
    rows = Assistance.objects.filter(fermee_le__isnull=True, expire_le__gt=clock.now())
    rows = rows.select_related("service", "ouverte_par__professionnel").order_by("expire_le", "pk")
    if acteur.role == Role.ADMINISTRATEUR:
        return rows
    if acteur.role not in HEADS:
        raise NotYours
    return rows.filter(service=acteur.service)


@atomic
def read_as_helper(*, by: Acteur, assistance: UUID) -> Assistance:
    """Return one that is open, to an administrator, who leaves a line on the service's ledger.

    Raises NotYours: another role, closed, over its time, unknown.
    """
    if by.role != Role.ADMINISTRATEUR:
        raise NotYours
    row = live_helps(by).filter(pk=assistance).first()
    if row is None:
        raise NotYours
    Assistance.objects.filter(pk=row.pk).update(lectures=F("lectures") + 1)
    _trace(row, by, Acte.LECTURE)
    return row


def _trace(row: Assistance, by: Acteur, acte: Acte, detail: dict[str, object] | None = None) -> None:
    """Write on the ledger of the service that is looked at."""
    record(
        chaine=row.service_id,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre=GENRE,
        objet=row.pk,
        detail=detail,
    )
