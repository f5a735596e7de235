"""Who takes part in a joint project: only people accompanied by the service, only while they agree.

A project elsewhere holds no person: it asks here for a number. That number is read from the live
adhésion each time, so that a withdrawal takes its author out of it in the same instant, everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.base.wall import HouseWork, house_work
from maillage.dossiers import queries as dossiers
from maillage.dossiers.models import Inscription
from maillage.sharing.access import opened_to, require_reader, require_writer
from maillage.sharing.enums import EtatAdhesion, PorteeOuverture
from maillage.sharing.errors import NotNow
from maillage.sharing.ledger import note
from maillage.sharing.persons.accompagnements import accompagnement_of
from maillage.sharing.reading import readable

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@dataclass(frozen=True)
class Enrolled:
    """One participant, as their own service calls them."""

    accompagnement: UUID
    pseudonyme: str


@atomic
def enrol(*, by: Acteur, accompagnement: UUID, projet: UUID) -> None:
    """Enrol someone in a project of theirs; twice is once.

    Raises NotVisible (not ours, not open), ReadOnly, NotNow (support ended, adhésion not given).
    """
    require_writer(by)
    row = accompagnement_of(by, accompagnement, lock=True)
    if row.clos_le is not None:
        raise NotNow("Cet accompagnement est terminé.")
    last = dossiers.own_adhesions(row).order_by("-le", "-rang").first()
    if last is None or last.etat != EtatAdhesion.ACQUISE:
        raise NotNow("On n'inscrit que qui a donné son adhésion : elle est à demander d'abord.")
    _, new = Inscription.objects.get_or_create(
        accompagnement=row, projet=projet, fin=None, defaults={"debut": clock.today()}
    )
    if new:
        note(by, Acte.CREATION, "inscription", row.pk, {"projet": projet})


@atomic
def leave(*, by: Acteur, accompagnement: UUID, projet: UUID) -> None:
    """Take someone out of a project. Raises NotVisible, ReadOnly."""
    require_writer(by)
    row = accompagnement_of(by, accompagnement)
    if Inscription.objects.filter(accompagnement=row, projet=projet, fin=None).update(fin=clock.today()):
        note(by, Acte.FERMETURE, "inscription", row.pk, {"projet": projet})


@atomic
def enrolled(acteur: Acteur, projet: UUID) -> list[Enrolled]:
    """Return the participants of the reader's own service, by pseudonym; one ledger line.

    Raises NotVisible for a post that meets nobody.
    """
    require_reader(acteur)
    rows = list(
        _live()
        .filter(
            opened_to(acteur.service.pk, PorteeOuverture.ACCOMPAGNEMENT, "accompagnement__personne_id"),
            projet=projet,
            accompagnement__service=acteur.service,
        )
        .select_related("accompagnement__personne")
    )
    note(acteur, Acte.LISTE, "inscription", projet, {"nombre": len(rows)})
    persons = [row.accompagnement.personne for row in rows]
    keys = data_keys(Portee.PERSONNE, [person.pk for person in persons])
    found = [
        Enrolled(
            row.accompagnement_id,
            readable(
                row.accompagnement.personne, "appellation_scellee", keys.get(row.accompagnement.personne_id)
            ),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.pseudonyme.casefold())


@house_work(HouseWork.COUNTING)
def participants(projets: Collection[UUID]) -> dict[UUID, int]:
    """Return how many take part in each project today, all services together; nobody is read."""
    return dict(Counter(_live().filter(projet__in=projets).values_list("projet", flat=True)))


def _live() -> QuerySet[Inscription]:
    last = dossiers.own_adhesions(OuterRef("accompagnement")).order_by("-le", "-rang")
    return Inscription.objects.annotate(adhesion=Subquery(last.values("etat")[:1])).filter(
        adhesion=EtatAdhesion.ACQUISE, fin=None, accompagnement__personne__effacee_le=None
    )
