"""The month between services, both ways."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.conventions.queries import partenariats_of
from maillage.directory.enums import Metier
from maillage.orientations.queries import own_decisions
from maillage.web.door import acteur_of, answered
from maillage.web.reciprocite.figures import directions, month_of, next_month

REASONS = [
    "Ce que votre service a envoyé ou reçu est compté exactement.",
    "Entre deux autres services, un chiffre ne s'affiche qu'à partir de 5 : en dessous, on reconnaîtrait "
    "quelqu'un.",
    "Ce que devient une orientation n'est compté que par le service qui l'a reçue. Rien n'est compté par "
    "agent.",
]


def month_page(request: HttpRequest) -> HttpResponse:
    """Show one month of one of my partnerships; 404 for another's."""
    acteur = acteur_of(request)
    partenariats = list(partenariats_of(acteur))
    asked = request.GET.get("partenariat", "")
    chosen = next((one for one in partenariats if not asked or one.code == asked), None)
    if chosen is None and (asked or not partenariats):
        raise Http404
    assert chosen is not None
    month = month_of(request.GET.get("mois", ""))
    receives = acteur.service.metier == Metier.PREVENTION_SPECIALISEE
    with answered():
        rows = directions(acteur, chosen, month)
        own = own_decisions(acteur, chosen, month) if receives else None
    after = next_month(month)
    context = {
        "partenariats": partenariats,
        "partenariat": chosen,
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": after if after <= clock.today() else None,
        "mine": [row for row in rows if row.mien],
        "others": [row for row in rows if not row.mien],
        "own": own,
        "reasons": REASONS,
    }
    return render(request, "reciprocite/mois.html", context)
