"""The month between services, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.conventions.queries import partenariats_of
from maillage.diagnostics.counting import next_month
from maillage.diagnostics.masking import INSIDE, PUBLISHED
from maillage.directory.enums import Metier
from maillage.documents.content import Table
from maillage.orientations.queries import own_decisions
from maillage.pilotage.reciprocite import Sens, flows
from maillage.pilotage.reciprocite_tables import tables_of
from maillage.web.door import acteur_of, answered
from maillage.web.months import month_of

WHY = [
    "Ce que votre service a envoyé ou reçu est compté exactement.",
    f"Entre deux autres services, un nombre de 1 à {INSIDE - 1} n'est pas montré, ni celui qui permettrait "
    "de le retrouver par soustraction.",
    "Ce que devient une orientation n'est compté que par le service qui l'a reçue. Qui l'a envoyée n'en lit "
    f"que la somme d'une année finie, à partir de {PUBLISHED}, et jamais quand elle dirait tous ou aucun.",
    "« À temps » : le lendemain au plus tard pour une nouvelle de lieu, à la date fixée à l'envoi pour une "
    "orientation. « Offert » : un retour fait, ou un relais à trois proposé ; « tenu » : il a eu lieu.",
    "Rien n'est compté par agent.",
]


@dataclass(frozen=True)
class Group:
    """The three tables of one group of directions: mine, or the others'."""

    titre: str
    tables: Sequence[Table]


def month_page(request: HttpRequest) -> HttpResponse:
    """Show one month of one of my partnerships; 404 for another's."""
    acteur = acteur_of(request)
    partenariats = list(partenariats_of(acteur))
    asked = request.GET.get("partenariat", "")
    chosen = next((one for one in partenariats if not asked or one.code == asked), None)
    if chosen is None:
        raise Http404
    month = month_of(request.GET.get("mois", ""))
    after = next_month(month)
    with answered():
        rows = flows(acteur, chosen, month, after - timedelta(days=1))
        own = (
            own_decisions(acteur, chosen, month)
            if acteur.service.metier == Metier.PREVENTION_SPECIALISEE
            else None
        )
    context = {
        "partenariats": partenariats,
        "partenariat": chosen,
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": after if after <= clock.today() else None,
        "groups": groups_of(rows),
        "own": own,
        "reasons": WHY,
    }
    return render(request, "reciprocite/mois.html", context)


def groups_of(rows: Sequence[Sens]) -> list[Group]:
    """Return the tables to show: my service's directions, then the others', if there are any."""
    mine = [row for row in rows if row.mien]
    others = [row for row in rows if not row.mien]
    return [
        Group(titre, tables_of(found, whose=f", {titre[0].lower()}{titre[1:]}"))
        for titre, found in (("Avec votre service", mine), ("Entre les autres services", others))
        if found
    ]
