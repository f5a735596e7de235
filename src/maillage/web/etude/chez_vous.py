"""«Et chez vous ?»: twelve answers in, an answer out; nothing stored, nothing logged.

The answers travel in the body of a POST, in a code the visitor copies, or after the `#` of a link, which
browsers do not send. No view here writes to the database, the session or the log.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from maillage.base import clock
from maillage.documents import docx, pdf
from maillage.etude.echanges import EchangeJuge, Jugement
from maillage.etude.enums import FormeDeduite
from maillage.etude.feuilles import answer_sheet, outcome
from maillage.etude.pages import formes
from maillage.etude.questionnaire import Reponses, questions
from maillage.etude.reponse import answer
from maillage.law.plain import PlainVerdict, plain
from maillage.web.etude.files import DOCX, PDF, attachment
from maillage.web.etude.forms import CodeForm, QuestionsForm, TakeAwayForm
from maillage.web.etude.presentation import screen, show


@dataclass(frozen=True)
class JudgedView:
    """One judgment in plain words: today's verdict, what comes with papers, and those papers' price."""

    judged: Jugement
    today: PlainVerdict
    outcome: str


@sensitive_post_parameters()
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the twelve questions; answer them when they are posted, or when a code is."""
    if request.method != "POST":
        return _sheet(request, QuestionsForm(), CodeForm())
    if "code" in request.POST:
        code = CodeForm(request.POST)
        if not code.is_valid():
            return _sheet(request, QuestionsForm(), code, status=400)
        if "corriger" in request.POST:
            return _sheet(request, QuestionsForm(initial=dict(code.cleaned_data["code"].valeurs)), CodeForm())
        return _answer(request, code.cleaned_data["code"])
    form = QuestionsForm(request.POST)
    if not form.is_valid():
        return _sheet(request, form, CodeForm(), status=400)
    return _answer(request, form.answers())


@sensitive_post_parameters()
def take_away(request: HttpRequest) -> HttpResponse:
    """Give the two-page answer as DOCX or PDF; a bad code goes back to the questions with its reason."""
    form = TakeAwayForm(request.POST)
    if not form.is_valid():
        return _sheet(request, QuestionsForm(), CodeForm(request.POST), status=400)
    sheet = answer_sheet(answer(form.cleaned_data["code"], jour=clock.today()))
    if form.cleaned_data["format"] == "pdf":
        return attachment(pdf.render_document(sheet), "et-chez-vous.pdf", PDF)
    return attachment(docx.render_document(sheet), "et-chez-vous.docx", DOCX)


def _sheet(request: HttpRequest, form: QuestionsForm, code: CodeForm, status: int = 200) -> HttpResponse:
    groups: dict[str, list[object]] = {}
    for asked in questions():
        groups.setdefault(asked.groupe, []).append(form[asked.cle])
    context = {"form": form, "groups": groups.items(), "code_form": code}
    return render(request, "etude/questions.html", context, status=status)


def _answer(request: HttpRequest, reponses: Reponses) -> HttpResponse:
    found = answer(reponses, jour=clock.today())
    given = [(q, q.option(reponses[q.cle]).libelle if reponses.connue(q.cle) else "") for q in questions()]
    context = {
        "reponse": found,
        "resume": _summary(found.deduction.forme),
        "link": request.build_absolute_uri(reverse("etude:chez_vous")) + f"#{found.code}",
        "constats": [(c, screen(c.prerequis.ecran)) for c in found.constats],
        "echanges": [(e, _judged(e)) for e in found.echanges],
        "pas": [(p, show((p.preconisation, p.pratique))) for p in found.pas],
        "titre_inconnu": not reponses.connue("titre") and not reponses.parmi("employeur_prevention", "aucun"),
        "given": given,
        "unknown": sum(1 for _, said in given if not said),
    }
    return render(request, "etude/reponse.html", context)


def _judged(exchange: EchangeJuge) -> list[JudgedView]:
    return [JudgedView(one, plain(one.aujourd_hui), outcome(one)) for one in exchange.jugements]


def _summary(forme: FormeDeduite) -> str:
    """What the form is, in a sentence."""
    known = {page.forme: page.resume for page in formes()}
    return known.get(forme, "Il manque un des deux métiers : il n'y a pas encore de partenariat à qualifier.")
