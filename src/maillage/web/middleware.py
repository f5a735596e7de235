"""What stands between every request and every view: headers, declared rules, clear refusals."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from maillage.sharing.pace import place_to_wait, wait_owed
from maillage.web.areas import rule_table
from maillage.web.errors import (
    SESSION_OVER,
    SESSION_OVER_HERE,
    TITLES,
    TOO_MANY_SHEETS,
    Refusal,
    give_back,
    refuse,
    typed,
)
from maillage.web.rules import Access

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), interest-cohort=()"


class SecurityHeadersMiddleware:
    """Headers of every response, errors and static files included (S-35).

    Pages are never kept by a cache, on a shared phone least of all; a view may set its own policy.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the view did not choose itself."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response


class PaceMiddleware:
    """Lets an answer wait when its account reads sheets faster than anyone reads (S-36).

    After the transaction, so that nothing is held meanwhile but this answer and its thread. When no
    more of them may wait, the page says so at once and asks again by itself: slower, never refused.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, later when the account owes it."""
        wait_owed()
        response = self.get_response(request)
        owed = wait_owed()
        if not owed.seconds:
            return response
        with place_to_wait(owed.compte) as waits:
            if waits:
                time.sleep(owed.seconds)
        # What was written is written: its answer is never taken away.
        if waits or request.method not in {"GET", "HEAD"}:
            return response
        return _later(request, owed.seconds)


def _later(request: HttpRequest, seconds: float) -> HttpResponse:
    """Answer 429 in one sentence; a page comes back by itself, a script reads when."""
    answer = refuse(request, 429, TOO_MANY_SHEETS, title="Un instant")
    wait = str(math.ceil(seconds))
    answer["Retry-After"] = wait
    if request.headers.get("HX-Request") != "true":
        answer["Refresh"] = wait
    return answer


class RefusalMiddleware:
    """Turns a view's `Refusal` into its answer."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: only exceptions matter here."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a `Refusal`, giving back what was typed; leave every other exception to Django."""
        if not isinstance(exception, Refusal):
            return None
        here = request.headers.get("HX-Request") == "true" or request.path.startswith("/api/")
        if exception.status in {409, 422} and not here and not exception.way and typed(request):
            title = exception.title or TITLES.get(exception.status, "Impossible")
            return give_back(request, exception.status, title, exception.sentence)
        return refuse(request, exception.status, exception.sentence, title=exception.title, way=exception.way)


class DeclaredRuleMiddleware:
    """Lets a request reach its view only if the view's declared rule says so."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: the decision is taken once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return the refusal, or None to let the view run."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        rule = rule_table().get(name)
        if rule is None:
            logger.error("view without a declared rule")
            return refuse(request, 404)
        acteur = getattr(request, "acteur", None)
        role = None if acteur is None else str(acteur.role)
        read_only = bool(getattr(acteur, "lecture_seule", False))
        match rule.decide(role=role, method=request.method or "", read_only=read_only):
            case Access.GRANTED:
                return None
            case Access.SIGN_IN:
                return _sign_in(request)
            case Access.READ_ONLY:
                return refuse(request, 403)
            case Access.WRONG_METHOD:
                answer = refuse(request, 405)
                answer["Allow"] = HttpResponseNotAllowed(sorted(rule.allowed_methods()))["Allow"]
                return answer
            case Access.ABSENT:
                return refuse(request, 404)


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the sign-in page; scripts, the API and a typed text get a 401 instead."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    address = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    if request.path.startswith("/api/"):
        return refuse(request, 401)
    if request.headers.get("HX-Request") == "true":
        # No redirection: the page around still holds what was typed.
        return refuse(request, 401, SESSION_OVER_HERE)
    if typed(request):
        return give_back(request, 401, TITLES[401], SESSION_OVER)
    return HttpResponseRedirect(address)
