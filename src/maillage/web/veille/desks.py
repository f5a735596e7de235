"""The head of service's side: which desks repair what, and where the service reads its notices."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import GenreLieu
from maillage.directory.models import Lieu
from maillage.directory.queries import lieux_of
from maillage.main_courante.actions.avis import set_mailbox
from maillage.main_courante.actions.veille import check_mailbox, set_desk
from maillage.main_courante.models import AdresseAvis, Guichet
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
    sent, places = (
        request.POST,
        list(lieux_of(acteur.service).order_by("territoire__nom", "territoire", "nom")),
    )
    typed = _typed(sent) if error and "id" in sent else None
    forms = [_form(places, typed, _stored(desk)) for desk in desks_of(acteur)]
    fresh = {"id": str(new_id()), "actif": True, "coches": ()}
    if typed and not any(form["id"] == typed["id"] for form in forms):
        fresh = typed
    context = {
        "desks": forms,
        "blank": _form(places, None, fresh),
        "genres": GenreLieu.choices,
        "categories": [(entry.code, entry.libelle) for entry in technical_entries(acteur)],
        "box": sent.get("courriel_avis", box.courriel if box else ""),
        "error": error,
        "may_write": acteur.role == "chef_de_service" and not acteur.lecture_seule,
    }
    return render(request, "veille/guichets.html", context, status=422 if error else 200)


def _stored(desk: Guichet) -> dict[str, Any]:
    """Return what the form of a desk shows: what is stored."""
    fields = ("nom", "courriel", "genres", "categories", "actif")
    stored = {name: getattr(desk, name) for name in fields}
    return stored | {"id": str(desk.pk), "titre": str(desk), "coches": [p.pk for p in desk.lieux.all()]}


def _typed(sent: QueryDict) -> dict[str, Any]:
    """Return what was typed and refused; nothing of it is lost."""
    typed: dict[str, Any] = {name: sent.get(name, "") for name in ("id", "nom", "courriel", "actif")}
    typed |= {name: sent.getlist(name) for name in ("genres", "categories")}
    return typed | {"coches": [_id(pk) for pk in sent.getlist("lieux")], "ouvert": True}


def _form(places: list[Lieu], typed: dict[str, Any] | None, shown: dict[str, Any]) -> dict[str, Any]:
    """Return one form: what was typed for it, else what is shown; places by neighbourhood, ticked counted."""
    values = shown | typed if typed and typed["id"] == shown["id"] else shown
    ticked = set(values["coches"])
    quartiers = [
        (territoire, [(place, place.pk in ticked) for place in group])
        for territoire, group in groupby(places, key=lambda place: place.territoire)
    ]
    said = [(one, group, sum(on for _, on in group)) for one, group in quartiers]
    return values | {"quartiers": said, "en_tout": len(ticked)}


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal("Rechargez la page, puis recommencez.") from error
