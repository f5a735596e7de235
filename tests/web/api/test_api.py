"""The JSON interface: same rules and ledger as the pages, and what its own description says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator

from maillage.audit.models import Ligne
from maillage.main_courante.models import Note
from maillage.web.api.views import document
from tests.cast import Cast, Membre

SignedIn = Callable[[Membre], Client]
READS = ["session", "notes", "messages", "orientations", "accompagnements"]


def sent(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "lieu": str(cast.hall.pk), "categorie": "regroupement", **changed}


def post(client: Client, body: object) -> Any:
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post("/api/v1/notes", raw, content_type="application/json")


def check(path: str, method: str, answer: HttpResponse | Any) -> Any:
    """Validate an answer against the published document and return it read."""
    operation = document()["paths"][path][method]
    schema = operation["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    body = answer.json()
    Draft202012Validator({**schema, "components": document()["components"]}).validate(body)
    return body


@pytest.fixture
def nadia(cast: Cast, signed_in: SignedIn) -> Client:
    """The correspondante de nuit."""
    return signed_in(cast.nadia)


def test_a_list_of_notes_gets_one_answer_each_in_order(nadia: Client, cast: Cast) -> None:
    one, lost = sent(cast, texte="un"), str(uuid4())
    batch = [
        one,
        one,
        {**one, "texte": "deux"},
        {"id": lost},
        "pas une note",
        sent(cast, texte="a" * 4001),
        sent(cast, lieu=str(cast.square_sud.pk)),
        sent(cast, inconnu=1),
        sent(cast, texte="\ud800"),
        sent(cast, observee_le="hier"),
    ]
    body = check("/notes", "post", post(nadia, batch))
    assert [row["statut"] for row in body] == ["cree", "deja", "conflit"] + ["refuse"] * 7
    assert [row["id"] for row in body[:5]] == [one["id"], one["id"], one["id"], lost, None]
    assert [row["motif"] for row in body[3:]] == [
        "Le champ « lieu » manque.",
        "Une note doit être un objet JSON.",
        "Le texte est trop long : 4001 caractères, 4000 au plus. Raccourcissez-le.",
        "Ce lieu n'est pas dans le territoire de votre équipe.",
        "Champ inconnu : « inconnu ».",
        "Le texte contient un caractère illisible ; effacez-le et recommencez.",
        "Le champ « observee_le » n'est pas une date et une heure.",
    ]
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("{}", 400),
        ("[" * 100_000, 400),
        (b"\xff", 400),
        (json.dumps([{}] * 501), 413),
        (b"[" + b" " * 13_000_000 + b"]", 413),
    ],
)
def test_an_unreadable_body_writes_nothing(nadia: Client, body: str | bytes, status: int) -> None:
    answer = post(nadia, body)
    assert answer.status_code == status
    assert check("/notes", "post", answer)["erreur"].endswith(".")


@pytest.mark.requirement("S-34")
def test_a_ten_megabyte_note_is_refused_with_its_identifier(nadia: Client, cast: Cast) -> None:
    note = sent(cast, texte="a" * 10_000_000)
    (row,) = check("/notes", "post", post(nadia, [note]))
    assert (row["id"], row["statut"], Note.objects.count()) == (note["id"], "refuse", 0)


def test_what_was_written_is_read_back_and_leaves_its_line(nadia: Client, cast: Cast) -> None:
    post(nadia, [sent(cast, texte="नमस्ते 👋", effectif="2_4")])
    Ligne.objects.all()
    before = Ligne.objects.count()
    (row,) = check("/notes", "get", nadia.get("/api/v1/notes"))["resultats"]
    assert (row["texte"], row["effectif"], row["lieu"]["nom"]) == ("नमस्ते 👋", "2_4", "Hall 4")
    assert Ligne.objects.count() == before + 1


def test_pages_follow_each_other(nadia: Client, cast: Cast) -> None:
    post(nadia, [sent(cast) for _ in range(60)])
    first = check("/notes", "get", nadia.get("/api/v1/notes"))
    second = check("/notes", "get", nadia.get("/api/v1/notes", {"suite": first["suite"]}))
    seen = {row["id"] for page in (first, second) for row in page["resultats"]}
    assert (len(first["resultats"]), len(second["resultats"]), len(seen), second["suite"]) == (
        50,
        10,
        60,
        None,
    )


def test_the_hierarchy_gets_slots_without_minutes(nadia: Client, cast: Cast, signed_in: SignedIn) -> None:
    post(nadia, [sent(cast)])
    body = check("/notes", "get", signed_in(cast.cheffe_alm).get("/api/v1/notes"))
    assert [row["observee_le"] for row in body["resultats"]] == [None]


def test_messages_on_both_sides(nadia: Client, cast: Cast, signed_in: SignedIn) -> None:
    data = {
        "id": str(uuid4()),
        "destinataire": str(cast.relais.pk),
        "lieu": str(cast.hall.pk),
        "creneau": "nuit",
        "effectif": "1",
        "categorie": "errance",
    }
    nadia.post("/dire/", data)
    for client, way in ((nadia, "envoyes"), (signed_in(cast.samira), "recus")):
        body = check("/messages", "get", client.get("/api/v1/messages", {"sens": way}))
        assert [row["id"] for row in body["resultats"]] == [data["id"]]
    for chief, hours in ((cast.cheffe_relais, [None]), (cast.cheffe_alm, [])):
        body = check("/messages", "get", signed_in(chief).get("/api/v1/messages"))
        assert [row["envoye_le"] for row in body["resultats"]] == hours


def test_orientations_and_accompagnements_say_what_their_page_says(cast: Cast, signed_in: SignedIn) -> None:
    samira = signed_in(cast.samira)
    for way in ("envoyees", "recues"):
        body = check("/orientations", "get", samira.get("/api/v1/orientations", {"sens": way}))
        assert body == {"resultats": [], "suite": None}
    opened = {
        "cle": str(uuid4()),
        "pseudonyme": "Canari",
        "tranche_age": "15_17",
        "origine": "travail_de_rue",
        "contact": "",
        "besoin": "",
    }
    assert samira.post("/accompagnements/nouveau/", opened).status_code == 302
    body = check("/accompagnements", "get", samira.get("/api/v1/accompagnements"))
    assert [row["pseudonyme"] for row in body["resultats"]] == ["Canari"]
    assert check(
        "/accompagnements", "get", signed_in(cast.educatrice_sud).get("/api/v1/accompagnements")
    ) == {
        "resultats": [],
        "suite": None,
    }


def test_session_gives_a_token_that_writes(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.nadia)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    refused = post(strict, [sent(cast)])
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/json")
    answer = strict.get("/api/v1/session")
    assert answer["Cache-Control"] == "no-store"
    body = check("/session", "get", answer)
    assert body["utilisateur"]["service"]["nom"] == "ALM"
    written = strict.post(
        "/api/v1/notes",
        json.dumps([sent(cast)]),
        content_type="application/json",
        headers={"X-CSRFToken": body["csrf"]},
    )
    assert [row["statut"] for row in written.json()] == ["cree"]


@pytest.mark.parametrize("name", READS)
def test_nobody_signed_in_gets_401_in_json(db: None, client: Client, name: str) -> None:
    answer = client.get(f"/api/v1/{name}")
    assert (answer.status_code, answer.json()) == (401, {"erreur": "Connectez-vous pour continuer."})


def test_rules_are_those_of_the_pages(cast: Cast, signed_in: SignedIn) -> None:
    maire = signed_in(cast.maire)
    assert [maire.get(f"/api/v1/{name}").status_code for name in READS] == [200, 404, 404, 404, 404]
    assert post(signed_in(cast.lecteur), [sent(cast)]).status_code == 403
    assert post(signed_in(cast.cheffe_alm), [sent(cast)]).status_code == 403
    assert signed_in(cast.karim).get("/api/v1/accompagnements").status_code == 404
    assert signed_in(cast.karim).delete("/api/v1/notes").status_code == 405
    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    "query", ["notes?suite=x", "messages?suite=0", "messages?sens=x", "orientations?suite=²"]
)
def test_bad_parameters_are_said(cast: Cast, signed_in: SignedIn, query: str) -> None:
    answer = signed_in(cast.karim).get(f"/api/v1/{query}")
    assert answer.status_code == 400
    assert answer.json()["erreur"].startswith("Le paramètre")


def test_the_document_lists_exactly_the_addresses(db: None, client: Client) -> None:
    body = client.get("/api/v1/openapi.json").json()
    assert (body["openapi"], sorted(body["paths"])) == (
        "3.1.0",
        sorted(f"/{name}" for name in [*READS, "openapi.json"]),
    )
    for schema in body["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
