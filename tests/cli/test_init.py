"""`maillage init`: an empty installation whose two administrators come in by invitation."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from maillage.cli import CommandError
from maillage.cli.init import _links, _names
from maillage.comptes.models import Compte
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from tests.administrators import build_pair
from tests.cast import Cast
from tests.one_time_codes import totp

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S-16")
def test_two_administrators_are_invited_once() -> None:
    links = _links([("Ana", "Un"), ("Bob", "Deux Mots")], renew=False)
    assert [name for name, _link in links] == ["administration-1", "administration-2"]
    assert list(Poste.objects.values_list("role", "professionnel__nom").order_by("professionnel__nom")) == [
        (Role.ADMINISTRATEUR, "Deux Mots"),
        (Role.ADMINISTRATEUR, "Un"),
    ]
    assert _links([], renew=False) == []
    assert Compte.objects.count() == 2


@pytest.mark.requirement("S-16")
def test_an_installation_with_accounts_is_left_alone(cast: Cast) -> None:
    before = Compte.objects.count()
    assert _links([], renew=True) == []
    assert Compte.objects.count() == before


def test_the_link_opens_the_account_and_only_that_one() -> None:
    (_name, link), (_other, _link) = _links([], renew=False)
    address = re.sub("^https?://[^/]+", "", link)
    client = Client()
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(address).content.decode())
    assert found is not None
    phrase = "cerise velours radar"
    code = totp(found[1].replace(" ", ""))
    assert client.post(address, {"password": phrase, "again": phrase, "code": code}).status_code == 302
    assert "Administration" in client.get("/compte/").content.decode()
    assert list(Compte.objects.order_by("identifiant").values_list("etat", flat=True)) == ["actif", "invite"]


def test_unused_links_can_be_renewed_and_the_former_ones_die() -> None:
    first = _links([], renew=False)
    second = _links([], renew=True)
    assert [name for name, _link in second] == ["administration-1", "administration-2"]
    statuses = [
        Client().get(re.sub("^https?://[^/]+", "", link)).status_code for _name, link in first + second
    ]
    assert statuses == [404, 404, 200, 200]


@pytest.mark.parametrize(
    "given", [["Ana Un"], ["Ana Un", "Bob"], ["Ana Un", "Bob Deux", "Cam Trois"], ["", ""]]
)
def test_half_a_pair_of_names_is_refused(given: list[str]) -> None:
    with pytest.raises(CommandError):
        _names(given)


@pytest.mark.requirement("S-16")
def test_an_administrator_who_lost_everything_comes_back_by_the_machine(cast: Cast) -> None:
    bob = build_pair().bob.compte
    ((name, link),) = _links([], renew=False, again=" Administration-2 ")
    assert (name, Client().get(re.sub("^https?://[^/]+", "", link)).status_code) == ("administration-2", 200)
    bob.refresh_from_db()
    assert (bob.etat, bob.has_usable_password()) == ("invite", False)
    for nobody in ("samira", "rien"):
        with pytest.raises(CommandError, match="n'est pas l'identifiant d'une personne qui administre"):
            _links([], renew=False, again=nobody)
    cast.samira.compte.refresh_from_db()
    assert cast.samira.compte.etat == "actif"
