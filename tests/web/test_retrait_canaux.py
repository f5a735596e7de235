"""A withdrawal is felt at the same second on every channel: each is asked before and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from maillage.orientations.actions import accept_orientation, withdraw
from maillage.orientations.models import Orientation
from tests.cast import Cast, Membre
from tests.door import YANIS, acteur, send

SignedIn = Callable[[Membre], Client]
CANARY = "Canarisoudain"
HIM = replace(YANIS, appellation=CANARY, contact=f"{CANARY} hall 4", besoin=f"{CANARY} parle")


@pytest.fixture
def sent(cast: Cast) -> Orientation:
    """An orientation that Le Relais took up: both services hold something of the young person."""
    row = send(cast, HIM)
    accept_orientation(orientation=row, by=acteur(cast.samira))
    return row


def holding(client: Client, addresses: list[str]) -> list[str]:
    """Return the addresses whose answer holds the young person's name, headers included."""
    found = []
    for address in addresses:
        answer = client.get(address)
        said = answer.content.decode(errors="replace") + str(dict(answer.headers))
        if CANARY in said:
            found.append(address)
    return found


CHANNELS = {
    "list of those received": "/orientations/",
    "its sheet": "/orientations/{orientation}/",
    "supports": "/accompagnements/",
    "machines, orientations": "/api/v1/orientations",
    "machines, supports": "/api/v1/accompagnements",
    "today": "/",
    "meetings": "/reunions/",
    "departures": "/departs/",
}


@pytest.mark.parametrize("who", ["karim", "samira", "cheffe_relais"])
def test_every_page_and_feed_forgets_at_once(
    cast: Cast, signed_in: SignedIn, sent: Orientation, who: str
) -> None:
    client = signed_in(cast.membres[who])
    addresses = [address.format(orientation=sent.pk) for address in CHANNELS.values()]
    assert holding(client, addresses) != []
    withdraw(orientation=sent, by=acteur(cast.karim), donneur="jeune")
    assert holding(client, addresses) == []
