"""What follows a withdrawal: openings end, and each recipient is asked to say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.directory.models import Service
from maillage.sharing.access import PERSON_ROLES
from maillage.sharing.enums import FinaliteAdhesion, FinOuverture, PorteeOuverture
from maillage.sharing.errors import NotVisible, ReadOnly
from maillage.sharing.ledger import note
from maillage.sharing.models import Ouverture, Tache

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

RECEIPT = "RECU-RETRAIT"
RECEIPT_DAYS = 7

# What each purpose of an adhésion carries to other services. A designation rests on L. 121-6-2,
# which asks for no adhésion: it ends with its act, not here.
BY_ADHESION: dict[str, list[PorteeOuverture]] = {
    FinaliteAdhesion.ACCOMPAGNEMENT: [
        PorteeOuverture.ORIENTATION,
        PorteeOuverture.ACCOMPAGNEMENT,
        PorteeOuverture.SUITE,
        PorteeOuverture.PROJET,
    ],
    FinaliteAdhesion.PROJET: [PorteeOuverture.PROJET],
}


@dataclass(frozen=True)
class ReceiptLine:
    """One receipt: what the opening let see, asked of whom, by when; `faite_le` once given."""

    id: UUID
    portee: str
    service: str
    echeance: date
    faite: bool

    @property
    def en_retard(self) -> bool:
        """Tell whether the day has passed without a receipt."""
        return not self.faite and self.echeance < clock.today()


@house_work(HouseWork.ENDING)
def end_for_withdrawal(ended: QuerySet[Ouverture], *, demandeur: Service | None = None) -> int:
    """End these openings now and ask each service that had one for a receipt; return how many.

    `demandeur` may read whether the receipts came: leave it out where that would tell something.
    The caller holds the transaction.
    """
    rows = list(ended.select_for_update(of=("self",)))
    echeance = clock.today() + timedelta(days=RECEIPT_DAYS)
    Tache.objects.bulk_create(
        Tache(
            echange_id=one.echange_id,
            ouverture=one,
            service_id=one.service_id,
            demandeur=demandeur,
            obligation=RECEIPT,
            echeance=echeance,
        )
        for one in rows
    )
    return Ouverture.objects.filter(pk__in=[one.pk for one in rows]).update(
        fin=clock.now(), cause_fin=FinOuverture.RETRAIT
    )


def end_shares(
    personne: UUID,
    service: Service,
    *,
    finalite: str = FinaliteAdhesion.ACCOMPAGNEMENT,
    destinataire: Service | None = None,
) -> int:
    """End what other services see of a person on the strength of an adhésion; return how many.

    The adhésion to being supported carries everything; one to another purpose, or to one service,
    carries that alone.
    """
    shares = Ouverture.objects.filter(personne=personne, cause_fin="", portee__in=BY_ADHESION[finalite])
    shares = shares.exclude(service=service)
    if destinataire is not None:
        shares = shares.filter(service=destinataire)
    return end_for_withdrawal(shares, demandeur=service)


def receipts_owed(acteur: Acteur) -> list[ReceiptLine]:
    """Return the receipts my service still owes, most urgent first; they name nobody."""
    rows = Tache.objects.filter(obligation=RECEIPT, service=acteur.service, faite_le__isnull=True)
    return _lines(rows)


def receipts_asked(acteur: Acteur) -> list[ReceiptLine]:
    """Return the receipts my service asked for and that have not come, late ones first."""
    if acteur.role not in PERSON_ROLES:
        return []
    return _lines(Tache.objects.filter(obligation=RECEIPT, demandeur=acteur.service, faite_le__isnull=True))


@house_work(HouseWork.RECEIPT)
def _lines(rows: QuerySet[Tache]) -> list[ReceiptLine]:
    return [
        ReceiptLine(
            id=row.pk,
            portee=row.ouverture.get_portee_display() if row.ouverture else "",
            service=row.service.nom_court,
            echeance=row.echeance,
            faite=row.faite_le is not None,
        )
        for row in rows.select_related("ouverture", "service").order_by(
            "echeance", "service__nom_court", "pk"
        )[:100]
    ]


@atomic
def acknowledge_withdrawal(*, by: Acteur, recu: UUID) -> None:
    """Say that my service no longer uses what it had been told; once is enough.

    Raises NotVisible (a receipt asked of another service), ReadOnly.
    """
    row = Tache.objects.filter(pk=recu, obligation=RECEIPT, service=by.service).first()
    if row is None:
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly
    given = Tache.objects.filter(pk=row.pk, faite_le__isnull=True)
    if given.update(faite_le=clock.now(), faite_par=by.poste):
        note(by, Acte.MODIFICATION, "recu", row.pk, {"obligation": RECEIPT})
