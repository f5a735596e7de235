"""Who answers for whom: a service names an officer of another one, who accepts; either ends it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.directory.enums import Role
from maillage.sharing.demandes import mandats
from maillage.sharing.errors import BadAnswer
from maillage.web.acces.forms import OfficerForm
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.door import acteur_of, answered


def officer_page(request: HttpRequest) -> HttpResponse:
    """Show who heads a service which officer answers for it."""
    return _show(request, None)


@requires_fresh_second_factor
def propose(request: HttpRequest) -> HttpResponse:
    """Name an officer of another service of the partnership."""
    acteur = acteur_of(request)
    form = OfficerForm(request.POST, services=mandats.candidates(acteur))
    if not form.is_valid():
        return _show(request, form)
    try:
        with answered():
            mandats.propose_mandate(by=acteur, officier=form.chosen())
    except BadAnswer as error:
        form.add_error("officier", str(error))
        return _show(request, form)
    messages.success(request, "Nommé. Rien ne s'ouvre tant que le délégué n'a pas accepté.")
    return redirect("acces:delegue")


@requires_fresh_second_factor
def accept(request: HttpRequest, mandat: UUID) -> HttpResponse:
    """Accept to answer for a service."""
    with answered():
        mandats.accept_mandate(by=acteur_of(request), mandat=mandat)
    messages.success(request, "Accepté. Vous répondez des demandes d'accès de ce service.")
    return redirect("acces:liste")


@requires_fresh_second_factor
def end(request: HttpRequest, mandat: UUID) -> HttpResponse:
    """End a mandate, or set a proposed one aside."""
    acteur = acteur_of(request)
    with answered():
        mandats.end_mandate(by=acteur, mandat=mandat)
    messages.success(request, "Le mandat est fini : ce délégué ne lit plus rien de ce service.")
    return redirect("acces:liste" if acteur.role == Role.DPO else "acces:delegue")


def _show(request: HttpRequest, refused: OfficerForm | None) -> HttpResponse:
    acteur = acteur_of(request)
    with answered():
        given, named = mandats.mandates_of(acteur), mandats.candidates(acteur)
    context = {
        "service": acteur.service,
        "own": mandats.has_own_officer(acteur.service),
        "mandat": given[0] if given else None,
        "form": refused or (OfficerForm(services=named) if named else None),
    }
    return render(request, "acces/delegue.html", context, status=422 if refused else 200)
