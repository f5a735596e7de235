"""The list of requests, opening one, and the officer's page: passages to decide, the answer to give."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Role
from maillage.pilotage.dpo import acces as answers
from maillage.pilotage.dpo.acces_papier import answer_document, answer_json
from maillage.sharing.demandes import requests
from maillage.sharing.demandes.mandats import mandates_of, someone_answers_for
from maillage.sharing.demandes.reserves import WHOLE, Rendered
from maillage.sharing.enums import MotifReserve
from maillage.sharing.errors import BadAnswer
from maillage.sharing.persons.oriented import own_person
from maillage.web.acces.forms import DecisionForm, OpenForm, WholeForm
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.door import acteur_of, answered
from maillage.web.papers import file_answer, mention

# What waits for this reason alone is decided together: it is one wish of one person.
ASKED = (MotifReserve.MINEUR,)


def list_page(request: HttpRequest) -> HttpResponse:
    """List the requests: the officer's to answer, or those my service put before them."""
    acteur = acteur_of(request)
    with answered():
        rows = requests.requests_seen(acteur)
    context = {
        "rows": rows,
        "officer": acteur.role == Role.DPO,
        "today": clock.today(),
        "mandats": mandates_of(acteur) if acteur.role == Role.DPO else [],
        "due": requests.supports_to_erase(acteur),
    }
    return render(request, "acces/liste.html", context)


def open_page(request: HttpRequest, personne: UUID) -> HttpResponse:
    """Put a request about someone of my service before the officer."""
    acteur = acteur_of(request)
    with answered():
        own_person(acteur, personne)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with answered():
                requests.open_request(by=acteur, personne=personne, **form.cleaned_data)
        except BadAnswer as error:
            form.add_error(error.champ if error.champ in form.fields else None, str(error))
        else:
            messages.success(request, "La demande est ouverte : il y a un mois pour y répondre.")
            return redirect("acces:liste")
    return render(
        request,
        "acces/ouvrir.html",
        {"form": form, "personne_id": personne, "answers": someone_answers_for(acteur.service)},
        status=422 if request.method == "POST" else 200,
    )


@requires_fresh_second_factor
def request_page(request: HttpRequest, demande: UUID) -> HttpResponse:
    """Show the officer all that is held, and what waits for a decision."""
    return _show(request, acteur_of(request), demande)


@requires_fresh_second_factor
def decide(request: HttpRequest, demande: UUID) -> HttpResponse:
    """Decide one passage, several at once, or the whole: each `cle` names one."""
    acteur, cles = acteur_of(request), request.POST.getlist("cle")
    form: WholeForm | DecisionForm = (WholeForm if cles == [WHOLE] else DecisionForm)(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        words = form.words() if isinstance(form, DecisionForm) else []
        try:
            with answered():
                answers.decide(by=acteur, demande=demande, cles=cles, decision=said["decision"], mots=words)
        except BadAnswer as error:
            form.add_error(error.champ if error.champ in form.fields else None, str(error))
        else:
            return redirect("acces:demande", demande=demande)
    return _show(request, acteur, demande, form, 422)


@requires_fresh_second_factor
def finish(request: HttpRequest, demande: UUID) -> HttpResponse:
    """Say that the answer was given: the page closes."""
    with answered():
        answers.finish(by=acteur_of(request), demande=demande)
    messages.success(request, "Répondu. Vous ne lisez plus rien de cette personne.")
    return redirect("acces:liste")


@requires_fresh_second_factor
def answer_file(request: HttpRequest, demande: UUID, genre: str) -> HttpResponse:
    """Give the answer as a PDF or as JSON, as decided so far."""
    if genre not in {"pdf", "json"}:
        raise Http404
    acteur = acteur_of(request)
    with answered():
        answer = answers.read_answer(acteur, demande)
        requests.trace_answer(acteur, answer.opened, genre)
    name = f"acces-{str(demande)[:8]}"
    if genre == "pdf":
        return file_answer(answer_document(answer, mention=mention()), name, genre)
    attached = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return HttpResponse(answer_json(answer), content_type="application/json", headers=attached)


def _show(
    request: HttpRequest,
    acteur: Acteur,
    demande: UUID,
    refused: WholeForm | DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    with answered():
        answer = answers.read_answer(acteur, demande)
    alone = [one for one in answer.attendent if one.motifs != ASKED]
    context = {
        "answer": answer,
        "demande": answer.demande,
        "waiting": [(one, _why(one), _form(one, refused)) for one in alone],
        "together": [one for one in answer.attendent if one.motifs == ASKED],
        "whole": _whole(answer, refused),
        "whole_key": WHOLE,
        "law": answer.verdict.explication,
        "late": answer.demande.echeance < clock.today(),
    }
    return render(request, "acces/demande.html", context, status=status)


def _whole(answer: answers.Answer, refused: WholeForm | DecisionForm | None) -> WholeForm | None:
    if not answer.u13 or answer.tout:
        return None
    return refused if isinstance(refused, WholeForm) else WholeForm()


def _form(one: Rendered, refused: WholeForm | DecisionForm | None) -> DecisionForm:
    """Return a passage's own form: its fields' ids must not meet those of the next passage."""
    if isinstance(refused, DecisionForm) and refused.data.get("cle") == one.cle:
        refused.auto_id = f"{one.cle}-%s"
        return refused
    return DecisionForm(auto_id=f"{one.cle}-%s")


def _why(one: Rendered) -> list[str]:
    return [str(MotifReserve(code).label) for code in one.motifs]
