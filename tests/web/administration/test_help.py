"""Help: a service opens its technical state, for a reason and a while; every look is on its ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from maillage.administration.models import Assistance
from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.directory.models import Poste
from tests.administrators import Pair, build_pair
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
ASK, LIST = "/assistance/", "/administration/assistances/"
SAID = {"motif": "Le téléphone 2 ne s'ouvre plus", "minutes": "30"}
pytestmark = pytest.mark.requirement("S-16")


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """Two administrators beside the cast."""
    return build_pair()


@pytest.fixture
def opened(cast: Cast, pair: Pair, signed_in: SignedIn) -> str:
    """An assistance that Claire opened for Le Relais; the address of the state."""
    assert signed_in(cast.cheffe_relais).post(ASK, SAID)["Location"] == ASK
    return f"{LIST}{Assistance.objects.get().pk}/"


def test_an_administrator_sees_while_it_is_open_and_each_look_is_told(
    cast: Cast, pair: Pair, opened: str, signed_in: SignedIn
) -> None:
    ada = signed_in(pair.ada)
    assert "Le téléphone 2" in ada.get(LIST).content.decode()
    page = ada.get(opened).content.decode()
    assert "samira" in page
    assert "karim" not in page
    assert "regardée 1 fois" in signed_in(cast.direction_relais).get(ASK).content.decode()
    acts = Ligne.objects.filter(chaine=cast.relais.pk, objet_genre="assistance").order_by("rang")
    assert [(one.acte, bool(one.acteur)) for one in acts] == [("ouverture", True), ("lecture", True)]
    assert signed_in(cast.direction_relais).post(f"{ASK}{opened.split('/')[-2]}/fermer/").status_code == 302
    assert ada.get(opened).status_code == 404


def test_its_time_ends_it(pair: Pair, opened: str, signed_in: SignedIn) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=29), tick=False):
        assert signed_in(pair.ada).get(opened).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        ada = signed_in(pair.ada)
        assert ada.get(opened).status_code == 404
        assert "Rien d'ouvert" in ada.get(LIST).content.decode()


def test_nobody_else_opens_reads_or_closes(cast: Cast, pair: Pair, opened: str, signed_in: SignedIn) -> None:
    for who in ("samira", "dpo", "maire", "coordination", "cheffe_alm", "direction_sud"):
        client = signed_in(cast.membres[who])
        assert [client.get(opened).status_code, client.get(LIST).status_code] == [404, 404]
        assert client.post(f"{ASK}{opened.split('/')[-2]}/fermer/").status_code == 404
    assert [signed_in(cast.membres[who]).get(ASK).status_code for who in ("samira", "dpo")] == [404, 404]
    ada = signed_in(pair.ada)
    assert [ada.get(ASK).status_code, ada.get(f"{LIST}{uuid4()}/").status_code] == [404, 404]
    assert [ada.post(opened).status_code, ada.get(f"{ASK}{uuid4()}/fermer/").status_code] == [405, 405]


@pytest.mark.parametrize("bad", [{"motif": "court"}, {"minutes": "600"}, {"motif": ""}])
def test_what_is_refused_opens_nothing(cast: Cast, bad: dict[str, str], signed_in: SignedIn) -> None:
    assert signed_in(cast.cheffe_relais).post(ASK, {**SAID, **bad}).status_code == 422
    assert Assistance.objects.count() == 0


def test_one_at_a_time_and_not_by_a_post_that_reads(cast: Cast, opened: str, signed_in: SignedIn) -> None:
    assert signed_in(cast.direction_relais).post(ASK, SAID).status_code == 409
    Poste.objects.filter(pk=cast.cheffe_alm.poste.pk).update(lecture_seule=True)
    assert signed_in(cast.cheffe_alm).post(ASK, SAID).status_code == 403
    assert Assistance.objects.count() == 1
