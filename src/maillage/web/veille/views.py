"""The team's side: what is to be told to a desk, what was told, where it stands."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.main_courante.actions.veille import renew_link, report_defect, revoke_link
from maillage.main_courante.queries.veille import defects_to_tell, defects_told, desks_of
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal


def list_page(request: HttpRequest) -> HttpResponse:
    """Show the technical notes no desk knows of, then the reports and where they stand."""
    acteur = acteur_of(request)
    context = {
        "to_tell": defects_to_tell(acteur),
        "told": defects_told(acteur),
        "desks": desks_of(acteur, actifs=True),
        "may_write": acteur.role != "direction" and not acteur.lecture_seule,
        "sets_desks": acteur.role in {"chef_de_service", "direction"},
    }
    return render(request, "veille/liste.html", context)


def send(request: HttpRequest, note: UUID) -> HttpResponse:
    """Tell a desk what a note saw; a double click tells it once."""
    desk = _id(request.POST.get("guichet", ""))
    try:
        told = report_defect(by=acteur_of(request), note=note, guichet=desk, address=address_of(request))
    except Refused as refusal:
        raise Refusal(str(refusal)) from refusal
    messages.success(request, f"Envoyé à {told.guichet} : vous verrez ici sa réponse.")
    return redirect("veille:liste")


def revoke(request: HttpRequest, signalement: UUID) -> HttpResponse:
    """End a link at once."""
    if not revoke_link(by=acteur_of(request), signalement=signalement):
        raise Http404
    messages.success(request, "Ce lien n'ouvre plus rien.")
    return redirect("veille:liste")


def renew(request: HttpRequest, signalement: UUID) -> HttpResponse:
    """Send a new link, which ends the one before."""
    try:
        sent = renew_link(by=acteur_of(request), signalement=signalement, address=address_of(request))
    except Refused as refusal:
        raise Refusal(str(refusal)) from refusal
    if not sent:
        raise Http404
    messages.success(request, "Un nouveau lien est parti ; l'ancien n'ouvre plus rien.")
    return redirect("veille:liste")


def address_of(request: HttpRequest) -> Callable[[str], str]:
    """Return what turns a link's token into its full address on this site."""
    return lambda token: request.build_absolute_uri(reverse("veille:lien", args=[token]))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal("Choisissez un guichet de votre liste.") from error
