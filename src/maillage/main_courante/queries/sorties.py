"""Outings: who may come along, which one is under way."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.main_courante.jours import work_day
from maillage.main_courante.models import Sortie

FIELD_ROLES = (Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR, Role.CHEF_DE_SERVICE)


def colleagues(acteur: Acteur) -> Sequence[Poste]:
    """Return the field posts of the service today, the writer's own excepted.

    Those one last went out with come first, then the others by first name.
    """
    together = (
        Sortie.objects.filter(equipage=OuterRef("pk"))
        .filter(equipage=acteur.poste)
        .order_by("-debut")
        .values("debut")[:1]
    )
    return list(
        Poste.objects.filter(active_on(clock.today()), service=acteur.service, role__in=FIELD_ROLES)
        .exclude(pk=acteur.poste.pk)
        .select_related("professionnel")
        .alias(together=Subquery(together))
        .order_by(F("together").desc(nulls_last=True), "professionnel__prenom", "professionnel__nom", "pk")
    )


def open_sorties(acteur: Acteur, jour: date) -> QuerySet[Sortie]:
    """Return the service's outings of that working day that nobody ended."""
    return Sortie.objects.filter(service=acteur.service, jour=jour, fin__isnull=True)


def current_sortie(acteur: Acteur) -> Sortie | None:
    """Return the outing the writer is in now; one left open another day is over.

    A crew that counts a correspondant de nuit works the night's day, for all its members.
    """
    now = clock.now()
    night = Sortie.objects.filter(
        jour=work_day(now, Role.CORRESPONDANT_DE_NUIT), equipage__role=Role.CORRESPONDANT_DE_NUIT
    )
    today = Q(jour=work_day(now, acteur.role)) | Q(pk__in=night.values("pk"))
    mine = Sortie.objects.filter(today, service=acteur.service, equipage=acteur.poste, fin__isnull=True)
    return mine.order_by("-debut").first()


def recent_sorties(acteur: Acteur, limit: int = 14) -> Sequence[Sortie]:
    """Return the writer's own last outings, newest first, with their crew."""
    return list(
        Sortie.objects.filter(service=acteur.service, equipage=acteur.poste)
        .prefetch_related("equipage__professionnel", "lieux")
        .order_by("-debut")[:limit]
    )
