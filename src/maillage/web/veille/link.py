"""The desk's side: one report, three answers, no account."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.main_courante.actions.veille import desk_answers, open_link
from maillage.main_courante.queries.veille import desk_view
from maillage.main_courante.saisie import Refused
from maillage.web.connexion.device import visitor_address
from maillage.web.errors import Refusal

PER_MINUTE = 30
WINDOW = 60


def link_page(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the report of a link and keep the desk's answer; 404 for any link that does not open."""
    slow_down(f"veille:{visitor_address(request)}")
    signalement = open_link(jeton)
    if signalement is None:
        raise Http404
    slow_down(f"veille:{signalement.pk}")
    error, typed = "", request.POST.get("jour", "")
    if request.method == "POST":
        try:
            signalement = desk_answers(
                signalement=signalement, geste=request.POST.get("geste", ""), jour=_day(typed)
            )
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, "C'est noté, l'équipe le voit. Merci.")
            return redirect("veille:lien", jeton=jeton)
    context = {"view": desk_view(signalement), "error": error, "jour": typed}
    return render(request, "veille/lien.html", context, status=422 if error else 200)


def slow_down(key: str) -> None:
    """Raise Refusal (429) beyond thirty calls a minute from one visitor, or on one link."""
    cache.add(key, 0, WINDOW)
    try:
        count = cache.incr(key)
    except ValueError:  # the minute ended between the two
        return
    if count > PER_MINUTE:
        raise Refusal(status=429)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
