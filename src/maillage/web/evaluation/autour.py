"""Three questions to those around, by link, without account: nothing says who answered."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.conventions.errors import BadAnswer
from maillage.evaluations.actions import answer
from maillage.evaluations.enums import STRUCTURES, Entourage
from maillage.evaluations.queries import entour_of
from maillage.evaluations.questions import MARKS, THREE
from maillage.web.reunions.views import answered


def answer_page(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ask three questions; POST adds the answers to a sum and thanks."""
    found = entour_of(jeton)
    if found is None:
        raise Http404
    typed = {name: str(value) for name, value in request.POST.items()}
    error, done = "", False
    if request.method == "POST":
        try:
            with answered():
                answer(token=jeton, answers=typed)
            done = True
        except BadAnswer as refused:
            error = str(refused)
    context = {
        "entour": found,
        "partenariat": found.evaluation.partenariat,
        "tu": found.qui == Entourage.JEUNES,
        "ensemble": found.qui in STRUCTURES,
        "questions": [(cle, text, typed.get(cle, "")) for cle, text in THREE[Entourage(found.qui)]],
        "marks": MARKS.items(),
        "error": error,
        "done": done,
        "invented": settings.MAILLAGE_DEMO or found.evaluation.invente,
    }
    response = render(request, "evaluation/reponse.html", context, status=422 if error else 200)
    response["Cache-Control"] = "private, no-store"
    # With no referrer at all, a browser would not say where the answer comes from, and it would be refused.
    response["Referrer-Policy"] = "same-origin"
    return response
