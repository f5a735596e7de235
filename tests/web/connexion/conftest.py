"""The cast with its second factors, and a way of signing in as a browser does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from maillage.comptes import mfa
from maillage.comptes.models import Compte
from tests.cast import PASSWORD, Cast
from tests.one_time_codes import RECOVERY_CODES, SECRET, totp

TOKEN = re.compile("[A-Za-z0-9]{64}")
SignIn = Callable[..., HttpResponse]


def without_token(answer: HttpResponse) -> str:
    """Return a page's text, its anti-forgery tokens (new each time) left out."""
    return TOKEN.sub("", answer.content.decode())


@pytest.fixture
def enrolled(cast: Cast) -> Cast:
    """The cast, each account with the same application and recovery codes."""
    rows = [row for compte in Compte.objects.all() for row in mfa.factor_rows(compte, SECRET, RECOVERY_CODES)]
    Authenticator.objects.bulk_create(rows)
    return cast


@pytest.fixture
def enter() -> SignIn:
    """Return a function that signs a client in: both steps, the answer of the second."""

    def sign_in(client: Client, login: str, *, password: str = PASSWORD, code: str = "") -> HttpResponse:
        client.post("/connexion/", {"login": login, "password": password})
        return client.post("/connexion/", {"code": code or totp()})  # type: ignore[return-value]

    return sign_in
