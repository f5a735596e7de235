"""The directory's pages: who is there, one service, one territory."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.directory.actions import DirectoryRefused, close_dispositif, open_dispositif
from maillage.directory.chapter3 import funding_text, staff_text
from maillage.directory.enums import Role
from maillage.directory.models import Dispositif, Territoire
from maillage.directory.queries import dispositifs_of, lieux_of, study_notes, territoires_of
from maillage.web.annuaire import reading
from maillage.web.annuaire.forms import DispositifForm
from maillage.web.door import acteur_of
from maillage.web.rules import ENCADREMENT

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
    return _service_page(request, code, DispositifForm())


def open_one(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one's own service runs for an age; 422 with what was typed."""
    acteur, form = acteur_of(request), DispositifForm(request.POST)
    if acteur.service.code != code:
        raise Http404
    if form.is_valid():
        try:
            row = open_dispositif(by=acteur.poste, **form.cleaned_data)
        except DirectoryRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Noté : {row}.")
            return redirect("annuaire:service", code)
    return _service_page(request, code, form)


def close_one(request: HttpRequest, dispositif: UUID) -> HttpResponse:
    """Put an end to a dispositif of one's own service."""
    acteur = acteur_of(request)
    row = Dispositif.objects.filter(pk=dispositif, service=acteur.service).first()
    if row is None:
        raise Http404
    close_dispositif(by=acteur.poste, dispositif=row)
    messages.success(request, f"{row.nom} s'arrête aujourd'hui.")
    return redirect("annuaire:service", acteur.service.code)


def _service_page(request: HttpRequest, code: str, form: DispositifForm) -> HttpResponse:
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
        "dispositifs": dispositifs_of(service, on),
        "dispositif": form,
        "relays": any(one.role == Role.PARENT_RELAIS for one in line.team),
        "runs": line.ours and acteur.role in ENCADREMENT and not acteur.lecture_seule,
        "funding": funding_text(service) if service.dans_etude else "",
        "staff": staff_text(service) if service.dans_etude else "",
        "notes": [] if service.ville is None else _notes(service.ville, service.pk),
        "reasons": [NO_NAMES],
    }
    return render(request, "annuaire/service.html", context, status=422 if form.errors else 200)


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
