"""Sessions opened without the sign-in screen, for whoever measures or tries another screen."""

from __future__ import annotations


def session_of(username: str) -> str:
    """Open a session, both factors given, for one account; return its key. Runs where Django is set up."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from maillage.comptes.models import Compte
    from maillage.web.acteur import open_session

    compte = Compte.objects.get(identifiant=username)
    session = SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    open_session(session)
    session.save()
    return str(session.session_key)
