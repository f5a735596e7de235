"""The card's pages: no session, no cookie, nothing kept by the phone; six languages."""

from __future__ import annotations

from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from maillage.comptes.throttle import TooMany
from maillage.sharing.cartes import card_again, open_card, own_view, stop_all
from maillage.sharing.models import Carte
from maillage.web.carte.textes import LANGUES, about, texts, times
from maillage.web.connexion.device import visitor_address

SALT = "maillage carte ouverte"
OPEN_SECONDS = 600


# No cookie may stay on the phone: the code and the number, or a token just given, prove who asks.
@csrf_exempt
def card_page(request: HttpRequest) -> HttpResponse:
    """Ask for code and number; show what they open. Every refusal is the same page."""
    langue = _langue(request)
    if request.method != "POST":
        return _ask(request, langue)
    card = _from_token(request)
    if card is None and "jeton" not in request.POST:
        try:
            card = open_card(
                code=request.POST.get("code", ""),
                numero=request.POST.get("numero", ""),
                adresse=visitor_address(request),
            )
        except TooMany:
            return _ask(request, langue, refus="attendre", status=429)
    if card is None:
        return _ask(request, langue, refus="refus", status=403)
    return _show(request, langue, card)


@csrf_exempt
def stop(request: HttpRequest) -> HttpResponse:
    """Take the person's word back, in one gesture."""
    langue, card = _langue(request), _from_token(request)
    if card is None:
        return _ask(request, langue, refus="refus", status=403)
    stop_all(card)
    return _show(request, langue, card, stopped=True)


def _from_token(request: HttpRequest) -> Carte | None:
    try:
        raw = signing.loads(request.POST.get("jeton", ""), salt=SALT, max_age=OPEN_SECONDS)
        return card_again(UUID(raw))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _langue(request: HttpRequest) -> str:
    asked = request.POST.get("langue", request.GET.get("langue", "fr"))
    return asked if asked in LANGUES else "fr"


def _ask(request: HttpRequest, langue: str, *, refus: str = "", status: int = 200) -> HttpResponse:
    said = texts(langue)
    context = {**_frame(langue), "refus": said[refus] if refus else ""}
    return _quiet(render(request, "carte/page.html", context, status=status))


def _show(request: HttpRequest, langue: str, card: Carte, *, stopped: bool = False) -> HttpResponse:
    view = own_view(card)
    said = texts(langue)
    context = {
        **_frame(langue),
        "view": view,
        "dits": [(one, said.get(one.qui, one.qui), about(langue, one.quoi)) for one in view.dits],
        "lus": [(one, times(langue, one.fois)) for one in view.lus],
        "jeton": signing.dumps(str(card.pk), salt=SALT),
        "stopped": stopped,
    }
    return _quiet(render(request, "carte/vue.html", context))


def _frame(langue: str) -> dict[str, object]:
    return {"t": texts(langue), "langue": langue, "sens": LANGUES[langue][1], "langues": LANGUES.items()}


def _quiet(response: HttpResponse) -> HttpResponse:
    """Ask the browser to keep nothing, and to tell nobody where it came from."""
    response["Cache-Control"] = "no-store, max-age=0"
    response["Referrer-Policy"] = "no-referrer"
    return response
