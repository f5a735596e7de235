"""The team's side: what it is asked of a place, answered in one gesture."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.main_courante.actions.demandes import answer_demande
from maillage.main_courante.gestes import SuiteDemande
from maillage.main_courante.queries.demandes import demande_of, demandes_received
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal

SAID = {
    SuiteDemande.ON_PASSE: "C'est répondu. L'équipe de ce soir a la consigne d'y passer.",
    SuiteDemande.PASSAGES: "C'est répondu, avec vos passages de quatre semaines.",
    SuiteDemande.PAS_POUR_NOUS: "C'est répondu.",
}


def list_page(request: HttpRequest) -> HttpResponse:
    """Show what the team was asked, unanswered first."""
    acteur = acteur_of(request)
    context = {
        "demandes": demandes_received(acteur),
        "may_answer": acteur.role != "direction" and not acteur.lecture_seule,
        "reponses": SuiteDemande.choices,
        "mienne": False,
    }
    return render(request, "demandes/liste.html", context)


def answer(request: HttpRequest, demande: UUID) -> HttpResponse:
    """Answer a request; another answer replaces the one before."""
    acteur = acteur_of(request)
    asked = demande_of(acteur, demande)
    if asked is None:
        raise Http404
    try:
        reponse = SuiteDemande(request.POST.get("reponse", ""))
    except ValueError as error:
        raise Refusal("Choisissez une des trois réponses.") from error
    answer_demande(by=acteur, demande=asked, reponse=reponse)
    messages.success(request, SAID[reponse])
    return redirect("demandes:liste")
