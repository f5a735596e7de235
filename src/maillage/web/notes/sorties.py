"""Outings and the night's report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.directory.models import Poste
from maillage.directory.names import FULL_NAME, names_apart
from maillage.main_courante.actions import end_sortie, start_sortie
from maillage.main_courante.jours import work_day
from maillage.main_courante.models import Sortie
from maillage.main_courante.queries import (
    colleagues,
    current_sortie,
    latest_day,
    night_report,
    recent_sorties,
)
from maillage.main_courante.queries.consignes import consignes_of_day, report_sent
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal


def outings_page(request: HttpRequest) -> HttpResponse:
    """Start an outing with colleagues, or see the one under way."""
    acteur = acteur_of(request)
    chosen = request.POST.getlist("equipage")
    error = ""
    if request.method == "POST":
        try:
            start_sortie(
                by=acteur, sortie=_id(request.POST.get("id", "")), equipage=[_id(one) for one in chosen]
            )
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect("notes:noter")
    team, current, recent = colleagues(acteur), current_sortie(acteur), recent_sorties(acteur)
    full = names_apart(team, shortest=FULL_NAME)
    context = {
        "current": current,
        "crew": "".join(crew for _, crew in _with_crews(team, [current] if current else [])),
        "colleagues": [(poste, full[poste.pk]) for poste in team],
        "chosen": chosen,
        "recent": _with_crews(team, recent),
        "error": error,
        "fresh": new_id(),
    }
    return render(request, "notes/sorties.html", context, status=422 if error else 200)


def end(request: HttpRequest) -> HttpResponse:
    """End the outing under way; the report is ready."""
    acteur = acteur_of(request)
    ended = end_sortie(by=acteur)
    if ended is None:
        messages.info(request, "Aucune sortie n'était en cours.")
        return redirect("notes:sorties")
    messages.success(request, "Sortie terminée. Le compte rendu est prêt, votre hiérarchie le voit.")
    return redirect("notes:nuit", jour=ended.jour.isoformat())


def latest_night(request: HttpRequest) -> HttpResponse:
    """Go to the last working day on which the team wrote, today when it never did."""
    acteur = acteur_of(request)
    jour = latest_day(acteur) or work_day(clock.now(), acteur.role)
    return redirect("notes:nuit", jour=jour.isoformat())


def night_page(request: HttpRequest, jour: str) -> HttpResponse:
    """Show the report of a working day, ready to print."""
    acteur = acteur_of(request)
    try:
        day = date.fromisoformat(jour)
    except ValueError as error:
        raise Http404 from error
    # A day far beyond the calendar has neither eve nor morrow.
    if day.isoformat() != jour or not 2000 <= day.year <= 2200:
        raise Http404
    context = {
        "report": night_report(acteur, day),
        "consignes": consignes_of_day(acteur, day),
        "transmis": report_sent(acteur, day),
        "veille": day - timedelta(days=1),
        "lendemain": day + timedelta(days=1) if day < clock.today() else None,
    }
    return render(request, "notes/nuit.html", context)


def _with_crews(team: Sequence[Poste], sorties: Sequence[Sortie]) -> list[tuple[Sortie, str]]:
    """Pair each outing with its crew in words: first names, unless two people of the team share one."""
    prefetch_related_objects(sorties, "equipage__professionnel")
    crews = [(sortie, list(sortie.equipage.all())) for sortie in sorties]
    names = names_apart([*team, *(poste for _, crew in crews for poste in crew)])
    return [(sortie, ", ".join(sorted(names[poste.pk] for poste in crew))) for sortie, crew in crews]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal("Rechargez la page, puis recommencez.") from error
