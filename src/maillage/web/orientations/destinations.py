"""To whom a post may orient: the services of the other trade, in each of its partnerships."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import closed_to, lectures, partenariats_of, partner_services
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Service
from maillage.sharing.errors import NotArrived

RETURN_QUESTION = "U-10"


@dataclass(frozen=True)
class Destination:
    """One service that may be addressed, within one partnership whose clauses and readings hold."""

    partenariat: Partenariat
    service: Service
    several: bool

    @property
    def value(self) -> str:
        """Return what the form sends back."""
        return f"{self.partenariat.pk}:{self.service.pk}"

    @property
    def label(self) -> str:
        """Name the service, and the partnership when the same service appears in several."""
        return f"{self.service} ({self.partenariat})" if self.several else str(self.service)

    @property
    def return_agreed(self) -> bool:
        """Tell whether the partnership has adopted the reading under which something may come back."""
        return lectures(self.partenariat, clock.today()).get(RETURN_QUESTION) == "rapport"


def destinations(acteur: Acteur) -> list[Destination]:
    """Return every service this post may orient to today, in a steady order; a school, prevention only.

    Leaves out partnerships where it has not finished arriving; raises NotArrived when that leaves none.
    """
    closed = closed_to(acteur.poste, clock.today(), acteur.partenariat_ids)
    school = acteur.role == Role.CHEF_ETABLISSEMENT
    pairs = [
        (partenariat, service)
        for partenariat in partenariats_of(acteur).exclude(pk__in=closed)
        for service in partner_services(partenariat, acteur.service)
        if not school or service.metier == Metier.PREVENTION_SPECIALISEE
    ]
    if closed and not pairs:
        raise NotArrived
    counted = [service.pk for _, service in pairs]
    return [
        Destination(partenariat, service, counted.count(service.pk) > 1) for partenariat, service in pairs
    ]


def chosen(options: list[Destination], value: str) -> Destination | None:
    """Return the destination of this form value, None when it is not one of mine."""
    return next((option for option in options if option.value == value), None)
