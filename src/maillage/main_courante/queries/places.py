"""The places at hand: where the team went lately, then the first of its ground."""

from datetime import timedelta

from django.db.models import Count, Max

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.directory.queries import lieux_of
from maillage.main_courante.models import Note

AT_HAND = 6
LATELY = timedelta(days=21)


def usual_places(acteur: Acteur, count: int = AT_HAND) -> list[Lieu]:
    """Return the places to offer in one tap: the acteur's last one, then the team's most visited."""
    lieux = {lieu.pk: lieu for lieu in lieux_of(acteur.service)}
    since = clock.now() - LATELY
    recent = Note.objects.filter(service=acteur.service, observee_le__gte=since)
    visited = recent.values_list("lieu").annotate(n=Count("pk")).order_by("-n", "lieu")
    mine = recent.filter(poste=acteur.poste).values_list("lieu").annotate(last=Max("observee_le"))
    order = [pk for pk, _ in mine.order_by("-last")[:1]]
    order += [pk for pk, _ in visited[: count + 1]]
    order += list(lieux)[:count]
    known = [pk for pk in dict.fromkeys(order) if pk in lieux]
    return [lieux[pk] for pk in known[:count]]
