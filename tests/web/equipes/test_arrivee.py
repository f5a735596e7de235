"""The path of arrival on screen: what is open, why the rest is not, and one step after another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from maillage.base import clock
from maillage.conventions.models import SignatureCharte
from maillage.directory.models import Poste
from maillage.equipes.enums import Carte
from maillage.equipes.formation import parcours as formation
from maillage.equipes.models import CasCompris, EtapeArrivee
from tests.arrivals_made import charter, convention, newcomer
from tests.cast import Cast, Membre
from tests.door import acteur
from tests.reunions_made import planned

SignedIn = Callable[[Membre], Client]
PATH = "/arrivee/ici/"
CLOSED = "rien ne s&#x27;échange au sujet d&#x27;une personne"


@pytest.fixture
def tom(cast: Cast) -> Membre:
    """Karim as a newcomer under a convention and a charter."""
    convention(cast.ici, cast.direction_alm, clock.today() - timedelta(days=30))
    charter(cast)
    return newcomer(cast.karim)


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_whole_path(cast: Cast, signed_in: SignedIn, tom: Membre) -> None:
    client = signed_in(tom)
    assert "Votre parcours d&#x27;arrivée" in text_of(client, "/")
    text = text_of(client, "/arrivee/")
    assert (text.count(CLOSED), text.count("J'ai lu"), text.count("Je signe")) == (1, 1, 0)
    assert "Avant : vous observez et vous notez. Après : «" in text
    for carte in Carte:
        assert client.post(f"{PATH}{carte}/").headers["Location"] == PATH
    text = text_of(client, PATH)
    assert (text.count('href="/formation/?partenariat=ici"'), text.count("Je signe")) == (1, 0)
    Poste.objects.filter(pk=tom.poste.pk).update(module_valide_le=clock.today())
    text = text_of(client, PATH)
    assert (text.count(CLOSED), text.count("J'ai lu"), text.count("Je signe")) == (1, 0, 1)
    charte = cast.ici.chartes.get()
    done = client.post(f"{PATH}chartes/{charte.pk}/", follow=True).content.decode()
    assert "Votre parcours est fini" in done
    assert (CLOSED in done, "Vos étapes, toutes faites" in done) == (False, True)
    assert SignatureCharte.objects.get().poste == tom.poste
    assert "Votre parcours d&#x27;arrivée" not in text_of(client, "/")
    assert client.get("/orientations/nouvelle/").status_code == 200


def test_a_later_step_is_refused_from_any_screen(cast: Cast, signed_in: SignedIn, tom: Membre) -> None:
    client, charte = signed_in(tom), cast.ici.chartes.get()
    case = "/formation/ici/il-est-d-accord/"
    for address in ("/formation/", case):
        text = text_of(client, address)
        assert (text.count("Lisez d'abord les cartes"), text.count(f'href="{PATH}"')) == (1, 1)
        assert [word for word in ('type="radio"', "Commencer") if word in text] == []
    assert client.post(case, {"choix": "incomplet"}).status_code == 409
    text = text_of(client, "/convention/ici/")
    assert (text.count(f'href="{PATH}"'), text.count("Je signe")) == (2, 0)
    for address in (f"/convention/chartes/{charte.pk}/signer/", f"{PATH}chartes/{charte.pk}/"):
        answer = client.post(address)
        assert (answer.status_code, "jusqu&#x27;au module" in answer.content.decode()) == (409, True)
    assert (CasCompris.objects.count(), SignatureCharte.objects.count()) == (0, 0)


def test_the_last_case_leads_back_to_the_path(cast: Cast, signed_in: SignedIn, tom: Membre) -> None:
    client = signed_in(tom)
    for carte in Carte:
        client.post(f"{PATH}{carte}/")
    back = "Revenir à mon parcours d'arrivée"
    pages = [
        client.post(f"/formation/ici/{one.cas.code}/", {"choix": one.cas.issue}).content.decode()
        for one in formation(acteur(tom), cast.ici).pas
    ]
    assert [back in page for page in pages] == [False] * 22 + [True]
    assert f'href="{PATH}"' in pages[-1]
    assert f'href="{PATH}"' in text_of(client, "/formation/")


def test_the_refusal_says_why_and_leads_to_the_path(cast: Cast, signed_in: SignedIn, tom: Membre) -> None:
    client = signed_in(tom)
    for address in ("/orientations/?liste=recues", "/orientations/?liste=envoyees"):
        text = text_of(client, address)
        assert (text.count(CLOSED), text.count('href="/arrivee/"'), "Orienter un jeune" in text) == (
            1,
            1,
            False,
        )
    text = text_of(client, f"/reunions/{planned(cast).pk}/")
    assert (text.count(CLOSED), text.count('href="/arrivee/"')) == (1, 1)
    text = text_of(client, "/orientations/nouvelle/", 409)
    assert (text.count(CLOSED), text.count('href="/arrivee/"'), "Pas encore" in text) == (1, 1, True)
    assert client.get("/noter/").status_code == 200


def test_a_card_out_of_turn_changes_nothing(cast: Cast, signed_in: SignedIn, tom: Membre) -> None:
    answer = signed_in(tom).post(f"{PATH}lectures/")
    assert (answer.status_code, "Lisez d&#x27;abord la carte" in answer.content.decode()) == (409, True)
    assert not EtapeArrivee.objects.exists()


def test_the_head_of_service_sees_who_is_on_the_way(cast: Cast, signed_in: SignedIn, tom: Membre) -> None:
    text = text_of(signed_in(cast.cheffe_alm), "/arrivee/en-chemin/")
    assert text.count("parcours en cours") == 1
    assert "personnes en chemin" in text_of(signed_in(cast.cheffe_alm), "/")
    assert "Inès" not in text


def test_the_litany(cast: Cast, signed_in: SignedIn, tom: Membre) -> None:
    client = signed_in(tom)
    charte = cast.ici.chartes.get()
    cards, signing, way = f"{PATH}equipes/", f"{PATH}chartes/{charte.pk}/", "/arrivee/en-chemin/"
    assert signed_in(cast.nadia).get(PATH).status_code == 200
    assert [signed_in(cast.mediateur_sud).get(PATH).status_code] == [404]
    south = signed_in(cast.mediateur_sud)
    assert [south.post(one).status_code for one in (cards, signing)] == [404, 404]
    for who in (cast.dpo, cast.coordination):
        assert [signed_in(who).get(one).status_code for one in ("/arrivee/", PATH, way)] == [404, 404, 404]
    assert client.get(way).status_code == 404
    assert [client.post(one).status_code for one in (f"{PATH}rien/", f"{PATH}chartes/{tom.poste.pk}/")] == [
        404,
        404,
    ]
    assert [client.get(one).status_code for one in (cards, signing)] == [405, 405]
    assert [client.post(one).status_code for one in ("/arrivee/", PATH)] == [405, 405]
    reader = signed_in(cast.lecteur)
    assert (reader.get(PATH).status_code, reader.post(cards).status_code) == (200, 403)
    assert not EtapeArrivee.objects.exists()


def test_a_service_without_partnership_and_one_with_two(cast: Cast, signed_in: SignedIn) -> None:
    cast.ici.participations.filter(service=cast.alm).delete()
    assert "Aucun partenariat" in text_of(signed_in(cast.karim), "/arrivee/")
    Poste.objects.filter(pk=cast.karim.poste.pk).update(debut=clock.today())
    for one in (cast.ici, cast.ailleurs):
        one.participations.create(service=cast.alm, debut=clock.today())
    text = text_of(signed_in(cast.karim), "/arrivee/")
    assert [text.count(f'href="/arrivee/{code}/"') for code in ("ici", "ailleurs")] == [1, 1]
