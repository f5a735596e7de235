"""The partnership's pages: the partnership, its clauses, its readings."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of
from maillage.conventions.regles import regle_lines
from maillage.web.annuaire.reading import panels
from maillage.web.door import acteur_of
from maillage.web.partenariat import reading
from maillage.web.partenariat.samples import Bench


def partnership_of(acteur: Acteur, code: str) -> Partenariat:
    """Return a partnership of the person signed in; Http404 for any other."""
    found = partenariats_of(acteur).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def list_page(request: HttpRequest) -> HttpResponse:
    """List one's partnerships; with only one, go to it."""
    found = list(partenariats_of(acteur_of(request)))
    if len(found) == 1:
        return redirect("partenariat:page", found[0].code)
    return render(request, "partenariat/liste.html", {"partenariats": found})


def partnership_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the partnership: form and its history, members, ground, delays, what it may do today."""
    acteur, on = acteur_of(request), clock.today()
    partenariat = partnership_of(acteur, code)
    panel = next(one for one in panels(acteur, on) if one.partenariat.pk == partenariat.pk)
    context = {
        "partenariat": partenariat,
        "panel": panel,
        "forms": reading.form_history(partenariat, on),
        "rules": regle_lines(partenariat, on),
        "answers": Bench(partenariat, on).answers(),
        "tab": "page",
    }
    return render(request, "partenariat/page.html", context)


def clauses_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show each clause, the fact it establishes, what becomes possible and what does not change."""
    partenariat, on = partnership_of(acteur_of(request), code), clock.today()
    lines = reading.clause_lines(partenariat, on, Bench(partenariat, on))
    context = {"partenariat": partenariat, "lines": lines, "tab": "clauses"}
    return render(request, "partenariat/clauses.html", context)


def readings_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show which reading holds for each open question, its gain, its price, what the other would do."""
    partenariat, on = partnership_of(acteur_of(request), code), clock.today()
    lines = reading.reading_lines(partenariat, on, Bench(partenariat, on))
    context = {"partenariat": partenariat, "lines": lines, "tab": "lectures"}
    return render(request, "partenariat/lectures.html", context)
