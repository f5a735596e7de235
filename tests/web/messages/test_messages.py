"""«Dire à l'autre équipe» on screen, its answers, and the card given."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from maillage.main_courante.models import ContactDonne, MessageDeLieu, ReponseMessage
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
CANARY = "canari-de-lieu"


def typed(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "destinataire": str(cast.relais.pk),
        "lieu": str(cast.hall.pk),
        "creneau": "nuit",
        "effectif": "5_9",
        "categorie": "regroupement",
        "texte": CANARY,
        **changed,
    }


@pytest.fixture
def karim(cast: Cast, signed_in: SignedIn) -> Client:
    """The mediator."""
    return signed_in(cast.karim)


@pytest.fixture
def said(karim: Client, cast: Cast) -> MessageDeLieu:
    """News of the hall, told to Le Relais."""
    karim.post("/dire/", typed(cast))
    return MessageDeLieu.objects.get()


def test_said_once_answered_and_seen_on_both_sides(karim: Client, cast: Cast, signed_in: SignedIn) -> None:
    data, samira = typed(cast), signed_in(cast.samira)
    assert [karim.post("/dire/", data)["Location"] for _ in range(2)] == ["/messages/", "/messages/"]
    assert [line.attend for line in karim.get("/messages/").context["sent"]] == [True]
    (line,) = samira.get("/messages/").context["received"]
    assert line.texte == CANARY
    address = f"/messages/{line.id}/repondre/"
    assert [samira.post(address, {"reponse": "on_passe"}).status_code for _ in range(2)] == [302, 302]
    assert ReponseMessage.objects.count() == 1
    assert [one.reponse_libelle for one in karim.get("/messages/").context["sent"]] == ["On passe"]


def test_the_hierarchy_reads_the_slot_not_the_minute(
    said: MessageDeLieu, cast: Cast, signed_in: SignedIn
) -> None:
    pages = [signed_in(who).get("/messages/").content.decode() for who in (cast.samira, cast.cheffe_relais)]
    assert [page.count("<time datetime=") for page in pages] == [1, 0]
    assert all("<span>nuit, 21–24 h</span>" in page for page in pages)


def test_same_form_other_content_keeps_what_was_typed(karim: Client, cast: Cast) -> None:
    data = typed(cast)
    karim.post("/dire/", data)
    answer = karim.post("/dire/", {**data, "texte": "autre chose"})
    assert (answer.status_code, answer.context["values"]["texte"]) == (409, "autre chose")
    assert karim.post("/dire/", answer.context["values"]).status_code == 302
    assert MessageDeLieu.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lieu": ""}, "Choisissez un lieu."),
        ({"effectif": ""}, "Combien de personnes ?"),
        ({"destinataire": str(uuid4())}, "Cette équipe n'est pas dans votre partenariat."),
        ({"creneau": "jamais"}, "« jamais » n'est pas dans la liste « Créneau » de votre équipe."),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    karim: Client, cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    answer = karim.post("/dire/", typed(cast, **changed))
    assert answer.status_code == 422
    assert [error for errors in answer.context["form"].errors.values() for error in errors] == [sentence]
    assert CANARY in answer.content.decode()
    assert MessageDeLieu.objects.count() == 0


def test_one_does_not_speak_to_ones_own_service(karim: Client, cast: Cast) -> None:
    assert karim.post("/dire/", typed(cast, destinataire=str(cast.alm.pk))).status_code == 422


@pytest.mark.requirement("S-12")
def test_nothing_leaks_beyond_the_two_teams(said: MessageDeLieu, cast: Cast, signed_in: SignedIn) -> None:
    for member in (cast.nuit, cast.mediateur_sud, cast.educatrice_sud):
        client = signed_in(member)
        for address in ("/messages/", "/api/v1/messages", "/api/v1/messages?sens=envoyes", "/"):
            assert CANARY not in client.get(address).content.decode()
        assert client.post(f"/messages/{said.pk}/repondre/", {"reponse": "vu"}).status_code == 404


def test_answering_ones_own_message_is_said_in_words(karim: Client, said: MessageDeLieu) -> None:
    answer = karim.post(f"/messages/{said.pk}/repondre/", {"reponse": "vu"})
    assert answer.status_code == 403
    assert "C'est à l'équipe qui a reçu ce message de répondre." in unescape(answer.content.decode())
    assert ReponseMessage.objects.count() == 0


def test_an_unknown_answer_is_refused(said: MessageDeLieu, cast: Cast, signed_in: SignedIn) -> None:
    assert (
        signed_in(cast.samira).post(f"/messages/{said.pk}/repondre/", {"reponse": "non"}).status_code == 400
    )


def test_a_card_is_one_tap_and_counts_by_place(karim: Client, cast: Cast) -> None:
    data = {"id": str(uuid4()), "lieu": str(cast.hall.pk), "vers": str(cast.relais.pk)}
    assert [karim.post("/contact/", data).status_code for _ in range(2)] == [302, 302]
    assert [(row.lieu, row.nombre) for row in karim.get("/contact/").context["counted"]] == [("Hall 4", 1)]
    assert {field.name for field in ContactDonne._meta.fields} == {"id", "service", "vers", "lieu", "jour"}


def test_a_card_without_a_place_is_said(karim: Client, cast: Cast) -> None:
    answer = karim.post("/contact/", {"id": str(uuid4()), "vers": str(cast.relais.pk)})
    assert (answer.status_code, answer.context["error"]) == (422, "Choisissez un lieu.")


@pytest.mark.parametrize("address", ["/dire/", "/contact/", f"/messages/{uuid4()}/repondre/"])
def test_a_post_that_only_reads_says_nothing(cast: Cast, signed_in: SignedIn, address: str) -> None:
    assert signed_in(cast.lecteur).post(address, typed(cast)).status_code == 403


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        (f"/messages/{uuid4()}/repondre/", "post", 404),
        ("/messages/?page=0", "get", 404),
        ("/messages/?page=²", "get", 404),
        ("/messages/", "post", 405),
        ("/dire/", "put", 405),
        (f"/messages/{uuid4()}/repondre/", "get", 405),
    ],
)
def test_bad_addresses_and_methods(karim: Client, address: str, method: str, status: int) -> None:
    assert getattr(karim, method)(address).status_code == status


@pytest.mark.parametrize("who", ["maire", "dpo", "coordination"])
def test_who_has_no_part_in_it(cast: Cast, signed_in: SignedIn, who: str) -> None:
    client = signed_in(cast.membres[who])
    assert [client.get(one).status_code for one in ("/dire/", "/messages/", "/contact/")] == [404] * 3
