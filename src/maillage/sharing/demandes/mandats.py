"""Who is data protection officer for whom: their own service, and those that named them in writing.

Sitting in the same partnership gives an officer nothing (decision 0009). A mandate is proposed by who
heads the service, accepted by the officer, and holds only while both take part in one partnership.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.seals import holds, sign
from maillage.conventions.queries import services_in
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly
from maillage.sharing.models import MandatDelegue

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.comptes.acteur import Acteur

GENRE = "mandat_delegue"
# Who may name the officer of a service: who answers for it.
HEADS = frozenset({Role.DIRECTION, Role.CHEF_ETABLISSEMENT, Role.MAIRE})


def served_by(acteur: Acteur) -> list[Service]:
    """Return the services of which this officer answers, by name; none for any other role.

    A mandate whose seal does not hold gives nothing.
    """
    if acteur.role != Role.DPO:
        return []
    today = services_in(acteur.partenariat_ids, clock.today())
    rows = MandatDelegue.objects.filter(
        officier=acteur.service, accepte_le__isnull=False, fini_le__isnull=True, service__in=today
    )
    named = [row.service_id for row in rows if holds(row.sceau, GENRE, _values(row))]
    found = Service.objects.filter(Q(pk=acteur.service.pk) | Q(pk__in=named))
    return list(found.order_by("nom_court", "pk"))


def mandates_of(acteur: Acteur) -> Sequence[MandatDelegue]:
    """Return the mandates that last: the one my service gave, or those given to my service's officer.

    Raises NotVisible for who neither heads a service nor is an officer.
    """
    return list(_mine(acteur).order_by("propose_le", "pk"))


def candidates(acteur: Acteur) -> list[Service]:
    """Return the other services of my partnerships that have an officer today, by name."""
    _require_head(acteur)
    officers = Poste.objects.filter(active_on(clock.today()), role=Role.DPO).values("service")
    there = services_in(acteur.partenariat_ids, clock.today()).filter(pk__in=officers)
    return list(there.exclude(pk=acteur.service.pk).order_by("nom_court", "pk"))


def someone_answers_for(service: Service) -> bool:
    """Tell whether an officer answers this service's requests today, its own or one that accepted."""
    rows = MandatDelegue.objects.filter(service=service, accepte_le__isnull=False, fini_le__isnull=True)
    accepted = any(holds(row.sceau, GENRE, _values(row)) for row in rows)
    return accepted or has_own_officer(service)


def has_own_officer(service: Service) -> bool:
    """Tell whether the service has a data protection officer of its own today."""
    return Poste.objects.filter(active_on(clock.today()), role=Role.DPO, service=service).exists()


@atomic
def propose_mandate(*, by: Acteur, officier: UUID) -> MandatDelegue:
    """Name the officer of another service; nothing opens until they accept.

    Raises NotVisible, ReadOnly, BadAnswer (not one of `candidates`), NotNow (one lasts already).
    """
    _require_head(by)
    _require_hand(by)
    named = next((one for one in candidates(by) if one.pk == officier), None)
    if named is None:
        raise BadAnswer("officier", "Choisissez un service du partenariat qui a un délégué.")
    try:
        with atomic():
            row = MandatDelegue.objects.create(
                service=by.service, officier=named, propose_le=clock.now(), propose_par=by.poste
            )
    except IntegrityError:
        raise NotNow("Votre service a déjà nommé un délégué : mettez-y fin d'abord.") from None
    _trace(row, by, Acte.CREATION)
    return row


@atomic
def accept_mandate(*, by: Acteur, mandat: UUID) -> None:
    """Accept, as the officer named: from now on they read the requests that this service opens.

    Raises NotVisible, ReadOnly, NotNow (accepted already).
    """
    row = _locked(by, mandat)
    if by.role != Role.DPO:
        raise NotVisible
    if row.accepte_le is not None:
        raise NotNow("Ce mandat est déjà accepté.")
    seal_accepted(row, by.poste)
    _trace(row, by, Acte.OUVERTURE)


@atomic
def end_mandate(*, by: Acteur, mandat: UUID) -> None:
    """End a mandate, or set a proposed one aside, from either side: the officer reads nothing more.

    Raises NotVisible, ReadOnly.
    """
    row = _locked(by, mandat)
    row.fini_le = clock.now()
    row.save(update_fields=["fini_le"])
    _trace(row, by, Acte.FERMETURE)


def seal_accepted(row: MandatDelegue, officier: Poste) -> None:
    """Write on a mandate that this officer accepts it now; the act alone, without asking who may."""
    row.accepte_le, row.accepte_par = clock.now(), officier
    row.sceau = sign(GENRE, _values(row))
    row.save(update_fields=["accepte_le", "accepte_par", "sceau"])


def _values(row: MandatDelegue) -> list[object]:
    accepted = row.accepte_le and row.accepte_le.timestamp()
    return [str(row.pk), str(row.service_id), str(row.officier_id), str(row.accepte_par_id), accepted]


def _mine(acteur: Acteur) -> QuerySet[MandatDelegue]:
    rows = MandatDelegue.objects.filter(fini_le__isnull=True).select_related("service", "officier")
    if acteur.role == Role.DPO:
        return rows.filter(officier=acteur.service)
    _require_head(acteur)
    return rows.filter(service=acteur.service)


def _locked(by: Acteur, mandat: UUID) -> MandatDelegue:
    row = _mine(by).select_for_update(of=("self",)).filter(pk=mandat).first()
    if row is None:
        raise NotVisible
    _require_hand(by)
    return row


def _require_head(acteur: Acteur) -> None:
    if acteur.role not in HEADS:
        raise NotVisible


def _require_hand(acteur: Acteur) -> None:
    if acteur.lecture_seule:
        raise ReadOnly


def _trace(row: MandatDelegue, by: Acteur, acte: Acte) -> None:
    """Write on the chain of the service whose persons may be read."""
    record(chaine=row.service_id, acte=acte, acteur=by.professionnel_id, objet_genre=GENRE, objet=row.pk)
