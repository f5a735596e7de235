"""The monthly sheet of a place, for the bailleur: no one recognisable, ended months only."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.directory.models import Lieu, Service
from maillage.directory.queries import lieux_of
from maillage.documents.pdf import render_document
from maillage.documents.spreadsheet import csv_bytes
from maillage.main_courante.actions.demandes import close_desk_link, open_desk_link
from maillage.main_courante.feuille import sheet_document, sheet_rows
from maillage.main_courante.models import Guichet
from maillage.main_courante.queries.feuille import place_sheet
from maillage.main_courante.queries.veille import desks_of
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal

INVENTED = "Démonstration, données inventées."
KEPT = 12
KINDS = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


def ended_months() -> list[date]:
    """Return the first days of the ended months one may ask for, newest first.

    The present month is left out: two sheets of it would tell a small number by subtraction.
    """
    found, month = [], clock.today().replace(day=1)
    for _ in range(KEPT):
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month)
    return found


def sheets_page(request: HttpRequest) -> HttpResponse:
    """Show the head of service the places' sheets of a month, and the links by which desks read theirs."""
    acteur = acteur_of(request)
    months = ended_months()
    context = {
        "lieux": list(lieux_of(acteur.service)),
        "mois": months,
        "choisi": _month(request.GET.get("mois", ""), months) or months[0],
        "desks": desks_of(acteur, actifs=True),
        "today": clock.today(),
        "may_write": acteur.role == "chef_de_service" and not acteur.lecture_seule,
    }
    return render(request, "demandes/lieux.html", context)


def sheet(request: HttpRequest, lieu: UUID, mois: str, forme: str) -> HttpResponse:
    """Give the sheet of one of the service's places as PDF or CSV."""
    acteur = acteur_of(request)
    place = lieux_of(acteur.service).filter(pk=lieu).first()
    if place is None:
        raise Http404
    return file_of(acteur.service, place, mois, forme, None, acteur.professionnel_id)


@transaction.atomic
def file_of(
    service: Service,
    lieu: Lieu,
    mois: str,
    forme: str,
    guichet: Guichet | None = None,
    reader: UUID | None = None,
) -> HttpResponse:
    """Return a sheet as a file and leave a ledger line; 404 for a month not ended or an unknown form."""
    month = _month(mois, ended_months())
    if month is None or forme not in KINDS:
        raise Http404
    made = place_sheet(service, lieu, month, guichet)
    mention = INVENTED if settings.MAILLAGE_DEMO else ""
    if forme == "pdf":
        content = render_document(sheet_document(made, mention=mention))
    else:
        content = csv_bytes(["Rubrique", "Détail", "Nombre"], sheet_rows(made, mention=mention))
    record(
        chaine=service.pk,
        acte=Acte.EXPORT,
        acteur=reader,
        objet_genre="feuille",
        objet=lieu.pk,
        detail={"mois": mois, "forme": forme},
    )
    name = f"mois-du-lieu-{mois}.{forme}"
    return HttpResponse(
        content,
        content_type=KINDS[forme],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def send_link(request: HttpRequest, guichet: UUID) -> HttpResponse:
    """Send a desk its link; the one before opens nothing any more."""
    try:
        sent = open_desk_link(
            by=acteur_of(request),
            guichet=guichet,
            address=lambda token: request.build_absolute_uri(reverse("demandes:lien", args=[token])),
        )
    except Refused as refusal:
        raise Refusal(str(refusal)) from refusal
    if not sent:
        raise Http404
    messages.success(request, "Le lien est parti par courriel ; il ouvre six mois.")
    return redirect("demandes:lieux")


def end_link(request: HttpRequest, guichet: UUID) -> HttpResponse:
    """End a desk's link at once."""
    if not close_desk_link(by=acteur_of(request), guichet=guichet):
        raise Http404
    messages.success(request, "Ce lien n'ouvre plus rien.")
    return redirect("demandes:lieux")


def _month(text: str, months: list[date]) -> date | None:
    return next((month for month in months if month.strftime("%Y-%m") == text), None)
