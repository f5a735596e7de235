"""Opening and closing what a service may see of a person, inside the caller's transaction."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.directory.models import Service
from maillage.sharing.enums import FinOuverture, PorteeAccord, PorteeOuverture
from maillage.sharing.models import Echange, Ouverture


def midnight(day: date) -> datetime:
    """Return the first moment of a day in Paris: openings end there, whoever works late."""
    return datetime.combine(day, time.min, tzinfo=clock.PARIS)


@house_work(HouseWork.OPENING)
def open_access(
    *,
    personne: UUID,
    service: Service,
    portee: PorteeOuverture,
    base: str,
    partenariat: Partenariat | None = None,
    echange: Echange | None = None,
    fin: datetime | None = None,
    debut: datetime | None = None,
) -> Ouverture:
    """Let a service see a scope of a person from `debut` (now) until `fin` (None: no end).

    A live one is renewed: it begins with the earliest and ends with the latest of what it was given.
    """
    begins = debut or clock.now()
    Ouverture.objects.filter(
        personne=personne, service=service, portee=portee, cause_fin="", fin__lte=clock.now()
    ).update(cause_fin=FinOuverture.TERME)
    ouverture, created = Ouverture.objects.get_or_create(
        personne=personne,
        service=service,
        portee=portee,
        cause_fin="",
        defaults={
            "base": base,
            "partenariat": partenariat,
            "echange": echange,
            "debut": begins,
            "fin": fin,
        },
    )
    if not created:
        ouverture.debut = min(ouverture.debut, begins)
        ouverture.fin = max(ouverture.fin, fin) if ouverture.fin and fin else None
        ouverture.save(update_fields=["debut", "fin"])
    return ouverture


@house_work(HouseWork.ENDING)
def close_access(
    *,
    personne: UUID,
    cause: FinOuverture,
    services: QuerySet[Service] | list[Service] | None = None,
    portees: list[PorteeOuverture] | None = None,
) -> int:
    """End now the live openings on a person (for these services and scopes, or all); return how many."""
    openings = Ouverture.objects.filter(personne=personne, cause_fin="")
    if services is not None:
        openings = openings.filter(service__in=services)
    if portees is not None:
        openings = openings.filter(portee__in=portees)
    return openings.update(fin=clock.now(), cause_fin=cause)


# The openings that an agreement of each scope carries: without it they end.
CARRIED: dict[str, list[PorteeOuverture]] = {
    PorteeAccord.ORIENTATION: [PorteeOuverture.ORIENTATION, PorteeOuverture.SUITE],
    PorteeAccord.RETOUR: [PorteeOuverture.SUITE],
    PorteeAccord.RELAIS: [PorteeOuverture.SUITE],
}


def resting_on(
    personne: UUID, portee: str, destinataire: Service, orientation: UUID | None = None
) -> QuerySet[Ouverture]:
    """Return the live openings that rest on an accord of this scope given to this service.

    The accord may be heard by either service about its own record of the person: the orientation
    that an exchange carries tells which openings are meant. A meeting of three has no single
    recipient; with `orientation`, whoever holds an opening born of it is meant too.
    """
    carried = Echange.objects.filter(sujet=personne, orientation__isnull=False).values("orientation")
    about = Q(personne=personne) | Q(echange__orientation__in=carried)
    if portee != PorteeAccord.RELAIS:
        about &= Q(service=destinataire)
    if orientation is not None:
        about |= Q(echange__orientation=orientation)
    return Ouverture.objects.filter(about, cause_fin="", portee__in=CARRIED[portee])
