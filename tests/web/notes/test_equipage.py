"""«Avec qui ?»: usual partners first, two of the same name told apart, on the site and the notebook."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from maillage.directory.models import Poste, Professionnel
from maillage.web.carnet.shapes import reference
from tests.cast import SINCE, Cast, Membre
from tests.door import acteur

SignedIn = Callable[[Membre], Client]


def joined(cast: Cast, prenom: str, nom: str) -> Poste:
    """Return a post like Karim's, held by another person."""
    person = Professionnel.objects.create(prenom=prenom, nom=nom, invente=True)
    copy = Poste.objects.get(pk=cast.karim.poste.pk)
    copy.pk, copy.professionnel, copy.debut = uuid4(), person, SINCE.replace(day=2)
    copy.save(force_insert=True)
    return copy


def offered(client: Client) -> list[tuple[str, str]]:
    """Return the boxes of «Avec qui ?»: (post, name), in their order."""
    page = client.get("/sorties/").content.decode()
    return re.findall(r'name="equipage" value="([0-9a-f-]+)">([^<]+)</label>', page)


@pytest.mark.parametrize(
    ("nom", "full", "short"),
    [
        ("Zola", ["Karim Essai", "Karim Zola"], ["Karim E.", "Karim Z."]),
        (
            "Essai",
            ["Karim Essai, depuis le 1er janvier 2020", "Karim Essai, depuis le 2 janvier 2020"],
            ["Karim Essai, depuis le 1er janvier 2020", "Karim Essai, depuis le 2 janvier 2020"],
        ),
    ],
)
def test_two_karims_are_told_apart(
    cast: Cast, signed_in: SignedIn, nom: str, full: list[str], short: list[str]
) -> None:
    other = joined(cast, "Karim", nom)
    nadia = signed_in(cast.nadia)
    names = dict(offered(nadia))
    assert [names[str(cast.karim.poste.pk)], names[str(other.pk)]] == full
    team = {one["poste"]: one["prenom"] for one in reference(acteur(cast.nadia))["equipe"]}
    assert [team[str(cast.karim.poste.pk)], team[str(other.pk)]] == short
    nadia.post("/sorties/", {"id": str(uuid4()), "equipage": [str(other.pk)]})
    assert f"avec {short[1]}, Nadia." in nadia.get("/sorties/").content.decode()


def test_the_last_partner_is_offered_first(cast: Cast, signed_in: SignedIn) -> None:
    zoe, nadia = joined(cast, "Zoé", "Zola"), signed_in(cast.nadia)
    assert offered(nadia)[-1] == (str(zoe.pk), "Zoé Zola")
    nadia.post("/sorties/", {"id": str(uuid4()), "equipage": [str(zoe.pk)]})
    nadia.post("/sorties/fin/")
    assert offered(nadia)[0] == (str(zoe.pk), "Zoé Zola")
