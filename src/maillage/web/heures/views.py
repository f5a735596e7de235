"""One's own hours, and what a team's relays worked in a month, to read or to take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.coordination.vacations import hours_of, note_hours, remove_hours, team_hours
from maillage.documents.spreadsheet import csv_bytes
from maillage.web.convention.refusals import answered, typed
from maillage.web.door import acteur_of
from maillage.web.months import month_of


class HoursForm(forms.Form):
    """A day, from when to when."""

    jour = forms.DateField(label="Le jour", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    debut = forms.TimeField(label="De", widget=forms.TimeInput(attrs={"type": "time"}))
    fin = forms.TimeField(label="À", widget=forms.TimeInput(attrs={"type": "time"}))


def own_page(request: HttpRequest) -> HttpResponse:
    """Show one's hours of the month; POST writes some, 422 with what was typed."""
    acteur = acteur_of(request)
    form = HoursForm(request.POST or None, initial={"jour": clock.today()})
    if request.method == "POST" and form.is_valid():
        with typed(form):
            row = note_hours(by=acteur, **form.cleaned_data)
        if not form.errors:
            messages.success(request, f"Noté : {row}.")
            return redirect("heures:miennes")
    month = month_of(request.GET.get("mois", ""))
    rows = hours_of(acteur.poste, month)
    context: dict[str, Any] = {
        "form": form,
        "month": month,
        "rows": rows,
        "total": said(sum(row.minutes for row in rows)),
        "writes": not acteur.lecture_seule,
    }
    return render(request, "heures/miennes.html", context, status=422 if form.errors else 200)


def remove(request: HttpRequest, vacation: UUID) -> HttpResponse:
    """Take back hours written by mistake."""
    with answered():
        remove_hours(by=acteur_of(request), vacation=vacation)
    messages.success(request, "Heures retirées.")
    return redirect("heures:miennes")


def team_page(request: HttpRequest) -> HttpResponse:
    """Show the month of one's own service's relays."""
    month = month_of(request.GET.get("mois", ""))
    context = {"month": month, "lines": _lines(acteur_of(request), month.isoformat()[:7])}
    return render(request, "heures/equipe.html", context)


def team_file(request: HttpRequest, mois: str) -> HttpResponse:
    """Give the month as a table, for pay."""
    month = month_of(mois)
    lines = _lines(acteur_of(request), mois)
    made = csv_bytes(["Parent relais", "Heures"], [(name, hours) for name, hours in lines])
    answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="heures-relais-{month:%Y-%m}.csv"'
    return answer


def said(minutes: int) -> str:
    """Write minutes as hours: « 2 h 30 »."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def _lines(acteur: Acteur, mois: str) -> Sequence[tuple[str, str]]:
    found = team_hours(acteur.service, month_of(mois))
    return [(str(poste.professionnel), said(minutes)) for poste, minutes in found]
