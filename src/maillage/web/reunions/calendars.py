"""Calendars by secret address, a guest's page by link, and the hours two teams have in common."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.base import clock
from maillage.conventions.errors import BadAnswer
from maillage.conventions.queries import partner_services
from maillage.reunions.actions import CONVENERS, declare_hours, open_feed, revoke_feed
from maillage.reunions.agenda import agenda
from maillage.reunions.compte_rendu import invitation
from maillage.reunions.enums import EtatReunion
from maillage.reunions.models import Disponibilite
from maillage.reunions.queries import common_slots, feed_meetings, feeds_of, invited_meeting, meeting_of
from maillage.web.door import acteur_of
from maillage.web.reunions.forms import SlotForm
from maillage.web.reunions.views import answered, chosen_partnership, parts_of

CALENDAR = "text/calendar; charset=utf-8"
PRIVATE = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


def feeds_page(request: HttpRequest) -> HttpResponse:
    """Show the calendar addresses that live; POST makes one, shown this once."""
    acteur, link = acteur_of(request), ""
    if request.method == "POST":
        with answered():
            token = open_feed(by=acteur, personnel=request.POST.get("pour") != "service")
        link = request.build_absolute_uri(reverse("reunions:flux", args=[token]))
    context = {
        "feeds": feeds_of(acteur),
        "link": link,
        "leads": acteur.role in CONVENERS and not acteur.lecture_seule,
    }
    return render(request, "reunions/agenda.html", context)


def revoke_view(request: HttpRequest, flux: UUID) -> HttpResponse:
    """End a calendar address at once."""
    with answered():
        revoke_feed(by=acteur_of(request), flux=flux)
    messages.success(request, "Cette adresse n'ouvre plus rien.")
    return redirect("reunions:agenda")


def feed_file(request: HttpRequest, jeton: str) -> HttpResponse:
    """Give the meetings behind a secret address to a calendar program; no account."""
    rows = feed_meetings(jeton)
    if rows is None:
        raise Http404
    return HttpResponse(invitation(rows, "Réunions (Maillage)"), content_type=CALENDAR, headers=PRIVATE)


def invitation_file(request: HttpRequest, reunion: UUID) -> HttpResponse:
    """Give one meeting as a calendar file."""
    with answered():
        row = meeting_of(acteur_of(request), reunion)
    made = invitation([row], str(row.partenariat), cancels=row.etat == EtatReunion.ANNULEE)
    answer = HttpResponse(made, content_type=CALENDAR, headers=PRIVATE)
    answer["Content-Disposition"] = 'attachment; filename="reunion.ics"'
    return answer


def guest_page(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show a guest structure the agenda that holds nobody, without account."""
    found = invited_meeting(jeton)
    if found is None:
        raise Http404
    row, structure = found
    points = agenda(row.partenariat, row.le.astimezone(clock.PARIS).date(), guest=True)
    context = {
        "reunion": row,
        "structure": structure,
        "parts": parts_of(points),
        "invented": settings.MAILLAGE_DEMO or row.partenariat.invente,
    }
    answer = render(request, "reunions/invite.html", context)
    for name, value in PRIVATE.items():
        answer[name] = value
    return answer


def slots_page(request: HttpRequest) -> HttpResponse:
    """Show the hours in common with each partner team; POST adds or empties my service's own."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    own = list(Disponibilite.objects.filter(service=acteur.service).order_by("jour", "debut"))
    form = SlotForm(request.POST or None)
    if request.method == "POST" and ("vider" in request.POST or form.is_valid()):
        hours = [(one.jour, one.debut, one.fin) for one in own]
        hours = [] if "vider" in request.POST else [*hours, tuple(form.cleaned_data.values())]
        try:
            with answered():
                declare_hours(by=acteur, creneaux=hours)
            return redirect(f"{reverse('reunions:creneaux')}?partenariat={partenariat.code}")
        except BadAnswer as error:
            form.add_error("fin", str(error))
    partners = partner_services(partenariat, acteur.service)
    context = {
        "partenariat": partenariat,
        "own": own,
        "form": form if request.method == "POST" else SlotForm(),
        "common": [(one, common_slots(acteur.service, one)) for one in partners],
        "writes": not acteur.lecture_seule,
    }
    return render(request, "reunions/creneaux.html", context, status=422 if request.method == "POST" else 200)
