"""Accompagnements: a prevention service's own, under pseudonym, freely agreed to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.base import clock
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
LIST, NEW = "/accompagnements/", "/accompagnements/nouveau/"
NAME, NEED = "Canari-Pseudo", "canari-demande"


def typed(**changed: object) -> dict[str, object]:
    """Return what an educator types to open a support."""
    return {
        "cle": str(uuid4()),
        "pseudonyme": NAME,
        "tranche_age": "15_17",
        "origine": "travail_de_rue",
        "contact": "kiosque",
        "besoin": NEED,
        **changed,
    }


@pytest.fixture
def samira(cast: Cast, signed_in: SignedIn) -> Client:
    """The educator."""
    return signed_in(cast.samira)


@pytest.fixture
def opened(samira: Client) -> UUID:
    """A support opened by Samira."""
    samira.post(NEW, typed())
    (line,) = samira.get(LIST).context["lines"]
    return UUID(str(line["row"].id))


def _sheet(client: Client, one: UUID) -> object:
    return client.get(f"{LIST}{one}/").context["sheet"]


def test_opened_once_even_when_sent_twice(samira: Client) -> None:
    data = typed()
    first, second = samira.post(NEW, data), samira.post(NEW, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert [line["row"].pseudonyme for line in samira.get(LIST).context["lines"]] == [NAME]


@pytest.mark.parametrize(
    ("field", "value"),
    [("pseudonyme", " "), ("pseudonyme", "Ya\u202enis"), ("tranche_age", "12"), ("origine", "")],
)
def test_a_bad_answer_keeps_what_was_typed(samira: Client, field: str, value: str) -> None:
    page = samira.post(NEW, typed(**{field: value}))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert NEED in page.content.decode()
    assert samira.get(LIST).context["lines"] == []


def test_the_sheet_says_who_answers_and_what_was_agreed(cast: Cast, samira: Client, opened: UUID) -> None:
    said = {"adhesion-donneur": "titulaire", "adhesion-lien": "mere", "adhesion-etat": "acquise"}
    samira.post(f"{LIST}{opened}/adhesion/", {**said, "adhesion-forme": "ecrite"})
    samira.post(f"{LIST}{opened}/referent/", {"referent-referent": str(cast.bruno.poste.pk)})
    page = samira.get(f"{LIST}{opened}/")
    lines = [(one.qui, one.reponse, one.forme) for one in page.context["adhesions"]]
    assert lines == [("sa mère", "Acquise", "par écrit")]
    assert [one.nom for one in page.context["sheet"].referents] == ["Bruno Essai", "Samira Essai"]
    assert "dossier" not in page.content.decode().lower()


def test_an_adhesion_of_a_parent_names_which(samira: Client, opened: UUID) -> None:
    said = {"adhesion-donneur": "titulaire", "adhesion-etat": "acquise", "adhesion-forme": "orale"}
    page = samira.post(f"{LIST}{opened}/adhesion/", said)
    assert (page.status_code, list(page.context["adhesion"].errors)) == (422, ["lien"])


def test_what_was_said_of_their_rights_and_why_not(samira: Client, opened: UUID) -> None:
    address = f"{LIST}{opened}/information/"
    samira.post(address, {"information-etat": "notice"})
    waived = samira.post(address, {"information-etat": "dispense_interet_enfant"})
    assert (waived.status_code, list(waived.context["information"].errors)) == (422, ["raison"])
    samira.post(
        address, {"information-etat": "dispense_interet_enfant", "information-raison": "il serait battu"}
    )
    page = samira.get(f"{LIST}{opened}/")
    assert [etat for etat, _ in page.context["sheet"].informations] == ["dispense_interet_enfant"]
    assert len(page.context["sheet"].notices) == 1


def test_the_last_contact_is_not_tomorrow(samira: Client, opened: UUID) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    page = samira.post(f"{LIST}{opened}/contact/", {"contact-le": tomorrow.isoformat()})
    assert (page.status_code, list(page.context["seen"].errors)) == (422, ["le"])
    samira.post(f"{LIST}{opened}/contact/", {"contact-le": clock.today().isoformat()})
    assert _sheet(samira, opened).dernier_contact_le == clock.today()  # type: ignore[attr-defined]


def test_ended_once(samira: Client, opened: UUID) -> None:
    assert samira.post(f"{LIST}{opened}/terminer/", {"fin-motif": "objectif"}).status_code == 302
    assert samira.post(f"{LIST}{opened}/terminer/", {"fin-motif": "objectif"}).status_code == 409
    assert samira.get(LIST).context["lines"] == []
    ended = samira.get(f"{LIST}?liste=termines").context["lines"]
    assert [line["row"].id for line in ended] == [opened]


@pytest.mark.requirement("S-09")
@pytest.mark.parametrize(
    "address",
    [
        "{0}",
        "{0}{1}/",
        "/orientations/?liste=recues",
        "/orientations/?liste=envoyees",
        "/reciprocite/",
        "/danger/",
    ],
)
def test_nobody_else_reads_a_word_of_it(cast: Cast, signed_in: SignedIn, opened: UUID, address: str) -> None:
    others = (cast.educatrice_sud, cast.karim, cast.cheffe_alm, cast.direction_relais, cast.maire, cast.dpo)
    for other in others:
        text = signed_in(other).get(address.format(LIST, opened), follow=True).content.decode()
        assert [word for word in (NAME, NEED, str(opened)) if word in text] == []


ACTS = ["", "adhesion/", "referent/", "famille/", "coordination/", "information/", "contact/", "terminer/"]


@pytest.mark.parametrize("end", ACTS)
def test_the_litany(cast: Cast, signed_in: SignedIn, opened: UUID, end: str) -> None:
    method = "post" if end else "get"
    data = {"fin-motif": "objectif", "contact-le": "2026-01-01", "information-etat": "notice"}
    data |= {"adhesion-donneur": "jeune", "adhesion-etat": "retiree", "adhesion-forme": "orale"}
    data |= {"famille-le": "2026-01-01", "coordination-designation": str(UUID(int=7))}
    data |= {"referent-referent": str(cast.bruno.poste.pk)}
    for other in (cast.educatrice_sud, cast.cheffe_alm, cast.karim, cast.direction_relais):
        assert getattr(signed_in(other), method)(f"{LIST}{opened}/{end}", data).status_code == 404
    samira = signed_in(cast.samira)
    assert getattr(samira, method)(f"{LIST}{UUID(int=7)}/{end}", data).status_code == 404
    assert samira.put(f"{LIST}{opened}/{end}").status_code == 405
    assert signed_in(cast.bruno).get(f"{LIST}{opened}/").status_code == 200


def test_a_post_that_only_reads_may_not_write(cast: Cast, signed_in: SignedIn, opened: UUID) -> None:
    cast.bruno.poste.lecture_seule = True
    cast.bruno.poste.save()
    reader = signed_in(cast.bruno)
    assert reader.get(f"{LIST}{opened}/").status_code == 200
    assert reader.post(NEW, typed()).status_code == 403
    assert reader.post(f"{LIST}{opened}/terminer/", {"fin-motif": "objectif"}).status_code == 403


def test_the_list_costs_the_same_whatever_its_length(samira: Client, opened: UUID) -> None:
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            samira.get(LIST)
        costs.append(len(seen))
        for number in range(2):
            samira.post(NEW, typed(pseudonyme=f"Canari {number}"))
    assert costs[0] == costs[1]


def test_a_mediation_service_holds_none_and_reads_why(cast: Cast, signed_in: SignedIn) -> None:
    chief = signed_in(cast.cheffe_alm)
    assert "Votre service n'en tient pas" in chief.get(LIST).content.decode()
    assert (chief.get(NEW).status_code, chief.post(NEW, typed()).status_code) == (404, 404)
    assert signed_in(cast.karim).get(LIST).status_code == 404
