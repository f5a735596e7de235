"""The asker's side, with an account: a town hall asks for a visit, a relay warns the team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base.identifiers import new_id
from maillage.directory.models import Service
from maillage.main_courante.actions.demandes import DemandeData, ask_about_place
from maillage.main_courante.enums import Liste
from maillage.main_courante.gestes import Motif
from maillage.main_courante.queries import listes_of
from maillage.main_courante.queries.demandes import demandes_asked, places_to_ask, teams_to_ask
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.notes.forms import doubles


def ask_page(request: HttpRequest) -> HttpResponse:
    """Show the form and what was asked before; keep a request. What was chosen stays when refused."""
    acteur = acteur_of(request)
    assert request.resolver_match is not None
    name = f"demandes:{request.resolver_match.url_name}"
    teams, error = teams_to_ask(acteur), ""
    if request.method == "POST":
        try:
            ask_about_place(by=acteur, data=read(request.POST))
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, "C'est parti : l'équipe le voit, sa réponse viendra ici.")
            return redirect(name)
    context = {
        "warns": name == "demandes:prevenir",
        "teams": [team for _, team in teams],
        "demandes": demandes_asked(acteur),
        "error": error,
        "mienne": True,
        **offered(request, [team for _, team in teams], places_to_ask(teams)),
    }
    return render(request, "demandes/demander.html", context, status=422 if error else 200)


def read(sent: Any) -> DemandeData:
    """Return what a form asks. Raises Refused for what is not chosen."""
    return DemandeData(
        id=_id(sent.get("id", ""), "Rechargez la page, puis recommencez."),
        lieu=_id(sent.get("lieu", ""), "Choisissez un lieu."),
        motif=sent.get("motif", ""),
        creneau=sent.get("creneau", ""),
        service=_id(sent["service"], "Choisissez l'équipe.") if sent.get("service") else None,
    )


def offered(request: HttpRequest, teams: list[Service], places: list[Any]) -> dict[str, Any]:
    """Return what a form offers and what was chosen."""
    sent = request.POST
    names = ("lieu", "motif", "creneau", "service")
    return {
        "values": {"id": sent.get("id") or str(new_id()), **{name: sent.get(name, "") for name in names}},
        "lieux": places,
        "doubles": doubles(places),
        "motifs": Motif.choices,
        "creneaux": listes_of(teams[0]).entries(Liste.CRENEAU) if teams else [],
    }


def _id(text: str, sentence: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(sentence) from error
