"""The acts of an evaluation: one POST each; what was typed stays when it is refused."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.conventions.errors import BadAnswer
from maillage.evaluations import actions
from maillage.evaluations.questions import LETTERS
from maillage.web.door import acteur_of
from maillage.web.evaluation.views import page_view
from maillage.web.reunions.views import answered


def opinion_view(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Take a team's sheet or a direction's marks."""
    acteur = acteur_of(request)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        with answered():
            actions.give_opinion(
                by=acteur,
                evaluation=evaluation,
                notes={one: typed.get(f"note-{one}", "") for one in LETTERS},
                mot=typed.get("mot", ""),
            )
    except BadAnswer as error:
        return page_view(request, acteur, evaluation, typed, error=str(error))
    messages.success(request, "C'est gardé. Vous pouvez y revenir tant que les autres n'ont pas fini.")
    return redirect("evaluation:page", evaluation)


def ask_view(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Make a link for those around; it is shown this once."""
    acteur = acteur_of(request)
    try:
        with answered():
            token = actions.ask_around(
                by=acteur,
                evaluation=evaluation,
                qui=request.POST.get("qui", ""),
                nom=request.POST.get("nom", ""),
            )
    except BadAnswer as error:
        return page_view(request, acteur, evaluation, {}, error=str(error))
    link = request.build_absolute_uri(reverse("evaluation:reponse", args=[token]))
    return page_view(request, acteur, evaluation, link=link)


def sign_view(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Sign for one's direction."""
    with answered():
        row = actions.sign(by=acteur_of(request), evaluation=evaluation)
    said = (
        "L'évaluation est signée : plus rien n'y change." if row.signee_le else "Votre signature est notée."
    )
    messages.success(request, said)
    return redirect("evaluation:page", evaluation)
