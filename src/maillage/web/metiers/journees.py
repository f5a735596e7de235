"""Shadowing days on screen: those of one's service, one to propose, one answer each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of, partner_services
from maillage.directory.enums import Role
from maillage.equipes.enums import Moment
from maillage.equipes.journees import Proposal, answer_day, cancel_day, confirm_day, days, propose_day
from maillage.equipes.models import JourneeObservation
from maillage.web.door import acteur_of
from maillage.web.metiers.forms import HERE, DayForm
from maillage.web.reunions.views import answered, chosen_partnership

SAID = {
    "accepter": "C'est accepté. L'autre équipe le voit.",
    "decliner": "C'est décliné. L'autre équipe le voit.",
    "faite": "C'est noté : la journée a eu lieu.",
    "annuler": "La journée est annulée.",
}


def list_page(request: HttpRequest) -> HttpResponse:
    """Show the days of one's service and, to its head, the form; on POST, propose one."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    services = partner_services(partenariat, acteur.service)
    form = DayForm(request.POST if request.method == "POST" else None, services=services)
    if request.method == "POST" and form.is_valid() and _proposed(acteur, partenariat, form):
        messages.success(request, "C'est proposé. L'autre équipe répond ici.")
        return redirect(f"{reverse('metiers:journees')}?partenariat={partenariat.code}")
    with answered():
        found = days(acteur, partenariat)
    context = {
        "partenariat": partenariat,
        "partenariats": list(partenariats_of(acteur)),
        "journees": found,
        "form": form,
        "may_propose": acteur.role == Role.CHEF_DE_SERVICE and not acteur.lecture_seule and bool(services),
    }
    return render(request, "metiers/journees.html", context, status=422 if form.errors else 200)


def move(request: HttpRequest, journee: UUID, verbe: str) -> HttpResponse:
    """Accept, decline, confirm or give up a day; 404 for another verb."""
    acteur = acteur_of(request)
    if verbe not in SAID:
        raise Http404
    with answered():
        row = _moved(acteur, journee, verbe)
    messages.success(request, SAID[verbe])
    return redirect(f"{reverse('metiers:journees')}?partenariat={row.partenariat.code}")


def _moved(acteur: Acteur, journee: UUID, verbe: str) -> JourneeObservation:
    if verbe == "faite":
        return confirm_day(by=acteur, journee=journee)
    if verbe == "annuler":
        return cancel_day(by=acteur, journee=journee)
    return answer_day(by=acteur, journee=journee, accepte=verbe == "accepter")


def _proposed(acteur: Acteur, partenariat: Partenariat, form: DayForm) -> bool:
    said = form.cleaned_data
    data = Proposal(
        autre=UUID(said["autre"]),
        chez_nous=said["sens"] == HERE,
        jour=said["jour"],
        moment=Moment(said["moment"]),
        nombre=said["nombre"],
    )
    try:
        with answered():
            propose_day(by=acteur, partenariat=partenariat, data=data)
    except BadAnswer as error:
        form.add_error(error.champ, str(error))
        return False
    return True
