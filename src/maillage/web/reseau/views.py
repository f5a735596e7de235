"""The cities compared without a ranking: by form, size and means, each beside those that resemble it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.directory.enums import Role
from maillage.reseau import queries
from maillage.reseau.queries import Ville
from maillage.web.door import acteur_of
from maillage.web.reseau.forms import NarrowForm
from maillage.web.reseau.premiere import ANNEE, first_edition

REASONS = [
    "Les villes se lisent par leur nom : aucune colonne ne les classe.",
    "Un nombre de messages de 1 à 10 ne sort pas de sa ville ; ni celui qui le ferait retrouver.",
    "Une année n'est comptée qu'une fois : deux comptes diraient, par différence, ce qui a changé.",
    "Rien ici ne vient d'une personne suivie, ni du travail d'un agent.",
]


def compare(request: HttpRequest) -> HttpResponse:
    """Show one edition, grouped by form; a value out of its list gets a sentence and 400."""
    year = _edition(request)
    form = NarrowForm(request.GET)
    valid = form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") if valid else "" for name in form.fields}
    known = _cities(year)
    kept = queries.chosen(known, **asked)
    context = {
        **_common(request, year),
        "form": form,
        "groups": queries.by_form(kept),
        "kept": len(kept),
        "total": len(known),
        "reasons": REASONS,
    }
    return render(request, "reseau/villes.html", context, status=200 if valid else 400)


def city(request: HttpRequest, code: str) -> HttpResponse:
    """Show one city of an edition, the cities that resemble it, and what it gives."""
    year = _edition(request)
    known = _cities(year)
    found = next((one for one in known if one.code == code), None)
    if found is None:
        raise Http404
    context = {
        **_common(request, year),
        "ville": found,
        "jumelles": queries.twins(found, known),
        "taille": queries.TAILLES[found.taille][0] if found.taille else "",
        "moyens": queries.MOYENS[found.moyens][0] if found.moyens else "",
    }
    return render(request, "reseau/ville.html", context)


def shared(request: HttpRequest) -> HttpResponse:
    """Show the practice sheets and the clauses that cities give, by city."""
    known = queries.latest()
    context = {
        **_common(request, 0),
        "pratiques": queries.sheets(known, "pratiques"),
        "clauses": queries.sheets(known, "clauses"),
    }
    return render(request, "reseau/partages.html", context)


def _cities(year: int) -> Sequence[Ville]:
    return first_edition() if year == ANNEE else queries.edition(year)


def _edition(request: HttpRequest) -> int:
    """Return the edition asked; the latest when none is, the study when nobody told a year yet."""
    asked = request.GET.get("edition", "")
    known = [*queries.editions(), ANNEE]
    if not asked:
        return known[0]
    found = next((year for year in known if str(year) == asked), None)
    if found is None:
        raise Http404
    return found


def _common(request: HttpRequest, year: int) -> dict[str, Any]:
    role = acteur_of(request).role
    return {
        "annee": year,
        "premiere": year == ANNEE,
        "editions": [*queries.editions(), ANNEE],
        "etude": ANNEE,
        "receives": role == Role.RESEAU,
        "tells": role == Role.DIRECTION,
    }
