"""What the network receives: bundles, and the cards by which a city gives its key."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.reseau import cards, queries
from maillage.reseau.actions import receive
from maillage.reseau.bundle import unseal
from maillage.reseau.envelope import BundleRefused
from maillage.reseau.imports import LARGEST_FILE, read_text
from maillage.web.reseau.forms import FileForm

KEY = re.compile(r"[0-9a-f]{64}")


def page(request: HttpRequest) -> HttpResponse:
    """Show whose key is believed; receive a bundle or a card, which says itself what it is."""
    if request.method != "POST":
        return _page(request, FileForm(), 200)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        said = _received(read_text(form.cleaned_data["fichier"].read(LARGEST_FILE + 1)))
    except BundleRefused as error:
        form.add_error("fichier", str(error))
        return _page(request, form, 422)
    messages.success(request, said)
    return redirect("reseau:recevoir")


def confirm_key(request: HttpRequest) -> HttpResponse:
    """Believe a key heard aloud."""
    if not cards.confirm(_key(request)):
        raise Http404
    messages.success(request, "Cette clé est confirmée : ses lots peuvent être reçus.")
    return redirect("reseau:recevoir")


def forget_key(request: HttpRequest) -> HttpResponse:
    """Believe a key no more."""
    if not cards.forget(_key(request)):
        raise Http404
    messages.success(request, "Cette clé n'est plus crue ; ce qu'elle avait signé reste.")
    return redirect("reseau:recevoir")


def _received(text: str) -> str:
    """Keep a file and return the sentence that says what it was. Raises BundleRefused."""
    if cards.is_card(text):
        rows = cards.learn(text, confirmed=False)
        return f"Carte reçue : {', '.join(row.nom for row in rows)}. Faites lire la clé de vive voix."
    row = receive(unseal(text))
    return f"Lot reçu : {row.contenu['ville']}, {row.annee}."


def _page(request: HttpRequest, form: FileForm, status: int) -> HttpResponse:
    keys: dict[str, dict[str, object]] = {}
    for row in queries.known_cities():
        one = keys.setdefault(
            row.cle_publique,
            {"cle": row.cle_publique, "dite": cards.spoken(row.cle_publique), "villes": [], "sure": True},
        )
        assert isinstance(one["villes"], list)
        one["villes"].append(row.nom)
        one["sure"] = one["sure"] and row.confirmee_le is not None
    return render(request, "reseau/recevoir.html", {"form": form, "keys": list(keys.values())}, status=status)


def _key(request: HttpRequest) -> str:
    found = request.POST.get("cle", "")
    if not KEY.fullmatch(found):
        raise Http404
    return found
