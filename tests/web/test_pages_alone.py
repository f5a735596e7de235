"""Every page without argument opens as in an installation: no test's transaction around it.

A read that leaves its ledger line outside a transaction works in every other test, and fails for people.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from maillage.web.areas import rule_table
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
WHO = ("nadia", "karim", "samira", "cheffe_relais", "direction_alm", "coordination", "dpo", "maire")
# Signing out is no reading.
LEFT_OUT = {"connexion:sortie"}


def addresses(role: str) -> list[str]:
    """Return the addresses without argument that this role may read."""
    found = []
    for name, rule in rule_table().items():
        if "GET" in rule.methods and rule.admits(role) and name not in LEFT_OUT:
            try:
                found.append(reverse(name))
            except NoReverseMatch:
                continue
    return found


@pytest.mark.django_db(transaction=True)
def test_every_page_opens_outside_a_transaction(cast: Cast, signed_in: SignedIn) -> None:
    broken = []
    for key in WHO:
        client = signed_in(cast.membres[key])
        client.raise_request_exception = False
        for address in addresses(cast.membres[key].poste.role):
            if client.get(address).status_code >= 500:
                broken.append((key, address))
    assert broken == []


@pytest.mark.django_db(transaction=True)
def test_an_orientation_that_is_not_mine_is_refused_outside_a_transaction(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in(cast.samira)
    client.raise_request_exception = False
    addresses = [f"/orientations/{uuid4()}/{part}" for part in ("", "retirer/", "retour/")]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
