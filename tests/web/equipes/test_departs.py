"""The pages of departures: the head of service's, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from maillage.base import clock
from maillage.directory.models import Poste
from maillage.orientations.models import Orientation
from tests.cast import Cast, Membre
from tests.door import send

SignedIn = Callable[[Membre], Client]
LIST = "/departs/"


def leaving(cast: Cast) -> str:
    """Let Karim leave tomorrow, an orientation in hand; return the page of his departure."""
    send(cast)
    Poste.objects.filter(pk=cast.karim.poste.pk).update(fin=clock.today() + timedelta(days=1))
    return f"{LIST}{cast.karim.poste.pk}/"


def test_one_gesture_passes_everything_on(cast: Cast, signed_in: SignedIn) -> None:
    page, head = leaving(cast), signed_in(cast.cheffe_alm)
    assert "1 à transmettre" in head.get(LIST).content.decode()
    text = head.get(page).content.decode()
    assert ("à 18 h" in text, "Tout transmettre" in text, "Yanis" in text) == (True, True, False)
    done = head.post(page, {"preneur": str(cast.nadia.poste.pk)})
    assert (done.status_code, done.headers["Location"]) == (302, LIST)
    assert Orientation.objects.get().porteur == cast.nadia.poste
    assert "rien à transmettre" in head.get(LIST).content.decode()


def test_a_bad_taker_is_told_in_one_sentence(cast: Cast, signed_in: SignedIn) -> None:
    page, head = leaving(cast), signed_in(cast.cheffe_alm)
    for typed, said in (
        ({}, "Choisissez qui reprend."),
        ({"preneur": "x"}, "Choisissez une personne de votre service, en poste après ce départ."),
    ):
        answer = head.post(page, typed)
        assert (answer.status_code, answer.content.decode().count(said)) == (422, 1)
    assert Orientation.objects.get().porteur == cast.karim.poste


def test_the_litany(cast: Cast, signed_in: SignedIn) -> None:
    page, head = leaving(cast), signed_in(cast.cheffe_alm)
    assert (head.get(LIST).status_code, head.get(page).status_code) == (200, 200)
    assert signed_in(cast.cheffe_relais).get(page).status_code == 404
    for who in (cast.karim, cast.direction_alm, cast.dpo, cast.coordination):
        assert [signed_in(who).get(one).status_code for one in (LIST, page)] == [404, 404]
    assert head.get(f"{LIST}{uuid4()}/").status_code == 404
    assert (head.get(f"{LIST}x/").status_code, head.post(LIST).status_code) == (404, 405)
    assert head.put(page).status_code == 405
    Poste.objects.filter(pk=cast.cheffe_alm.poste.pk).update(lecture_seule=True)
    reader = signed_in(cast.cheffe_alm)
    assert (reader.get(page).status_code, reader.post(page).status_code) == (200, 403)


def test_an_empty_list_says_what_will_come(cast: Cast, signed_in: SignedIn) -> None:
    assert "Aucun départ" in signed_in(cast.cheffe_alm).get(LIST).content.decode()
