"""Who writes in the notebook: a full session, or an enrolled telephone and six digits (S-05).

The second gives access to these addresses only: `request.acteur` stays None everywhere else.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from maillage.comptes.acteur import Acteur
from maillage.comptes.devices import FIELD, post_of_shift, telephone_of
from maillage.comptes.models import Telephone
from maillage.conventions.acteurs import acting

TELEPHONE_COOKIE = "__Host-telephone" if settings.HTTPS else "telephone"
# Not a cookie: the telephone keeps it behind the six digits, and a browser killed at once still has it.
SHIFT_HEADER = "X-Carnet"
TELEPHONE_LASTS = timedelta(days=400)


def telephone(request: HttpRequest) -> Telephone | None:
    """Return the enrolled telephone that asks, None when it is not one, or no longer."""
    return telephone_of(request.COOKIES.get(TELEPHONE_COOKIE, ""))


def writer(request: HttpRequest) -> tuple[Acteur | None, str]:
    """Return who writes and how: `session`, `telephone`, or "" when nobody does.

    A shift opened with digits on this telephone wins over a session left open in the same browser.
    """
    shift = shown_shift(request)
    found = post_of_shift(shift, telephone(request)) if shift else None
    if found is not None:
        return acting(*found), "telephone"
    acteur = getattr(request, "acteur", None)
    if isinstance(acteur, Acteur) and acteur.role in FIELD and not acteur.lecture_seule:
        return acteur, "session"
    return None, ""


def shown_shift(request: HttpRequest) -> str:
    """Return what the telephone shows of its shift, "" when it shows nothing."""
    return request.headers.get(SHIFT_HEADER, "")


def keep_telephone(response: HttpResponse, jeton: str) -> None:
    """Have the telephone keep the secret of its enrolment."""
    response.set_cookie(
        TELEPHONE_COOKIE,
        jeton,
        max_age=TELEPHONE_LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
        path="/",
    )
