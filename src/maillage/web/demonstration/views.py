"""The published accounts of a demo, each with its password and the code of the moment.

Signing in stays what it is: a password, then a code. Only a demo has these pages, where every
secret is already in `DIR/accounts.json`.
"""

from __future__ import annotations

import json
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.conventions.models import Partenariat
from maillage.directory.enums import Role
from maillage.directory.models import Service

STEP_SECONDS = 30
# Who to be first: the order of the README's tour.
FIRST = [Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR, Role.CHEF_DE_SERVICE, Role.DIRECTION]


def cities(request: HttpRequest) -> HttpResponse:
    """List who one can be, city by city."""
    accounts = _accounts()
    names = dict(Partenariat.objects.values_list("code", "nom"))
    groups: dict[str, list[dict[str, Any]]] = {}
    for account in accounts:
        groups.setdefault(names.get(account["partenariat"], "Tout le réseau"), []).append(account)
    return render(request, "demonstration/villes.html", {"groups": groups, "cards": _cards()})


def account(request: HttpRequest, username: str) -> HttpResponse:
    """Show one account: its password, and the code to copy once the password is accepted."""
    found = next((entry for entry in _accounts() if entry["username"] == username), None)
    if found is None:
        raise Http404
    now = int(time.time())
    code = format_hotp_value(hotp_value(found["totp_secret"], now // STEP_SECONDS))
    context = {"account": found, "code": code, "seconds": STEP_SECONDS - now % STEP_SECONDS}
    return render(request, "demonstration/compte.html", context)


def _cards() -> list[dict[str, str]]:
    """Return the cards that a demonstration gave, each with its code and its number."""
    file = settings.MAILLAGE_DATA_DIR / "cartes.json"
    found: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return found


def _accounts() -> list[dict[str, Any]]:
    """Return the accounts that can sign in, labelled. Raises Http404 outside a demo."""
    file = settings.MAILLAGE_DATA_DIR / "accounts.json"
    if not settings.MAILLAGE_DEMO or not file.exists():
        raise Http404
    services = dict(Service.objects.values_list("code", "nom_court"))
    rank = {role: index for index, role in enumerate(FIRST)}
    active = [entry for entry in json.loads(file.read_text(encoding="utf-8")) if entry["state"] == "actif"]
    for entry in active:
        entry["role_label"] = Role(entry["role"]).label
        entry["service_label"] = services.get(entry["service"], entry["service"])
    return sorted(active, key=lambda entry: (rank.get(Role(entry["role"]), len(FIRST)), entry["username"]))
