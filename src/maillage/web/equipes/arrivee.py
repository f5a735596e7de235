"""The path of arrival on screen: the newcomer's cards, and who is on the way for the head of service."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.conventions import actions as conventions
from maillage.conventions.queries import partenariats_of
from maillage.equipes.actions import read_card
from maillage.equipes.arrivee import arriving, parcours
from maillage.equipes.enums import Carte
from maillage.sharing.errors import NotArrived
from maillage.web.convention.refusals import answered as signed
from maillage.web.door import acteur_of, answered
from maillage.web.partenariat.samples import Bench
from maillage.web.partenariat.views import partnership_of


def my_paths(request: HttpRequest) -> HttpResponse:
    """Lead to the path of one's partnership; choose when there are several."""
    found = list(partenariats_of(acteur_of(request)))
    if len(found) == 1:
        return redirect("equipes:parcours", found[0].code)
    return render(request, "equipes/arrivees.html", {"partenariats": found})


def path_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the path: what is open today, what is not and why, each step and what it opens."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    path = parcours(acteur, partenariat)
    reading = any(etape.ouverte and etape.code == Carte.PERSONNE for etape in path.etapes)
    context = {
        "partenariat": partenariat,
        "parcours": path,
        "pourquoi": str(NotArrived()),
        "answers": Bench(partenariat, clock.today()).answers() if reading else (),
        "personne": Carte.PERSONNE,
        "reads": acteur.lecture_seule,
        "tab": "arrivee",
    }
    return render(request, "equipes/arrivee.html", context)


def read(request: HttpRequest, code: str, carte: str) -> HttpResponse:
    """Write that a card is read."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    if carte not in Carte:
        raise Http404
    with answered():
        read_card(by=acteur, partenariat=partenariat, carte=Carte(carte))
    return _after(request, code)


def sign(request: HttpRequest, code: str, charte: UUID) -> HttpResponse:
    """Sign a charter from the path."""
    acteur = acteur_of(request)
    partnership_of(acteur, code)
    with signed():
        row = conventions.sign_charter(by=acteur, charte=charte)
    messages.success(request, f"Signée : {row.charte}.")
    return _after(request, code)


def _after(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with the path; say so when nothing is left."""
    acteur = acteur_of(request)
    path = parcours(acteur, partnership_of(acteur, code))
    if path.fini and not path.ferme:
        messages.success(request, "Votre parcours est fini : vous pouvez échanger au sujet d'une personne.")
    return redirect("equipes:parcours", code)


def on_the_way_page(request: HttpRequest) -> HttpResponse:
    """Show which posts of my service arrive, and what is left before they exchange."""
    return render(request, "equipes/en_chemin.html", {"posts": arriving(acteur_of(request))})
