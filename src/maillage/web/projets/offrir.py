"""A bailleur's side: by the link of its desk and without account, offer a chantier éducatif."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base.identifiers import new_id
from maillage.conventions.errors import BadAnswer, NotNow
from maillage.main_courante.queries.demandes import desk_places
from maillage.projets.bilan import euros
from maillage.projets.offres import offer_by_link, offers_by_link
from maillage.web.demandes.link import desk_of
from maillage.web.projets.forms import OfferForm


def link_page(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show a desk what it offered and keep another offer; 404 for any link that does not open."""
    guichet = desk_of(request, jeton)
    places = desk_places(guichet)
    form = OfferForm(places, initial={"id": new_id()})
    if request.method == "POST":
        form = OfferForm(places, request.POST)
        if form.is_valid():
            try:
                offer_by_link(guichet=guichet, data=form.data_of())
            except BadAnswer as refusal:
                form.add_error(refusal.champ if refusal.champ in form.fields else None, str(refusal))
            except NotNow as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "C'est parti : les équipes le voient, leur réponse viendra ici.")
                return redirect("projets:offrir", jeton=jeton)
    context = {
        "guichet": guichet,
        "jeton": jeton,
        "form": form,
        "offres": [(one, euros(one.budget_centimes)) for one in offers_by_link(guichet)],
    }
    return render(request, "projets/offrir.html", context, status=422 if form.errors else 200)
