"""Where a sign-in comes from: the address, and a signed mark kept by devices that signed in before.

The mark lets nobody in: it only gives the device its own count of failures, so that a stranger's
guesses never shut out a colleague on their usual telephone (S-04).
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from maillage.audit.pseudonyms import pseudonym
from maillage.comptes.throttle import Origine

COOKIE = "__Host-appareil" if settings.HTTPS else "appareil"
SALT = "maillage appareil"
MAX_AGE = 180 * 24 * 60 * 60
# A service's telephone is shared by its crew, not by a town.
MAX_ACCOUNTS = 30


def origin(request: HttpRequest, identifiant: str) -> Origine:
    """Return where this sign-in to this identifier comes from."""
    mark, known = _read(request)
    return Origine(visitor_address(request), mark if _short(identifiant) in known else "")


def remember(request: HttpRequest, response: HttpResponse, identifiant: str) -> None:
    """Mark the device as one that signed in to this account."""
    mark, known = _read(request)
    accounts = [*(one for one in known if one != _short(identifiant)), _short(identifiant)]
    response.set_cookie(
        COOKIE,
        signing.dumps([mark or secrets.token_hex(16), *accounts[-MAX_ACCOUNTS:]], salt=SALT),
        max_age=MAX_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the device's mark and the accounts it knows; nothing when the cookie is not ours."""
    try:
        mark, *known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(mark), [str(one) for one in known]


def _short(identifiant: str) -> str:
    return pseudonym(identifiant.strip().casefold())[:16]


def visitor_address(request: HttpRequest) -> str:
    """Return the visitor's address: the one our own proxy saw when there is a proxy."""
    seen = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return seen.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))
