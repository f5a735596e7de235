"""A bailleur's side: by its link and without account, ask about a place and read the monthly sheets."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.main_courante.actions.demandes import ask_by_link, desk_of_link
from maillage.main_courante.models import Guichet
from maillage.main_courante.queries.demandes import demandes_by_link, desk_places
from maillage.main_courante.saisie import Refused
from maillage.web.connexion.device import visitor_address
from maillage.web.demandes.asking import offered, read
from maillage.web.demandes.sheets import ended_months, file_of
from maillage.web.veille.link import slow_down


def link_page(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show a desk its requests, their answers and its sheets; 404 for any link that does not open."""
    guichet = desk_of(request, jeton)
    error = ""
    if request.method == "POST":
        try:
            ask_by_link(guichet=guichet, data=read(request.POST))
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, "C'est parti : l'équipe le voit, sa réponse viendra ici.")
            return redirect("demandes:lien", jeton=jeton)
    places = list(desk_places(guichet))
    context = {
        "guichet": guichet,
        "jeton": jeton,
        "demandes": demandes_by_link(guichet),
        "mois": ended_months(),
        "error": error,
        "mienne": True,
        **offered(request, [guichet.service], places),
    }
    return render(request, "demandes/lien.html", context, status=422 if error else 200)


def link_sheet(request: HttpRequest, jeton: str, lieu: UUID, mois: str, forme: str) -> HttpResponse:
    """Give the sheet of one of the desk's places for an ended month, as PDF or CSV."""
    guichet = desk_of(request, jeton)
    place = desk_places(guichet).filter(pk=lieu).first()
    if place is None:
        raise Http404
    return file_of(guichet.service, place, mois, forme, guichet)


def desk_of(request: HttpRequest, jeton: str) -> Guichet:
    """Return the desk whose link this is. Raises Http404, and Refusal (429) beyond thirty calls a minute."""
    slow_down(f"demandes:{visitor_address(request)}")
    guichet = desk_of_link(jeton)
    if guichet is None:
        raise Http404
    slow_down(f"demandes:{guichet.pk}")
    return guichet
