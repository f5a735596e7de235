"""The demo's published accounts: there in a demo, absent everywhere else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.cast import Cast

ACCOUNT = {
    "username": "mediateur.ici",
    "password": "phrase publiée",
    "totp_secret": "I5ZSAU5WIROOJAVRJL6GPQ7IK5PLKALU",
    "recovery_codes": [],
    "role": "mediateur",
    "service": "alm",
    "partenariat": "ici",
    "territoire": "99001",
    "state": "actif",
}


@pytest.fixture
def demo(cast: Cast, tmp_path: Path) -> Iterator[None]:
    gone = ACCOUNT | {"username": "partie.ici", "state": "parti"}
    (tmp_path / "accounts.json").write_text(json.dumps([ACCOUNT, gone]))
    with override_settings(MAILLAGE_DEMO=True, MAILLAGE_DATA_DIR=tmp_path):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/demo/", "/demo/mediateur.ici/"])
def test_nothing_is_there_outside_a_demo(path: str) -> None:
    assert not settings.MAILLAGE_DEMO
    assert Client().get(path).status_code == 404


@pytest.mark.usefixtures("demo")
def test_those_who_can_sign_in_are_listed() -> None:
    page = Client().get("/demo/").content.decode()
    assert "mediateur.ici" in page
    assert "partie.ici" not in page


@pytest.mark.usefixtures("demo")
def test_an_account_shows_its_password_and_the_code_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.web.demonstration.views.time.time", lambda: 1_000_000_000.0)
    page = Client().get("/demo/mediateur.ici/").content.decode()
    assert "phrase publiée" in page
    assert "888278" in page
    assert "encore 20 s" in page


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("username", ["partie.ici", "inconnu"])
def test_others_are_absent(username: str) -> None:
    assert Client().get(f"/demo/{username}/").status_code == 404


@pytest.mark.usefixtures("demo")
def test_nothing_is_posted_here() -> None:
    assert Client().post("/demo/").status_code == 405
