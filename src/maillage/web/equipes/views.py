"""Departures: what ends, what waits for a taker, and the gesture that passes it on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.comptes.acteur import Acteur
from maillage.equipes.actions import hand_over_departure
from maillage.equipes.queries import Depart, departure, departures, takers
from maillage.sharing.errors import BadAnswer
from maillage.web.door import acteur_of, answered
from maillage.web.equipes.forms import TakerForm


def list_page(request: HttpRequest) -> HttpResponse:
    """List who leaves within two months, and who left while something still waits."""
    acteur = acteur_of(request)
    with answered():
        found = departures(acteur)
    return render(request, "equipes/departs.html", {"departs": found})


def departure_page(request: HttpRequest, poste: UUID) -> HttpResponse:
    """Show what one departure leaves behind; on POST, pass it all to the colleague chosen."""
    acteur = acteur_of(request)
    with answered():
        leaving = departure(acteur, poste)
    posts = takers(acteur, leaving.poste)
    form = TakerForm(request.POST if request.method == "POST" else None, posts=posts)
    if request.method == "POST":
        if form.is_valid() and _passed(acteur, leaving, form):
            messages.success(
                request, "Tout est transmis. L'histoire garde qui portait quoi, et jusqu'à quand."
            )
            return redirect("equipes:departs")
        return _page(request, leaving, form, bool(posts), 422)
    return _page(request, leaving, form, bool(posts), 200)


def _passed(acteur: Acteur, leaving: Depart, form: TakerForm) -> bool:
    """Hand over; say whether it was done, the reason being written on the form otherwise."""
    try:
        with answered():
            hand_over_departure(by=acteur, poste=leaving.poste.pk, preneur=UUID(form.cleaned_data["preneur"]))
    except BadAnswer as error:
        form.add_error("preneur", str(error))
        return False
    return True


def _page(
    request: HttpRequest, leaving: Depart, form: TakerForm, takers_exist: bool, status: int
) -> HttpResponse:
    context = {"depart": leaving, "form": form, "takers_exist": takers_exist}
    return render(request, "equipes/depart.html", context, status=status)
