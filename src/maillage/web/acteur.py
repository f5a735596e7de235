"""Who is asking: the open session, its limits, and the post held at this very moment.

`request.acteur` is an `Acteur`, or None when nobody is signed in with both factors, when the session
is too old, or when the post has ended (S-05, S-06). Checked at each request, from the database.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from maillage.base import clock, wall
from maillage.comptes.acteur import Acteur
from maillage.comptes.models import Compte
from maillage.comptes.queries import active_post
from maillage.conventions.acteurs import acting
from maillage.sharing.wall import within_the_wall

IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=5)
# Written at most this often, so that reading pages does not write in the database.
TOUCH = timedelta(seconds=60)

OPENED, SEEN, CONFIRMED, CHOSEN_POST = "connexion_le", "vu_le", "second_facteur_le", "poste"

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActeurMiddleware:
    """Sets `request.acteur`, and what the database lets pass for it; closes a session that may not go on.

    Until somebody is known, and when nobody is, the database lets nothing pass (S-11).
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then pass the request on."""
        with wall.acting():
            acteur = request.acteur = find_acteur(request)  # type: ignore[attr-defined]
            with within_the_wall(acteur):
                return self.get_response(request)


def find_acteur(request: HttpRequest) -> Acteur | None:
    """Return who asks; a session that outlived its limits, its second factor or its post is closed."""
    compte = request.user
    if not isinstance(compte, Compte):
        return None
    now = clock.now()
    poste = None
    if session_alive(request.session, now):
        poste = active_post(compte, now, request.session.get(CHOSEN_POST))
    if poste is None:
        logout(request)
        return None
    if now - _moment(request.session, SEEN) > TOUCH:
        request.session[SEEN] = now.isoformat()
    return acting(compte, poste)


def open_session(session: SessionBase) -> None:
    """Mark a session as opened with both factors, now."""
    now = clock.now().isoformat()
    session[OPENED] = session[SEEN] = session[CONFIRMED] = now


def confirm_session(session: SessionBase) -> None:
    """Mark the second factor as given again, now, under a new session identifier."""
    session.cycle_key()
    session[CONFIRMED] = clock.now().isoformat()


def session_alive(session: SessionBase, now: datetime) -> bool:
    """Say whether a session was opened with both factors, is not idle and is not too old."""
    if not {OPENED, SEEN, CONFIRMED} <= set(session.keys()):
        return False
    return now - _moment(session, SEEN) < IDLE and now - _moment(session, OPENED) < LONGEST


def recently_confirmed(session: SessionBase) -> bool:
    """Say whether the second factor was given within the last five minutes (S-07)."""
    return CONFIRMED in session and abs(clock.now() - _moment(session, CONFIRMED)) < FRESH


def _moment(session: SessionBase, key: str) -> datetime:
    return datetime.fromisoformat(session[key])
