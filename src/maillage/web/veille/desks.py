"""The head of service's side: which desks repair what, and where the service reads its notices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import GenreLieu
from maillage.directory.queries import lieux_of
from maillage.main_courante.actions.avis import set_mailbox
from maillage.main_courante.actions.veille import check_mailbox, set_desk
from maillage.main_courante.models import AdresseAvis
from maillage.main_courante.queries.veille import desks_of, technical_entries
from maillage.main_courante.saisie import Refused
from maillage.web.door import acteur_of
from maillage.web.errors import Refusal


def desks_page(request: HttpRequest) -> HttpResponse:
    """Show the desks of the service and keep what its head changes."""
    acteur = acteur_of(request)
    if request.method != "POST":
        return _page(request, acteur)
    sent = request.POST
    try:
        set_desk(
            by=acteur,
            guichet=_id(sent.get("id", "")),
            nom=sent.get("nom", ""),
            courriel=sent.get("courriel", "").strip(),
            lieux=[_id(pk) for pk in sent.getlist("lieux")],
            genres=sent.getlist("genres"),
            categories=sent.getlist("categories"),
            actif="actif" in sent,
        )
    except Refused as refusal:
        return _page(request, acteur, error=str(refusal))
    messages.success(request, "Guichet enregistré.")
    return redirect("veille:guichets")


def mailbox(request: HttpRequest) -> HttpResponse:
    """Keep where the service receives its notice of the day; empty ends the mails."""
    acteur, typed = acteur_of(request), request.POST.get("courriel_avis", "").strip()
    try:
        if typed:
            check_mailbox(typed)
        set_mailbox(by=acteur, courriel=typed)
    except Refused as refusal:
        return _page(request, acteur, error=str(refusal))
    messages.success(request, "Adresse des avis enregistrée." if typed else "Plus d'avis par courriel.")
    return redirect("veille:guichets")


def _page(request: HttpRequest, acteur: Acteur, *, error: str = "") -> HttpResponse:
    box = AdresseAvis.objects.filter(service=acteur.service).first()
    sent = request.POST
    blank: dict[str, Any] = {"id": str(new_id()), "actif": True, "coches": ()}
    if error and "id" in sent:
        blank = {name: sent.get(name, "") for name in ("id", "nom", "courriel", "actif")}
        blank |= {name: sent.getlist(name) for name in ("genres", "categories")}
        blank["coches"] = sent.getlist("lieux")
    desks = desks_of(acteur)
    for desk in desks:
        desk.coches = [str(place.pk) for place in desk.lieux.all()]  # type: ignore[attr-defined]
    context = {
        "desks": desks,
        "blank": blank,
        "lieux": list(lieux_of(acteur.service)),
        "genres": GenreLieu.choices,
        "categories": [(entry.code, entry.libelle) for entry in technical_entries(acteur)],
        "box": sent.get("courriel_avis", box.courriel if box else ""),
        "error": error,
        "may_write": acteur.role == "chef_de_service" and not acteur.lecture_seule,
    }
    return render(request, "veille/guichets.html", context, status=422 if error else 200)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal("Rechargez la page, puis recommencez.") from error
