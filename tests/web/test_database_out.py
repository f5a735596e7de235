"""The database or the disk refuses: one clear sentence, 503, what was typed given back, and work goes on."""

from __future__ import annotations

import errno

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from maillage.config import urls as root
from maillage.web import areas
from maillage.web.errors import NOT_WRITTEN, SENTENCES
from maillage.web.rules import Rule, public
from tests.web.test_errors import STRICT, said

FAILURES: list[Exception] = []
REFUSALS = [
    OperationalError("database or disk is full"),
    OperationalError("database is locked"),
    InterfaceError("connection already closed"),
    OSError(errno.ENOSPC, "No space left on device"),
]


def write(request: HttpRequest) -> HttpResponse:
    for failure in FAILURES:
        raise failure
    return HttpResponse("écrit")


urlpatterns = [
    *root.urlpatterns,
    path("essai/ecrire/", write, name="ecrire"),
    path("api/v1/ecrire/", write, name="api"),
]
handler500 = root.handler500


@pytest.fixture(autouse=True)
def _trial_addresses(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """Add the views of this file, each public, and let no failure stay."""
    table: dict[str, Rule] = areas.rule_table() | {name: public("GET", "POST") for name in ("ecrire", "api")}
    monkeypatch.setattr("maillage.web.middleware.rule_table", lambda: table)
    monkeypatch.setattr(f"{__name__}.FAILURES", [])
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]


@pytest.fixture
def client() -> Client:
    """A client that reads the page of a failure, as a person does."""
    return Client(raise_request_exception=False)


@pytest.mark.requirement("S-38")
@pytest.mark.parametrize("failure", REFUSALS, ids=str)
def test_a_refusal_of_the_disk_is_one_sentence_and_passes(client: Client, failure: Exception) -> None:
    FAILURES.append(failure)
    answer = client.post("/essai/ecrire/", {"texte": "Hall 4 <b>calme</b>"})
    assert (answer.status_code, said(answer), answer["Retry-After"]) == (503, NOT_WRITTEN, "30")
    assert "Hall 4 &lt;b&gt;calme&lt;/b&gt;" in answer.content.decode()
    assert STRICT - set(answer.headers) == set()
    FAILURES.clear()
    assert client.post("/essai/ecrire/").content.decode() == "écrit"


@pytest.mark.requirement("S-38")
def test_scripts_and_fragments_are_told_too(client: Client) -> None:
    FAILURES.append(REFUSALS[0])
    answer = client.post("/api/v1/ecrire/")
    assert (answer.status_code, answer.json()) == (503, {"erreur": NOT_WRITTEN})
    answer = client.post("/essai/ecrire/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (503, "#annonces")


def test_any_other_failure_is_still_a_failure(client: Client) -> None:
    for failure in (RuntimeError("x"), OSError(errno.ENOENT, "x")):
        FAILURES[:] = [failure]
        answer = client.post("/essai/ecrire/")
        assert (answer.status_code, said(answer)) == (500, SENTENCES[500])
