"""The «diagnostic en marchant»: its day and its points, then what was seen at each."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base.encryption import unseal
from maillage.comptes.acteur import Acteur
from maillage.conventions.queries import partenariats_of
from maillage.diagnostics.actions import plan_walk, report_walk
from maillage.diagnostics.counting import places_of
from maillage.diagnostics.errors import DiagnosticError
from maillage.diagnostics.models import Marche
from maillage.diagnostics.queries import marches_of, may_write
from maillage.web.door import acteur_of, answered


def plan(request: HttpRequest) -> HttpResponse:
    """Prepare a walk: the points are taken in the order of the list."""
    acteur = acteur_of(request)
    if request.method != "POST":
        return _plan_page(request, acteur, "", 200)
    partenariat = partenariats_of(acteur).filter(code=request.POST.get("partenariat", "")).first()
    if partenariat is None:
        raise Http404
    try:
        with answered():
            made = plan_walk(
                by=acteur,
                partenariat=partenariat,
                titre=request.POST.get("titre", ""),
                jour=_day(request.POST.get("jour", "")),
                lieux=[_identifier(text) for text in request.POST.getlist("lieux")],
            )
    except DiagnosticError as error:
        return _plan_page(request, acteur, str(error), 422)
    messages.success(request, "La marche est prête.")
    return redirect("diagnostics:marche", made.pk)


def walk_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the route; once walked, write what was seen at each point."""
    acteur = acteur_of(request)
    found = next((one for one in marches_of(acteur) if one.pk == pk), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _walk(request, acteur, found, {}, "", 200)
    typed = {point.pk: request.POST.get(f"constat-{point.pk}", "") for point in found.points.all()}
    try:
        with answered():
            report_walk(by=acteur, marche=found, constats=typed)
    except DiagnosticError as error:
        return _walk(request, acteur, found, typed, str(error), 422)
    messages.success(request, "C'est enregistré.")
    return redirect("diagnostics:marche", pk)


def _plan_page(request: HttpRequest, acteur: Acteur, error: str, status: int) -> HttpResponse:
    mine = [one for one in partenariats_of(acteur) if may_write(acteur, one)]
    offered = [
        (one, list(places_of(one).select_related("territoire").order_by("territoire__nom", "nom")))
        for one in mine
    ]
    context = {
        "offered": offered,
        "marches": marches_of(acteur),
        "error": error,
        "values": dict(request.POST.items()),
        "chosen": request.POST.getlist("lieux"),
    }
    return render(request, "diagnostics/marches.html", context, status=status)


def _walk(
    request: HttpRequest, acteur: Acteur, marche: Marche, typed: dict[UUID, str], error: str, status: int
) -> HttpResponse:
    points = [(point, typed.get(point.pk, unseal(point, "constat_scelle"))) for point in marche.points.all()]
    context = {
        "marche": marche,
        "points": points,
        "error": error,
        "may_write": may_write(acteur, marche.partenariat),
    }
    return render(request, "diagnostics/marche.html", context, status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DiagnosticError("Choisissez le jour de la marche.") from None


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise DiagnosticError("Un des lieux choisis n'existe plus ; rechargez la page.") from None
