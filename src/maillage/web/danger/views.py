"""The danger page, the note that it was passed on, and its acknowledgement."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.queries import services_in
from maillage.directory.enums import Role
from maillage.directory.models import Service
from maillage.directory.queries import active_on
from maillage.sharing.dangers import acknowledge_danger, record_danger, transmissions_of
from maillage.sharing.errors import BadAnswer, NotVisible, ReadOnly
from maillage.sharing.persons import record_information
from maillage.web.areas import rule_table
from maillage.web.danger.forms import TransmissionForm
from maillage.web.danger.numbers import NUMBERS
from maillage.web.door import acteur_of, answered, once

TELL_MAYOR = "informations:ecrire"
FAMILY = {"famille", "raison"}
KEPT = {"faite", "dispense_interet_enfant"}
NOT_KEPT = "Ce que vous dites de la famille n'est pas gardé : {}"


def danger_page(request: HttpRequest) -> HttpResponse:
    """Give the numbers to anyone; to who is signed in, what to note and what was passed on."""
    acteur = getattr(request, "acteur", None)
    form = TransmissionForm(initial={"personne": _person(request.GET.get("personne", ""))})
    return _show(request, acteur if isinstance(acteur, Acteur) else None, form)


def note_transmission(request: HttpRequest) -> HttpResponse:
    """Note when and to whom; nothing about the person or the facts is asked, none is kept."""
    if getattr(request, "acteur", None) is None:
        return redirect_to_login(reverse("danger:accueil"))
    acteur = acteur_of(request)
    form = TransmissionForm(request.POST)
    form.is_valid()
    # What is said of the family never holds the note back, however it was typed.
    if set(form.errors) - FAMILY:
        return _show(request, acteur, form, status=422)
    with once(acteur, form.cleaned_data["cle"]) as first:
        if first:
            _record(request, acteur, form)
    return redirect("danger:accueil")


def acknowledge(request: HttpRequest, transmission: UUID) -> HttpResponse:
    """Note that the recipient acknowledged."""
    with answered():
        acknowledge_danger(by=acteur_of(request), transmission=transmission)
    messages.success(request, "Accusé de réception noté.")
    return redirect("danger:accueil")


def _record(request: HttpRequest, acteur: Acteur, form: TransmissionForm) -> None:
    """Keep the fact; a person who can no longer be seen never stops it."""
    person, who = form.cleaned_data["personne"], form.cleaned_data["destinataire"]
    try:
        record_danger(by=acteur, destinataire=who, personne=person)
    except NotVisible:
        person = None
        record_danger(by=acteur, destinataire=who)
    messages.success(request, "Noté : le jour, l'heure, qui vous avez prévenu. Rien d'autre n'est gardé.")
    if person is not None:
        _record_family(request, acteur, form, person)


def _record_family(request: HttpRequest, acteur: Acteur, form: TransmissionForm, person: UUID) -> None:
    """Keep whether the family knows, or say in one sentence why that is not kept."""
    unread = next(iter(form.errors.values()), None)
    if unread is not None:
        messages.warning(request, NOT_KEPT.format(unread[0]))
        return
    if form.cleaned_data["famille"] not in KEPT:
        return
    said = {"etat": form.cleaned_data["famille"], "raison": form.cleaned_data["raison"]}
    try:
        record_information(by=acteur, personne=person, **said)
    except (BadAnswer, NotVisible, ReadOnly) as error:
        messages.warning(request, NOT_KEPT.format(error))


def _show(
    request: HttpRequest, acteur: Acteur | None, form: TransmissionForm, status: int = 200
) -> HttpResponse:
    context = {
        "numbers": NUMBERS,
        "form": form,
        "about_someone": bool(form["personne"].value()),
        "departments": _departments(acteur),
        "transmissions": transmissions_of(acteur) if acteur else [],
        "may_tell_mayor": acteur is not None and rule_table()[TELL_MAYOR].admits(acteur.role),
    }
    return render(request, "danger/page.html", context, status=status)


def _departments(acteur: Acteur | None) -> list[Service]:
    """Return the departments' cells that share a partnership with this post."""
    if acteur is None:
        return []
    found = Service.objects.filter(
        active_on(clock.today(), "postes__"),
        postes__role=Role.CRIP,
        pk__in=services_in(acteur.partenariat_ids, clock.today()),
    )
    return list(found.distinct().order_by("nom"))


def _person(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
