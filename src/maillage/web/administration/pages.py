"""What the administration's pages share: one form on a page, the territories one may choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.administration.queries import grounds
from maillage.web.convention.refusals import status_of


def form_page(
    request: HttpRequest, form: forms.Form, *, titre: str, chapeau: str, geste: str, retour: str, **more: Any
) -> HttpResponse:
    """Show one form on its page; 422 or 409 when refused. `retour` names the page it came from."""
    context = {
        "form": form,
        "titre": titre,
        "chapeau": chapeau,
        "geste": geste,
        "retour": reverse(f"administration:{retour}"),
        **more,
    }
    return render(request, "administration/formulaire.html", context, status=status_of(form))


def ground_choices() -> list[tuple[str, str]]:
    """Return each quartier with its commune's name, after its commune."""
    found = []
    for commune, quartiers in grounds():
        found.append((str(commune.pk), commune.nom))
        found += [(str(one.pk), f"{commune.nom} · {one.nom}") for one in quartiers]
    return found
