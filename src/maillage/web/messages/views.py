"""Saying news of a place to the other team, answering, and counting a card given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Metier, Role
from maillage.main_courante.actions import (
    answer_message,
    give_contact,
    require_recipient,
    send_message,
)
from maillage.main_courante.enums import Reponse, Statut
from maillage.main_courante.queries import (
    contacts_by_place,
    destinataires,
    message_of,
    messages_received,
    messages_sent,
    recent_places,
)
from maillage.main_courante.queries.notes import last_place
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal
from maillage.web.messages.forms import MessageForm, blank, choices
from maillage.web.notes.forms import doubles
from maillage.web.rules import ENCADREMENT

PAGE = 20
GONE_OTHERWISE = (
    "Ce message est déjà parti avec un autre contenu. Touchez encore « Envoyer » pour dire aussi celui-ci."
)


def say(request: HttpRequest) -> HttpResponse:
    """Tell the other team about a place; the same form sent twice sends once."""
    acteur = acteur_of(request)
    if request.method != "POST":
        return _say_page(request, acteur, MessageForm(), blank(acteur, clock.now()), 200)
    form = MessageForm(request.POST)
    values: dict[str, Any] = dict(request.POST.items())
    status = 422
    if form.is_valid():
        try:
            sent = send_message(by=acteur, data=form.message())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if sent.statut != Statut.CONFLIT:
                messages.success(request, f"C'est dit à {sent.message.service_destinataire}.")
                return redirect("messages:liste")
            form.add_error(None, GONE_OTHERWISE)
            values["id"], status = str(new_id()), 409
    return _say_page(request, acteur, form, values, status)


def list_page(request: HttpRequest) -> HttpResponse:
    """Show what each team told the other; what waits for an answer comes first."""
    acteur = acteur_of(request)
    number = _page(request.GET.get("page", "1"))
    received = messages_received(acteur, offset=(number - 1) * PAGE, limit=PAGE + 1)
    sent = messages_sent(acteur, offset=(number - 1) * PAGE, limit=PAGE + 1)
    context = {
        "received": received[:PAGE],
        "sent": sent[:PAGE],
        "reponses": Reponse.choices,
        "suivante": number + 1 if max(len(received), len(sent)) > PAGE else None,
        "hierarchie": acteur.role in ENCADREMENT,
        "may_answer": acteur.role != Role.DIRECTION and not acteur.lecture_seule,
    }
    return render(request, "messages/liste.html", context)


def answer(request: HttpRequest, message: UUID) -> HttpResponse:
    """Answer a message: «vu», «on passe», «pas pour nous»; the latest answer counts."""
    acteur = acteur_of(request)
    found = message_of(acteur, message)
    if found is None:
        raise Http404
    said = request.POST.get("reponse", "")
    try:
        require_recipient(acteur, found)
        if said not in Reponse.values:
            raise Refusal("Choisissez une réponse : vu, on passe ou pas pour nous.", status=400)
        answer_message(by=acteur, message=found, reponse=Reponse(said))
    except Refused as refusal:
        raise Refusal(str(refusal), status=403) from refusal
    messages.success(request, f"Réponse envoyée : {str(Reponse(said).label).lower()}.")
    return redirect("messages:liste")


def contact(request: HttpRequest) -> HttpResponse:
    """Show the educators' card to give, and count it by place; nothing is sent."""
    acteur = acteur_of(request)
    error = ""
    if request.method == "POST":
        try:
            given = give_contact(
                by=acteur,
                contact=_id(request.POST.get("id"), "Rechargez la page, puis recommencez."),
                lieu=_id(request.POST.get("lieu"), "Choisissez un lieu."),
                vers=_id(request.POST.get("vers"), "Choisissez une équipe."),
            )
        except Refused as refusal:
            error = str(refusal)
        else:
            if given:
                messages.success(request, "Compté pour ce lieu. Rien n'a été envoyé.")
            return redirect("messages:contact")
    return _contact_page(request, acteur, error)


def _contact_page(request: HttpRequest, acteur: Acteur, error: str) -> HttpResponse:
    recent, others = recent_places(acteur)
    today = clock.today()
    teams = {one.service.pk: one.service for one in destinataires(acteur)}
    context = {
        "error": error,
        "fresh": new_id(),
        "recent": recent,
        "others": others,
        "doubles": doubles([*recent, *others]),
        "chosen": request.POST.get("lieu") or str(last_place(acteur) or ""),
        "teams": [one for one in teams.values() if one.metier == Metier.PREVENTION_SPECIALISEE],
        "counted": contacts_by_place(acteur, today.replace(day=1), today),
    }
    return render(request, "messages/contact.html", context, status=422 if error else 200)


def _say_page(
    request: HttpRequest, acteur: Acteur, form: MessageForm, values: dict[str, Any], status: int
) -> HttpResponse:
    context = {"form": form, "values": values, "offered": choices(acteur, values)}
    return render(request, "messages/dire.html", context, status=status)


def _id(text: str | None, sentence: str) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Refused(sentence) from error


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0):
        raise Http404
    return int(text)
