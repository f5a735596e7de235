"""The page of an open question, its proposal, its three signatures, and the annex to keep."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.actions import propose_reading, set_aside_reading, sign_reading
from maillage.conventions.annexe import annex
from maillage.conventions.enums import EtatProposition
from maillage.conventions.models import Partenariat, PropositionLecture
from maillage.web.convention.refusals import answered, status_of, typed
from maillage.web.door import acteur_of
from maillage.web.lectures.forms import ProposalForm, blank_form
from maillage.web.lectures.reading import question_sheet
from maillage.web.papers import MENTION, file_answer
from maillage.web.partenariat.views import partnership_of


def question_page(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """Show both readings, their price, what turns on them here, and where the signatures stand."""
    acteur = acteur_of(request)
    return _page(request, acteur, partnership_of(acteur, code), question)


def propose(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """Propose a reading; 422 with what was typed when an answer is absurd."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _page(request, acteur, partenariat, question, form)
    with typed(form):
        propose_reading(by=acteur, partenariat=partenariat, question=question, **form.cleaned_data)
    if form.errors:
        return _page(request, acteur, partenariat, question, form)
    messages.success(
        request, "Lecture proposée et signée de votre côté. Il manque les deux autres signatures."
    )
    return redirect("lectures:question", code, question)


def sign(request: HttpRequest, proposition: UUID) -> HttpResponse:
    """Sign for one's side."""
    with answered():
        row = sign_reading(by=acteur_of(request), proposition=proposition)
    if row.etat == EtatProposition.ADOPTEE and row.lecture is not None:
        said = f"Lecture adoptée. Elle vaut à partir du {row.lecture.debut:%d/%m/%Y}, jamais pour le passé."
    else:
        said = "Votre signature est notée."
    messages.success(request, said)
    return _back(row)


def set_aside(request: HttpRequest, proposition: UUID) -> HttpResponse:
    """Set the proposal aside."""
    with answered():
        row = set_aside_reading(by=acteur_of(request), proposition=proposition)
    messages.success(request, "Proposition écartée. Rien n'a changé.")
    return _back(row)


def annex_file(request: HttpRequest, code: str, genre: str) -> HttpResponse:
    """Give the annex of the readings in force today, as DOCX or PDF."""
    partenariat = partnership_of(acteur_of(request), code)
    invented = settings.MAILLAGE_DEMO or partenariat.invente
    document = annex(partenariat, clock.today(), mention=MENTION if invented else "")
    return file_answer(document, f"annexe-de-lecture-{partenariat.code}", genre)


def _page(
    request: HttpRequest,
    acteur: Acteur,
    partenariat: Partenariat,
    question: str,
    form: ProposalForm | None = None,
) -> HttpResponse:
    try:
        sheet = question_sheet(acteur, partenariat, question, clock.today())
    except KeyError:
        raise Http404 from None
    context = {
        "partenariat": partenariat,
        "sheet": sheet,
        "form": form or blank_form(sheet.current, clock.today()),
        "writes": sheet.camp is not None and not acteur.lecture_seule,
        "tab": "lectures",
    }
    return render(request, "lectures/question.html", context, status=status_of(form) if form else 200)


def _back(row: PropositionLecture) -> HttpResponse:
    return redirect("lectures:question", row.partenariat.code, row.question)
