"""A service's year for those who fund it, on screen and as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.conventions.queries import members, partenariats_of
from maillage.pilotage import activite_rapport
from maillage.pilotage.activite import Activity, funders
from maillage.web.door import acteur_of
from maillage.web.papers import file_answer
from maillage.web.reunions.views import chosen_partnership


def page(request: HttpRequest) -> HttpResponse:
    """Show each member service's year until the last ended quarter: funders, quartiers, registers."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    asked, funder = _year(request), request.GET.get("financeur", "")
    found = activite_rapport.read(partenariat.code, asked, funder, standby=True)
    if funder and found is None:
        raise Http404
    context = {
        "financeur": funder,
        "financeurs": funders(members(partenariat)),
        "partenariats": list(partenariats_of(acteur)),
        "partenariat": partenariat,
        "annee": asked,
        "found": found,
        "services": activite_rapport.chapters(found) if found else [],
        "reasons": activite_rapport.METHOD,
    }
    return render(request, "evaluation/activite.html", context)


def file(request: HttpRequest, genre: str) -> HttpResponse:
    """Give the report as DOCX or PDF."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    found: Activity | None = activite_rapport.read(
        partenariat.code, _year(request), request.GET.get("financeur", "")
    )
    if found is None:
        raise Http404
    document = activite_rapport.as_document(found)
    return file_answer(document, f"activite-{partenariat.code}-{found.jusqu_au.year}", genre)


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("annee", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and text > "1999" else None
