"""Asking the second factor again before what matters most: exports, rights, factors (S-07)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.web.acteur import recently_confirmed
from maillage.web.errors import Refusal
from maillage.web.rules import READING

View = Callable[..., HttpResponse]
STALE = "Cette action demande votre code à nouveau : rouvrez la page, confirmez, puis recommencez."


def requires_fresh_second_factor(view: View) -> View:
    """Let the view run only within five minutes of a second factor.

    A page is reached again after the code is given; a direct write, and the API, are refused (403).
    Never put it on the danger path.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if recently_confirmed(request.session):
            return view(request, *args, **kwargs)
        if request.method not in READING or request.path.startswith("/api/"):
            raise Refusal(STALE, status=403)
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('connexion:confirmer')}?{back}")

    return guarded
