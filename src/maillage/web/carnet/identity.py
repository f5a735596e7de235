"""Who writes in the notebook: a full session, or an enrolled telephone and six digits (S-05).

The second gives access to these addresses only: `request.acteur` stays None everywhere else.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from maillage.comptes.acteur import Acteur
from maillage.comptes.devices import FIELD, SHIFT, acteur_of_shift, telephone_of
from maillage.comptes.models import Telephone

TELEPHONE_COOKIE = "__Host-telephone" if settings.HTTPS else "telephone"
SHIFT_COOKIE = "__Host-carnet" if settings.HTTPS else "carnet"
TELEPHONE_LASTS = timedelta(days=400)


def telephone(request: HttpRequest) -> Telephone | None:
    """Return the enrolled telephone that asks, None when it is not one, or no longer."""
    return telephone_of(request.COOKIES.get(TELEPHONE_COOKIE, ""))


def writer(request: HttpRequest) -> tuple[Acteur | None, str]:
    """Return who writes and how: `session`, `telephone`, or "" when nobody does.

    A shift opened with digits on this telephone wins over a session left open in the same browser.
    """
    shift = request.COOKIES.get(SHIFT_COOKIE, "")
    found = acteur_of_shift(shift, telephone(request)) if shift else None
    if found is not None:
        return found, "telephone"
    acteur = getattr(request, "acteur", None)
    if isinstance(acteur, Acteur) and acteur.role in FIELD and not acteur.lecture_seule:
        return acteur, "session"
    return None, ""


def keep_telephone(response: HttpResponse, jeton: str) -> None:
    """Have the telephone keep the secret of its enrolment."""
    _set(response, TELEPHONE_COOKIE, jeton, TELEPHONE_LASTS)


def keep_shift(response: HttpResponse, jeton: str) -> None:
    """Have the telephone keep what it shows during the shift."""
    _set(response, SHIFT_COOKIE, jeton, SHIFT)


def drop_shift(response: HttpResponse) -> None:
    """Have the telephone forget the shift."""
    response.delete_cookie(SHIFT_COOKIE, samesite="Strict")


def _set(response: HttpResponse, name: str, value: str, lasts: timedelta) -> None:
    response.set_cookie(
        name, value, max_age=lasts, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )
