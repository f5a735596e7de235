"""What a visitor sees when the answer is no: one clear French sentence and the right status.

A view refuses by raising `Refusal` (or Django's Http404); `RefusalMiddleware` turns it into a page,
a JSON object under /api/, or a message placed on the current page for htmx.
"""

from __future__ import annotations

import errno
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

TITLES = {
    400: "Demande illisible",
    401: "Connexion nécessaire",
    403: "Lecture seule",
    404: "Rien à cette adresse",
    405: "Action impossible ici",
    409: "Changé entre-temps",
    413: "Trop volumineux",
    429: "Trop d'essais",
    500: "Une panne de notre côté",
    503: "Indisponible un instant",
}
SENTENCES = {
    400: "Cette demande n'a pas pu être lue ; revenez en arrière et recommencez.",
    401: "Connectez-vous pour continuer.",
    403: "Votre fonction permet de lire cette page, pas de la modifier.",
    404: "Cette page n'existe pas, ou elle n'est pas pour vous.",
    405: "Cette adresse n'accepte pas cette action.",
    409: "Quelqu'un est passé avant vous ; rechargez la page pour voir ce qui a changé.",
    413: "L'envoi est trop volumineux ; raccourcissez-le.",
    429: "Trop d'essais en peu de temps ; attendez quelques minutes.",
    500: "Rien n'a été enregistré de votre dernière action ; réessayez dans un instant.",
    503: "Le service reprend dans un instant ; rien n'est perdu.",
}
# What one writes with one's own words: given back to copy when the page it was typed in is no longer good.
TYPED = frozenset({"appellation", "pseudonyme", "contact", "besoin", "texte", "mot", "precision", "raison"})
# A database that is locked, full, restarting or gone; a disk that takes no more.
NOT_WRITTEN = (
    "La base ou le disque ne répond pas : rien n'a été enregistré de votre dernière action, "
    "réessayez dans quelques minutes."
)
RETRY_SECONDS = "30"
TOO_MANY_SHEETS = (
    "Trop de fiches s'ouvrent à la fois depuis votre compte : attendez quelques secondes et recommencez, "
    "rien n'est perdu."
)
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})
SESSION_OVER = (
    "Votre session s'est arrêtée avant cet envoi : rien n'est parti. "
    "Copiez ce que vous aviez écrit, puis connectez-vous."
)
SESSION_OVER_HERE = "Votre session s'est arrêtée : copiez ce que vous avez écrit, puis connectez-vous."


class Refusal(Exception):
    """A view's no: an HTTP status and the French sentence shown to the person."""

    title = ""
    way: tuple[str, str] | None = None

    def __init__(self, sentence: str = "", *, status: int = 400) -> None:
        """Keep the status; without a sentence the status's usual one is said."""
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence or SENTENCES[status]


class Conflict(Refusal):
    """Someone else acted first, or the form is stale: 409."""

    def __init__(self, sentence: str = "") -> None:
        """Keep the sentence; the status is 409."""
        super().__init__(sentence, status=409)


class NotYet(Conflict):
    """Too early for this post: 409, with the place where one gets further."""

    title = "Pas encore"
    way = ("Voir mon parcours d'arrivée", "equipes:arrivee")


def refuse(
    request: HttpRequest | None,
    status: int,
    sentence: str = "",
    *,
    title: str = "",
    way: tuple[str, str] | None = None,
) -> HttpResponse:
    """Build the answer for this status: a page, JSON under /api/, or a fragment for htmx.

    With `request` None nothing but the templates is used, so that it works when all else failed.
    `way` is where to go instead of home: a label and the name of a view.
    """
    said = sentence or SENTENCES[status]
    if request is not None and request.path.startswith("/api/"):
        return JsonResponse({"erreur": said}, status=status, json_dumps_params={"ensure_ascii": False})
    said_title = title or TITLES.get(status, "Impossible")
    context = {"status": status, "title": said_title, "sentence": said, "way": way}
    if request is not None and request.headers.get("HX-Request") == "true":
        answer = HttpResponse(render_to_string("errors/fragment.html", context), status=status)
        answer["HX-Retarget"] = "#annonces"
        answer["HX-Reswap"] = "innerHTML show:top"
        return answer
    return HttpResponse(render_to_string("errors/page.html", context, request), status=status)


def typed(request: HttpRequest) -> list[str]:
    """Return the texts that a form of ours carried; nothing of a form sent from another site."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    named = {name: str(text).strip() for name, text in request.POST.items()}
    return [text for name, text in named.items() if text and name.rpartition("-")[2] in TYPED]


def give_back(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Refuse a form and show again what was typed, to copy: nothing of it is kept here."""
    context = {"status": status, "title": title, "sentence": sentence, "typed": typed(request)}
    return HttpResponse(render_to_string("errors/page.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 to a body too large to read (Django's handler400)."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    # A request refused for its host never met the session: nothing of it may be used.
    return refuse(request if hasattr(request, "session") else None, status)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 (Django's handler403)."""
    return refuse(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 (Django's handler404): absent and forbidden look the same."""
    return refuse(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database or the disk refuses (Django's handler500).

    Uses neither session, database nor context processors; what was typed is given back to copy.
    """
    if not _out_of_reach(sys.exc_info()[1]):
        if request.path.startswith("/api/"):
            return JsonResponse({"erreur": SENTENCES[500]}, status=500)
        return refuse(None, 500)
    if request.path.startswith("/api/") or request.headers.get("HX-Request") == "true":
        answer = refuse(request, 503, NOT_WRITTEN)
    else:
        context = {"status": 503, "title": TITLES[503], "sentence": NOT_WRITTEN, "typed": typed(request)}
        answer = HttpResponse(render_to_string("errors/page.html", context), status=503)
    answer["Retry-After"] = RETRY_SECONDS
    return answer


def _out_of_reach(failure: BaseException | None) -> bool:
    """Say whether a failure is the database's or the disk's, and will pass without a change of the code."""
    if isinstance(failure, OSError):
        return failure.errno in _DISK
    return isinstance(failure, OperationalError | InterfaceError)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose session changed since it was opened (CSRF_FAILURE_VIEW)."""
    sentence = "Cette page était ouverte depuis trop longtemps ; rechargez-la, puis recommencez."
    if request.path.startswith("/api/") or request.headers.get("HX-Request") == "true":
        return refuse(request, 403, sentence)
    return give_back(request, 403, "Page trop ancienne", sentence)
