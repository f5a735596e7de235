"""The coordination's page: what waits by service, reminders, whom to call outside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members, partenariats_of
from maillage.coordination.actions import add_contact, remind_service, remove_contact
from maillage.coordination.enums import GenreContact
from maillage.coordination.queries import contacts_of, last_reminders
from maillage.directory.enums import Role
from maillage.reunions.agenda import agenda
from maillage.reunions.queries import next_meeting
from maillage.web.door import acteur_of
from maillage.web.reunions.views import answered, chosen_partnership


class ContactForm(forms.Form):
    """A function to call; never a person followed."""

    genre = forms.ChoiceField(label="De quel monde", choices=GenreContact.choices)
    structure = forms.CharField(label="La structure", max_length=120)
    fonction = forms.CharField(label="La fonction", max_length=80, help_text="Qui appeler, par sa fonction.")
    telephone = forms.CharField(label="Le téléphone", max_length=20)


def coordination_page(request: HttpRequest) -> HttpResponse:
    """Show the contact book; to the coordination also what waits and when each service was reminded."""
    acteur = acteur_of(request)
    return _page(request, acteur, chosen_partnership(request, acteur))


def add_view(request: HttpRequest) -> HttpResponse:
    """Write a contact; 422 with what was typed when an answer is absurd."""
    acteur = acteur_of(request)
    partenariat, form = chosen_partnership(request, acteur), ContactForm(request.POST)
    if not form.is_valid():
        return _page(request, acteur, partenariat, form)
    try:
        with answered():
            add_contact(by=acteur, partenariat=partenariat, **form.cleaned_data)
    except BadAnswer as error:
        form.add_error(error.champ, str(error))
        return _page(request, acteur, partenariat, form)
    return _back(partenariat)


def remove_view(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Take a contact out."""
    with answered():
        partenariat = remove_contact(by=acteur_of(request), contact=contact)
    return _back(partenariat)


def remind_view(request: HttpRequest, service: UUID) -> HttpResponse:
    """Remind a service that answers are awaited."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    with answered():
        row = remind_service(by=acteur, partenariat=partenariat, service=service)
    messages.success(request, f"{row.service} lira ce rappel sur sa page Aujourd'hui.")
    return _back(partenariat)


def _page(
    request: HttpRequest, acteur: Acteur, partenariat: Partenariat, form: ContactForm | None = None
) -> HttpResponse:
    coordinates = acteur.role == Role.COORDINATION
    context: dict[str, Any] = {
        "partenariats": list(partenariats_of(acteur)),
        "partenariat": partenariat,
        "contacts": contacts_of(partenariat),
        "form": form or ContactForm(),
        "writes": coordinates and not acteur.lecture_seule,
        "coordinates": coordinates,
    }
    if coordinates:
        last = last_reminders(partenariat)
        context |= {
            "waiting": [
                one.phrase for one in agenda(partenariat, clock.today(), acteur) if one.genre == "retard"
            ],
            "services": [(one, last.get(one.pk)) for one in members(partenariat)],
            "next": next_meeting(partenariat),
        }
    return render(request, "coordination/page.html", context, status=422 if form else 200)


def _back(partenariat: Partenariat) -> HttpResponse:
    return redirect(f"{reverse('coordination:liste')}?partenariat={partenariat.code}")
