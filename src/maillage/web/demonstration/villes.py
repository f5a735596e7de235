"""The six partnerships of the study, as this demo sets them up: a page each, and all six side by side."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.etude.enums import FormeDeduite, Ville
from maillage.etude.pages import FormePage, formes
from maillage.etude.villes import portrait
from maillage.web.demonstration.six import Reason, lived, partnership_of, standing, teams_of
from maillage.web.etude.presentation import show
from maillage.web.partenariat.reading import form_history

# Where the demo meets otherwise than the study says, or where the study does not say.
RHYTHM = {
    Ville.LA_ROCHELLE: "toutes les six semaines, comme l'étude le dit",
    Ville.LIMOGES: "l'étude dit des rencontres de chaque semaine autour d'un projet ; l'année entière est "
    "inventée",
    Ville.ORLEANS: "l'étude ne dit pas de rythme : il est inventé",
    Ville.MARSEILLE: "l'étude ne dit pas de rythme : il est inventé",
}
# What the study counts there and the demo holds in fewer pieces.
REDUCED = {
    Ville.MARSEILLE: "Quatre services de prévention dans le tableau de l'étude, sept dans son texte : réunis "
    "ici en un seul. Des quatre services de médiation du texte, deux sont ici : ni les cars scolaires ni les "
    "lycées.",
}


def side_by_side(request: HttpRequest) -> HttpResponse:
    """Show what the law answers in each city to the same five exchanges; 404 outside a demo."""
    on, cities = clock.today(), _cities()
    found = [(ville, partenariat, standing(partenariat, on)) for ville, partenariat in cities]
    names = [ville.libelle for ville, _ in cities]
    exchanges = [
        (reasons[0].answer.titre, _alike(names, reasons))
        for reasons in zip(*(one.raisons for _, _, one in found), strict=True)
    ]
    return render(request, "demonstration/six.html", {"cities": found, "exchanges": exchanges})


def city(request: HttpRequest, ville: str) -> HttpResponse:
    """Show one city: what it is, what works, what the study criticises, what Maillage changes."""
    held = {str(one): partenariat for one, partenariat in _cities()}
    partenariat = held.get(ville)
    if partenariat is None:
        raise Http404
    shown, on = portrait(Ville(ville)), clock.today()  # type: ignore[call-arg]  # looked up by value
    history = form_history(partenariat, on)
    form = next((line.forme for line in history if line.current), None)
    context = {
        "portrait": shown,
        "partenariat": partenariat,
        "forme": form,
        "limites": show(
            one
            for one in _form_page(form.forme if form else "informel").limites
            if one not in (*shown.critique, *shown.reserves)
        ),
        "rythme": RHYTHM.get(shown.ville, ""),
        "ecart": REDUCED.get(shown.ville, ""),
        "teams": teams_of(partenariat, on),
        "lived": lived(partenariat, on),
        "standing": standing(partenariat, on),
        "loue": show(shown.loue),
        "critique": show(shown.critique),
        "reserves": show(shown.reserves),
    }
    return render(request, "demonstration/ville.html", context)


def _cities() -> list[tuple[Ville, Partenariat]]:
    """Return the studied cities that this demo holds, in the report's order. Raises Http404 elsewhere."""
    if not settings.MAILLAGE_DEMO:
        raise Http404
    found = [(ville, partnership_of(ville)) for ville in Ville]
    return [(ville, partenariat) for ville, partenariat in found if partenariat is not None]


def _alike(names: list[str], reasons: tuple[Reason, ...]) -> list[tuple[str, Reason]]:
    """Put on one line the cities that get the same answer for the same reasons."""
    lines: dict[tuple[str, ...], tuple[list[str], Reason]] = {}
    for name, reason in zip(names, reasons, strict=True):
        lines.setdefault((reason.answer.issue, *reason.lignes), ([], reason))[0].append(name)
    return [(", ".join(who), reason) for who, reason in lines.values()]


def _form_page(forme: str) -> FormePage:
    return next(one for one in formes() if one.forme is FormeDeduite(forme))  # type: ignore[call-arg]
