"""The training on screen: the story, the answer explained, one's own page, the certificate."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from django.test import Client

from maillage.directory.models import Poste
from maillage.equipes.formation import parcours
from maillage.equipes.models import CasCompris
from tests.cast import Cast, Membre
from tests.door import acteur

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE, CASE = "/formation/", "/formation/ici/il-est-d-accord/"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_set_says_where_one_stands(cast: Cast, signed_in: SignedIn) -> None:
    page = text(signed_in(cast.karim), PAGE)
    assert "0 cas compris sur 23." in page
    assert page.count('class="title"') == 23
    assert "Modules faits dans votre service" not in page
    assert "Modules faits dans votre service" in text(signed_in(cast.cheffe_alm), PAGE)


def test_a_case_tells_the_story_without_its_answer(cast: Cast, signed_in: SignedIn) -> None:
    page = text(signed_in(cast.karim), CASE)
    assert "Sa mère est d'accord, à l'oral" in page
    assert page.count('type="radio"') == 5
    assert [word for word in ('class="verdict"', "checked", "Peut le lever") if word in page] == []


def test_a_wrong_answer_is_explained_and_not_kept(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.karim).post(CASE, {"choix": "interdit"})
    page = html.unescape(answer.content.decode()).replace("\xa0", " ")
    assert answer.status_code == 200
    assert "Vous disiez « Pas sous cette forme » ; le droit répond « Il manque… »" in page
    assert ["Peut le lever" in page, "/formation/ici/sans-les-parents/" in page] == [True, True]
    assert CasCompris.objects.count() == 0


def test_a_right_answer_is_kept_for_oneself(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.karim)
    page = html.unescape(client.post(CASE, {"choix": "incomplet"}).content.decode())
    assert ["C'est cela." in page, "1 compris sur 23" in page] == [True, True]
    assert list(CasCompris.objects.values_list("poste", "cas")) == [(cast.karim.poste.pk, "il-est-d-accord")]
    assert "0 cas compris sur 23." in text(signed_in(cast.nadia), PAGE)


def test_who_only_reads_learns_too(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.lecteur).post(CASE, {"choix": "incomplet"}).status_code == 200
    assert CasCompris.objects.get().poste_id == cast.lecteur.poste.pk


def test_the_last_answer_opens_the_certificate(cast: Cast, signed_in: SignedIn) -> None:
    Poste.objects.filter(pk=cast.karim.poste.pk).update(module_valide_le=None)
    client = signed_in(cast.karim)
    assert client.get("/formation/attestation.pdf").status_code == 404
    said = [
        client.post(f"/formation/ici/{one.cas.code}/", {"choix": one.cas.issue}).content.decode()
        for one in parcours(acteur(cast.karim), cast.ici).pas
    ]
    assert ["le module de votre poste est fait" in page for page in said] == [False] * 22 + [True]
    paper = client.get("/formation/attestation.pdf")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("who", ["dpo", "coordination", "maire"])
def test_roles_that_exchange_nothing_have_no_set(cast: Cast, signed_in: SignedIn, who: str) -> None:
    for address in (PAGE, CASE, "/formation/attestation.pdf"):
        assert signed_in(cast.membres[who]).get(address).status_code == 404


def test_another_town_unknown_words_and_methods(cast: Cast, signed_in: SignedIn) -> None:
    karim = signed_in(cast.karim)
    assert signed_in(cast.mediateur_sud).get(CASE).status_code == 404
    assert karim.get("/formation/ailleurs/il-est-d-accord/").status_code == 404
    assert karim.get("/formation/ici/autre-chose/").status_code == 404
    assert karim.get(f"{PAGE}?partenariat=ailleurs").status_code == 404
    assert karim.post(PAGE).status_code == 405
    for choice in ({}, {"choix": "peut-être"}):
        answer = karim.post(CASE, choice)
        assert answer.status_code == 422
        assert "Choisissez une des cinq réponses." in answer.content.decode()
