"""The first screen: «Aujourd'hui»."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.directory.enums import Metier
from maillage.web.accueil.items import items_for
from maillage.web.door import acteur_of
from maillage.web.rules import MEDIATION, TERRAIN


def today_page(request: HttpRequest) -> HttpResponse:
    """Show what the reader owes, to whom, by when: five items at most, and the gesture of the trade."""
    acteur = acteur_of(request)
    context = {
        "items": items_for(acteur),
        "today": clock.today(),
        "prenom": acteur.poste.professionnel.prenom,
        "terrain": acteur.role in TERRAIN and not acteur.lecture_seule,
        "mediation": acteur.role in MEDIATION,
        "prevention": acteur.service.metier == Metier.PREVENTION_SPECIALISEE,
    }
    return render(request, "accueil/page.html", context)
