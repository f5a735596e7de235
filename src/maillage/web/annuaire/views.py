"""The directory's pages: who is there, one service, one territory."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.directory.chapter3 import funding_text, staff_text
from maillage.directory.models import Territoire
from maillage.directory.queries import lieux_of, study_notes, territoires_of
from maillage.web.annuaire import reading
from maillage.web.door import acteur_of

OUTSIDE = "Vous voyez les services de vos partenariats ; ceux des autres villes n'apparaissent pas."
NO_NAMES = (
    "Les noms des agents se voient entre services membres d'un même partenariat ; "
    "un partenaire associé appelle le service."
)


def who_is_there(request: HttpRequest) -> HttpResponse:
    """List the services of one's partnerships, a call away."""
    acteur, on = acteur_of(request), clock.today()
    panels = reading.panels(acteur, on)
    context = {
        "panels": panels,
        "own": None if panels else reading.own_line(acteur, on),
        "reasons": [OUTSIDE, NO_NAMES],
    }
    return render(request, "annuaire/qui.html", context)


def service_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one service: whom to call, its team of the day, its titles, what the study says of it."""
    acteur, on = acteur_of(request), clock.today()
    line = reading.visible_service(acteur, code, on)
    if line is None:
        raise Http404
    service = line.service
    context = {
        "line": line,
        "service": service,
        "team": reading.team_groups(line),
        "titles": reading.titles(service, on),
        "funding": funding_text(service) if service.dans_etude else "",
        "staff": staff_text(service) if service.dans_etude else "",
        "notes": [] if service.ville is None else _notes(service.ville, service.pk),
        "reasons": [NO_NAMES],
    }
    return render(request, "annuaire/service.html", context)


def _notes(ville: Territoire, service: UUID) -> list[str]:
    return [note.texte for note in study_notes(ville) if note.service_id == service]


def territory_page(request: HttpRequest, territoire: UUID) -> HttpResponse:
    """Show one piece of ground that the service covers: its places and the services present there."""
    acteur, on = acteur_of(request), clock.today()
    found = (
        territoires_of(acteur.service, on)
        .select_related("parent", "parent__parent")
        .filter(pk=territoire)
        .first()
    )
    if found is None:
        raise Http404
    panels = reading.panels(acteur, on)
    context = {
        "territoire": found,
        "lieux": [lieu for lieu in lieux_of(acteur.service, on) if lieu.territoire_id == found.pk],
        "panels": [panel for panel in panels if found in panel.territoires],
        "indicators": sorted(found.indicateurs.values(), key=lambda one: str(one.get("libelle", ""))),
    }
    return render(request, "annuaire/territoire.html", context)
