"""The lists of a service, as it adapted them."""

from collections.abc import Iterable
from uuid import UUID

from maillage.directory.models import Service
from maillage.main_courante.models import Vocabulaire
from maillage.main_courante.vocabulaire import Listes


def listes_of(service: Service) -> Listes:
    """Return the lists of one service, in one query."""
    return listes_of_many([service])[service.pk]


def listes_of_many(services: Iterable[Service]) -> dict[UUID, Listes]:
    """Return the lists of several services by identifier, in one query."""
    trades = {service.pk: service.metier for service in services}
    rows: dict[UUID, list[Vocabulaire]] = {pk: [] for pk in trades}
    for row in Vocabulaire.objects.filter(service__in=trades).order_by("rang", "pk"):
        rows[row.service_id].append(row)
    return {pk: Listes(metier, rows[pk]) for pk, metier in trades.items()}
