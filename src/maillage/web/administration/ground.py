"""Communes, quartiers and places."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.administration import actions
from maillage.administration.effects import place_effect
from maillage.administration.enums import Objet
from maillage.administration.queries import SHOWN, grounds, history, places
from maillage.directory.models import Lieu
from maillage.web.administration.forms import CommuneForm, PlaceForm, PlacesForm
from maillage.web.administration.pages import form_page, ground_choices
from maillage.web.convention.refusals import status_of, typed
from maillage.web.door import acteur_of


def ground_page(request: HttpRequest) -> HttpResponse:
    """Show the communes and their quartiers; add one by its INSEE code."""
    form = CommuneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with typed(form):
            commune = actions.add_commune(by=acteur_of(request), **form.cleaned_data)
    if form.is_bound and not form.errors:
        messages.success(request, f"{commune} est enregistrée, avec ses quartiers.")
        return redirect("administration:territoire")
    context = {"communes": grounds(), "form": form}
    return render(request, "administration/territoire.html", context, status=status_of(form))


def places_page(request: HttpRequest) -> HttpResponse:
    """Show the places by territory; add several at once."""
    offered = ground_choices()
    form = PlacesForm(request.POST if request.method == "POST" else None, grounds=offered)
    added = 0
    if form.is_valid():
        data = form.cleaned_data
        with typed(form):
            added = actions.add_places(
                by=acteur_of(request),
                territoire=UUID(data["territoire"]),
                lignes=data["lignes"],
                genre=data["genre"],
            )
    if form.is_bound and not form.errors:
        said = f"{added} lieux de plus." if added > 1 else f"{added} lieu de plus."
        messages.success(request, said if added else "Ces lieux y étaient déjà.")
        return redirect("administration:lieux")
    chosen = _chosen(request, [one for one, _name in offered])
    found = places(chosen)
    context = {
        "lieux": found,
        "form": form,
        "territoires": offered,
        "chosen": str(chosen or ""),
        "cut": chosen is None and len(found) == SHOWN,
    }
    return render(request, "administration/lieux.html", context, status=status_of(form))


def _chosen(request: HttpRequest, known: Sequence[str]) -> UUID | None:
    """Return the territory whose places are asked for, None for all. Raises Http404 for an unknown one."""
    asked = request.GET.get("ou", "")
    if asked and asked not in known:
        raise Http404
    return UUID(asked) if asked else None


def place_page(request: HttpRequest, lieu: UUID) -> HttpResponse:
    """Show one place; rename it, change its kind, put it aside."""
    row = Lieu.objects.select_related("territoire").filter(pk=lieu).first()
    if row is None:
        raise Http404
    form = PlaceForm(request.POST) if request.method == "POST" else PlaceForm.of(row)
    if form.is_valid():
        with typed(form):
            actions.change_place(by=acteur_of(request), lieu=lieu, **form.cleaned_data)
    if form.is_bound and not form.errors:
        messages.success(request, "Le lieu est enregistré ; les notes passées le gardent.")
        return redirect("administration:lieux")
    return form_page(
        request,
        form,
        titre=row.nom,
        chapeau=f"{row.territoire}. {place_effect(row)} ; les notes passées le gardent.",
        geste="Enregistrer",
        retour="lieux",
        historique=history(Objet.LIEU, lieu),
    )
