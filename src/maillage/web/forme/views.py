"""The form's page: what holds, what it establishes and opens, and the acts of a direction."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions import actions
from maillage.conventions.models import Partenariat
from maillage.web.convention.refusals import status_of, typed
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal
from maillage.web.forme import reading
from maillage.web.forme.forms import FormeForm, TermForm, TitreForm
from maillage.web.partenariat.reading import FormLine, clause_lines, form_history
from maillage.web.partenariat.samples import Bench
from maillage.web.partenariat.views import partnership_of

# Three forms stand on one page: each names its fields apart.
CORRECTION_ID = "corrige_%s"
TITLE_ID = "titre_%s"


def form_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, its history, clause by clause what it makes possible, and what it never does."""
    acteur = acteur_of(request)
    return _page(request, acteur, partnership_of(acteur, code))


def record(request: HttpRequest, code: str) -> HttpResponse:
    """Write a form, or the latest one again; 422 with what was typed, 409 for two on one day."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    again = bool(request.POST.get("corrects"))
    form = FormeForm(request.POST, auto_id=CORRECTION_ID if again else "id_%s")
    if form.is_valid():
        with typed(form):
            actions.record_form(by=acteur, partenariat=partenariat, **form.cleaned_data)
    if form.errors:
        return _page(request, acteur, partenariat, **{"correction" if again else "forme": form})
    messages.success(request, "La forme est écrite. À elle seule, elle ne change aucune réponse du droit.")
    return redirect("forme:page", code)


def record_one_title(request: HttpRequest, code: str) -> HttpResponse:
    """Write a title of one's own prevention service."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    form = TitreForm(request.POST, auto_id=TITLE_ID)
    if form.is_valid():
        with typed(form):
            actions.record_title(by=acteur, partenariat=partenariat, **form.cleaned_data)
    if form.errors:
        return _page(request, acteur, partenariat, titre=form)
    messages.success(request, "Le titre est écrit, avec son numéro et ses dates.")
    return redirect("forme:page", code)


def end_one_title(request: HttpRequest, code: str, titre: int) -> HttpResponse:
    """Give a title its last day."""
    acteur = acteur_of(request)
    partnership_of(acteur, code)
    form = TermForm(request.POST)
    if form.is_valid():
        with typed(form):
            actions.end_title(by=acteur, titre=titre, **form.cleaned_data)
    if form.errors:
        raise Refusal(" ".join(str(one) for said in form.errors.values() for one in said), status=422)
    messages.success(request, "Le terme est écrit.")
    return redirect("forme:page", code)


def _page(
    request: HttpRequest, acteur: Acteur, partenariat: Partenariat, **refused: forms.Form
) -> HttpResponse:
    on = clock.today()
    bench = Bench(partenariat, on)
    history = form_history(partenariat, on)
    context = {
        "partenariat": partenariat,
        "forms": history,
        "structures": reading.led_by(partenariat, on),
        "lines": [line for line in clause_lines(partenariat, on, bench) if line.in_force],
        "titles": reading.title_rows(acteur, partenariat, on, bench),
        "never": reading.NEVER,
        "writes": reading.may_write(acteur, partenariat),
        "writes_titles": reading.may_write(acteur, partenariat) and reading.has_titles(acteur),
        "forme": FormeForm(initial={"debut": on}),
        "correction": _correction(history),
        "titre": TitreForm(auto_id=TITLE_ID, initial={"debut": on}),
        "tab": "forme",
    }
    return render(request, "forme/page.html", context | refused, status=status_of(*refused.values()))


def _correction(history: Sequence[FormLine]) -> FormeForm | None:
    """Return the latest form as it was written, ready to be written again."""
    if not history:
        return None
    row = history[0].forme
    kept = {name: getattr(row, name) for name in ("forme", "preuve", "debut", "fin")}
    return FormeForm(auto_id=CORRECTION_ID, initial=kept | {"corrects": row.pk})
