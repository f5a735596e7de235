"""Every no: its status, its sentence, and the strict headers on it (S-35)."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from maillage.config import urls as root
from maillage.config.journal import ImpersonalFormatter
from maillage.web import areas
from maillage.web.errors import Conflict, Refusal
from maillage.web.rules import Rule, public, signed_in

STRICT = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


def read_body(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


def fall(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Yanis habite ici")


def lose(request: HttpRequest) -> HttpResponse:
    raise Conflict("Samira a répondu avant vous, à 14 h 02.")


def overload(request: HttpRequest) -> HttpResponse:
    raise Refusal(status=429)


urlpatterns = [
    *root.urlpatterns,
    path("essai/lire/", read_body, name="lire"),
    path("essai/tomber/", fall, name="tomber"),
    path("essai/perdre/", lose, name="perdre"),
    path("essai/trop/", overload, name="trop"),
    path("api/v1/essai/", lose, name="api"),
    path("essai/prive/", read_body, name="prive"),
    path("api/v1/prive/", read_body, name="api_privee"),
]
handler400, handler403, handler404, handler500 = (
    root.handler400,
    root.handler403,
    root.handler404,
    root.handler500,
)


@pytest.fixture(autouse=True)
def _trial_addresses(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """Add the views of this file, each public."""
    names = ("lire", "tomber", "perdre", "trop", "api")
    table: dict[str, Rule] = areas.rule_table() | {name: public("GET", "POST") for name in names}
    table |= {name: signed_in("GET", "POST") for name in ("prive", "api_privee")}
    monkeypatch.setattr("maillage.web.middleware.rule_table", lambda: table)
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]


def said(answer: HttpResponse) -> str:
    """Return the sentence of an error page."""
    page = answer.content.decode()
    return page.split('<p class="lead">')[1].split("</p>")[0].replace("&#x27;", "'")


def test_a_refusal_says_its_sentence_and_its_status(client: Client) -> None:
    answer = client.get("/essai/perdre/")
    assert (answer.status_code, said(answer)) == (409, "Samira a répondu avant vous, à 14 h 02.")
    answer = client.get("/essai/trop/")
    assert (answer.status_code, said(answer)) == (
        429,
        "Trop d'essais en peu de temps ; attendez quelques minutes.",
    )


def test_under_the_api_a_refusal_is_json(client: Client) -> None:
    answer = client.get("/api/v1/essai/")
    assert (answer.status_code, answer.json()) == (409, {"erreur": "Samira a répondu avant vous, à 14 h 02."})


def test_for_htmx_a_refusal_goes_to_the_announcements(client: Client) -> None:
    answer = client.get("/essai/perdre/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#annonces")
    assert "<html" not in answer.content.decode()


def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_what_was_read(client: Client) -> None:
    answer = client.get("/essai/prive/?page=2")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/connexion/?next=%2Fessai%2Fprive%2F%3Fpage%3D2",
    )
    answer = client.post("/essai/prive/", {"reponse": "vu"})
    assert (answer.status_code, answer["Location"]) == (302, "/connexion/?next=%2F")


def test_what_was_typed_outlives_the_session(client: Client) -> None:
    answer = client.post(
        "/essai/prive/",
        {"texte": "Hall 4 <b>calme</b>", "information-raison": "Son intérêt", "password": "phrase de passe"},
    )
    page = answer.content.decode()
    assert (answer.status_code, said(answer)) == (
        401,
        "Votre session s'est arrêtée avant cet envoi : rien n'est parti. "
        "Copiez ce que vous aviez écrit, puis connectez-vous.",
    )
    assert "Hall 4 &lt;b&gt;calme&lt;/b&gt;" in page
    assert "Son intérêt" in page
    assert "phrase de passe" not in page
    elsewhere = client.post("/essai/prive/", {"texte": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 302


def test_a_script_without_a_session_gets_401(client: Client) -> None:
    answer = client.get("/api/v1/prive/")
    assert (answer.status_code, answer.json()) == (401, {"erreur": "Connectez-vous pour continuer."})
    answer = client.get("/essai/prive/", headers={"HX-Request": "true"})
    assert (answer.status_code, "HX-Redirect" in answer) == (401, False)
    assert "Votre session s&#x27;est arrêtée" in answer.content.decode()


@pytest.mark.requirement("S-40")
def test_a_failure_says_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    answer = Client(raise_request_exception=False).get("/essai/tomber/")
    assert answer.status_code == 500
    assert said(answer) == "Rien n'a été enregistré de votre dernière action ; réessayez dans un instant."
    assert "Yanis" not in answer.content.decode()
    lines = [ImpersonalFormatter().format(record) for record in caplog.records]
    assert any("RuntimeError" in line and "test_errors.py" in line for line in lines)
    assert not any("Yanis" in line or "tomber" in line for line in lines)


@pytest.mark.requirement("S-40")
def test_the_log_keeps_templates_and_drops_values() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ImpersonalFormatter())
    logger = logging.Logger("essai")
    logger.addHandler(handler)
    logger.error("refus de %s", "Yanis")
    written = json.loads(stream.getvalue())
    assert (written["niveau"], written["message"]) == ("ERROR", "refus de %s")
    assert "Yanis" not in stream.getvalue()


@pytest.mark.requirement("S-34")
def test_a_body_too_large_is_refused_before_being_read(client: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    answer = client.post("/essai/lire/", {"texte": "a" * 2000})
    # The CSRF check or the view meets the body first; both say the same thing.
    assert (answer.status_code, said(answer)) == (413, "L'envoi est trop volumineux ; raccourcissez-le.")


def test_a_foreign_host_is_refused(client: Client) -> None:
    answer = client.get("/essai/lire/", headers={"host": "ailleurs.example"})
    assert answer.status_code == 400


def test_a_form_without_its_token_is_refused() -> None:
    answer = Client(enforce_csrf_checks=True).post("/essai/lire/", {"texte": "Un mot gardé"})
    assert answer.status_code == 403
    assert said(answer) == "Cette page était ouverte depuis trop longtemps ; rechargez-la, puis recommencez."
    page = answer.content.decode()
    assert ("Un mot gardé" in page, "Page trop ancienne" in page, "Lecture seule" in page) == (
        True,
        True,
        False,
    )


@pytest.mark.requirement("S-35")
@pytest.mark.django_db
def test_every_class_of_answer_carries_the_strict_headers(client: Client) -> None:
    quiet = Client(raise_request_exception=False)
    built = next((Path(areas.__file__).parent / "static/dist").glob("app-*.css")).name
    answers = [
        client.get("/essai/lire/"),
        client.head("/essai/lire/"),
        client.get("/essai/perdre/"),
        quiet.get("/essai/tomber/"),
        client.get("/essai/lire/", headers={"host": "ailleurs.example"}),
        Client(enforce_csrf_checks=True).post("/essai/lire/"),
        client.delete("/essai/lire/"),
        client.get("/nulle-part/"),
        client.get(f"{configured.STATIC_URL}dist/{built}"),
        client.get(f"{configured.STATIC_URL}dist/rien.css"),
    ]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [200, 200, 409, 500, 400, 403, 405, 404, 200, 404]
    answers[8].close()
    missing = [(answer.status_code, STRICT - set(answer.headers)) for answer in answers]
    assert missing == [(status, set()) for status in statuses]
    assert answers[6]["Allow"] == "GET, HEAD, POST"
    assert answers[8]["Cache-Control"] == "max-age=315360000, public, immutable"
