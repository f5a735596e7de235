"""The screens of evaluations: who enters, what is kept when refused, links without account, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from maillage.evaluations.actions import ask_around, give_opinion, open_evaluation
from maillage.evaluations.models import Avis, Commande, Entour, Evaluation
from tests.cast import Cast, Membre
from tests.door import acteur

SignedIn = Callable[[Membre], Client]
LIST = "/evaluations/"
MARKS = dict.fromkeys("abcdef", "3")
FORM = {f"note-{one}": "3" for one in "abcdef"}


@pytest.fixture(autouse=True)
def _january() -> Iterator[None]:
    with time_machine.travel("2027-01-12T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def opened(cast: Cast) -> Evaluation:
    return open_evaluation(by=acteur(cast.direction_alm), partenariat=cast.ici, debut=date(2026, 1, 1))


def test_a_direction_opens_and_a_team_speaks(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.direction_alm).post(LIST, {"debut": "2026-01-01"})
    row = Evaluation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{row.pk}/")
    karim = signed_in(cast.karim)
    page = karim.get(f"{LIST}{row.pk}/")
    assert (page.status_code, page.context["form"]) == (200, "equipe")
    refused = karim.post(f"{LIST}{row.pk}/avis/", {"note-a": "2", "mot": "On s'appelle."})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert ("Il manque 5 notes sur six." in text, "On s&#x27;appelle." in text) == (True, True)
    assert not Avis.objects.exists()
    assert karim.post(f"{LIST}{row.pk}/avis/", FORM).status_code == 302
    assert Avis.objects.get().service == cast.alm


def test_a_direction_too_early_is_told_to_wait(cast: Cast, signed_in: SignedIn, opened: Evaluation) -> None:
    direction = signed_in(cast.direction_alm)
    assert direction.get(f"{LIST}{opened.pk}/").context["form"] == ""
    assert direction.post(f"{LIST}{opened.pk}/avis/", FORM).status_code == 409
    assert direction.post(f"{LIST}{opened.pk}/signer/").status_code == 409


@pytest.mark.parametrize("debut", ["", "2026-13-40", "2020-01-01", "demain"])
def test_an_absurd_year_opens_nothing(cast: Cast, signed_in: SignedIn, debut: str) -> None:
    answer = signed_in(cast.direction_alm).post(LIST, {"debut": debut})
    assert (answer.status_code, Evaluation.objects.count()) == (422, 0)


def test_a_link_takes_three_answers_and_names_nobody(cast: Cast, opened: Evaluation) -> None:
    token = ask_around(by=acteur(cast.direction_alm), evaluation=opened.pk, qui="jeunes")
    visitor, path = Client(), f"{LIST}reponse/{token}/"
    page = visitor.get(path)
    assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")
    assert visitor.post(path, {"qui": "3"}).status_code == 422
    assert Entour.objects.get().comptes == {}
    assert visitor.post(path, {"qui": "3", "reponse": "4", "utile": "1"}).status_code == 200
    assert Entour.objects.get().comptes["utile"]["1"] == 1
    assert visitor.get(f"{LIST}reponse/rien/").status_code == 404


def test_a_link_is_shown_once(cast: Cast, signed_in: SignedIn, opened: Evaluation) -> None:
    cheffe = signed_in(cast.cheffe_alm)
    shown = cheffe.post(f"{LIST}{opened.pk}/demander/", {"qui": "college", "nom": "Collège"})
    assert (shown.status_code, "/evaluations/reponse/" in shown.content.decode()) == (200, True)
    assert "/evaluations/reponse/" not in cheffe.get(f"{LIST}{opened.pk}/").content.decode()
    assert cheffe.post(f"{LIST}{opened.pk}/demander/", {"qui": "college"}).status_code == 422


def test_the_facts_behind_open_to_members(cast: Cast, signed_in: SignedIn, opened: Evaluation) -> None:
    karim = signed_in(cast.karim)
    for key in ("reunions", "desaccords", "echanges"):
        assert karim.get(f"{LIST}{opened.pk}/faits/{key}/").status_code == 200
    assert karim.get(f"{LIST}{opened.pk}/faits/agents/").status_code == 404


def test_the_document_comes_as_files(cast: Cast, signed_in: SignedIn, opened: Evaluation) -> None:
    karim = signed_in(cast.karim)
    made = {one: karim.get(f"{LIST}{opened.pk}/evaluation.{one}") for one in ("pdf", "docx", "exe")}
    assert [made[one].status_code for one in made] == [200, 200, 404]
    assert (made["pdf"].content[:4], made["docx"].content[:2]) == (b"%PDF", b"PK")


def test_no_agent_is_on_the_page(cast: Cast, signed_in: SignedIn, opened: Evaluation) -> None:
    for who in ("nadia", "nuit", "samira"):
        give_opinion(by=acteur(cast.membres[who]), evaluation=opened.pk, notes=MARKS)
    text = signed_in(cast.cheffe_alm).get(f"{LIST}{opened.pk}/").content.decode()
    assert [name for name in ("Nadia", "Norbert", "Samira", "Karim") if name in text] == []


def test_orders_and_activity(cast: Cast, signed_in: SignedIn) -> None:
    direction = signed_in(cast.direction_alm)
    order = {
        "commanditaire": "La ville",
        "registre": "conflits",
        "objet": "Apaiser le hall.",
        "preuve": "Convention",
        "debut": "2026-01-01",
    }
    assert direction.post("/commandes/", {**order, "fin": "2025-01-01"}).status_code == 422
    assert not Commande.objects.exists()
    assert direction.post("/commandes/", order).status_code == 302
    assert "Apaiser le hall." in direction.get("/commandes/").content.decode()
    assert direction.get("/activite/", {"annee": "2026"}).context["found"].jusqu_au == date(2026, 12, 31)
    assert direction.get("/activite/", {"annee": "9999"}).context["found"] is None
    assert direction.get("/activite/rapport.docx", {"annee": "2026"}).status_code == 200
    assert direction.get("/activite/", {"financeur": "Personne"}).status_code == 404
    assert direction.get("/activite/rapport.pdf", {"financeur": "Personne"}).status_code == 404
    assert signed_in(cast.coordination).post("/commandes/", order).status_code == 403
    assert signed_in(cast.karim).get("/commandes/").status_code == 404


def test_the_litany(cast: Cast, signed_in: SignedIn, opened: Evaluation) -> None:
    page = f"{LIST}{opened.pk}/"
    sud, karim = signed_in(cast.direction_sud), signed_in(cast.karim)
    for one in (page, f"{page}faits/reunions/", f"{page}evaluation.pdf"):
        assert sud.get(one).status_code == 404
    assert [sud.post(f"{page}{one}/").status_code for one in ("avis", "demander", "signer")] == [404] * 3
    assert signed_in(cast.samira).get(page).status_code == 200
    assert karim.get(f"{LIST}{uuid4()}/").status_code == 404
    assert karim.get(f"{LIST}?partenariat=ailleurs").status_code == 404
    assert (karim.get(f"{page}avis/").status_code, karim.post(page).status_code) == (405, 405)
    assert (karim.post(f"{page}signer/").status_code, signed_in(cast.dpo).get(page).status_code) == (404, 404)
    assert Client().get(page).status_code == 302
