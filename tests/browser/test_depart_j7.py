"""Journey J7 in a real browser: Inès leaves on the 30th at six in the evening, Tom begins on the 1st."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, environment, follow, one_time_code, serve

CITY = "larochelle"
PASSWORD = "cinq mots que personne ne devine"
LINK = """
import django
django.setup()
from maillage.comptes.actions import renew_invitation
from maillage.comptes.models import Compte
print(renew_invitation(compte=Compte.objects.get(identifiant="tom.larochelle")).jeton)
"""
DAYS = """
import django
django.setup()
from maillage.directory.models import Poste
print(Poste.objects.get(professionnel__compte__identifiant="ines.larochelle").fin)
print(Poste.objects.get(professionnel__compte__identifiant="tom.larochelle").debut)
"""
CARRIED = """
import django
django.setup()
from maillage.orientations.models import Orientation
hers = Orientation.objects.filter(porteur__professionnel__compte__identifiant="ines.larochelle")
print(*hers.values_list("pk", flat=True))
"""
Enter = Callable[[Page, Any, dict[str, Any]], Page]
Axe = Callable[[Page], list[list[str]]]


@pytest.fixture
def site(demo_site: Site, tmp_path: Path) -> Iterator[Site]:
    """A copy of the demo of its own: its clock may run to the next month."""
    data = tmp_path / "donnees"
    data.mkdir()
    for name in ("demo", "accounts.json"):
        shutil.copy(demo_site.data / name, data / name)
    shutil.copy(f"{demo_site.data}.keys", f"{data}.keys")
    source, target = (sqlite3.connect(one / "maillage.sqlite3") for one in (demo_site.data, data))
    source.backup(target)
    source.close()
    target.close()
    for url in serve(data):
        yield Site(url, data, json.loads((data / "accounts.json").read_text(encoding="utf-8")))


def _ask(site: Site, code: str) -> list[str]:
    """Run a few lines beside the server, on its data and at its clock."""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(site.data), check=True, capture_output=True, text=True
    )
    return done.stdout.split()


def _named(site: Site, username: str) -> dict[str, Any]:
    return next(one for one in site.accounts if one["username"] == username)


def test_she_no_longer_enters_and_nothing_she_carried_is_orphaned(
    site: Site, open_page: Callable[..., Page], enter_as: Enter, axe: Axe
) -> None:
    (last, _), ines = _ask(site, DAYS), _named(site, "ines.larochelle")
    carried = _ask(site, CARRIED)
    assert len(carried) == 3
    site.set_clock(f"{last}T17:50:00")
    hers = enter_as(open_page("phone"), site, ines)
    hers.goto(f"{site.url}/orientations/{carried[0]}/")
    expect(hers.get_by_text("Portée par Inès")).to_be_visible()
    head = enter_as(open_page("desktop"), site, site.account("chef_de_service", partenariat=CITY))
    taker = _pass_everything_on(head, site, axe)
    site.set_clock(f"{last}T18:00:00")
    hers.reload()
    expect(hers.locator("body.guest")).to_be_visible()
    _cannot_sign_in(open_page("phone"), site, ines)
    assert _ask(site, CARRIED) == []
    colleague = enter_as(open_page("phone"), site, site.account("chef_de_service", partenariat=CITY))
    for one in carried:
        colleague.goto(f"{site.url}/orientations/{one}/")
        expect(colleague.get_by_text(f"Portée par {taker}")).to_be_visible()


def _pass_everything_on(head: Page, site: Site, axe: Axe) -> str:
    """Give all she carries to the first colleague offered; return the colleague's name."""
    head.goto(f"{site.url}/departs/")
    expect(head.locator("li", has_text="Inès")).to_contain_text("3 à transmettre")
    head.get_by_role("link", name=re.compile("Inès")).click()
    expect(head.get_by_text("à 18 h, sur tous ses appareils")).to_be_visible()
    assert axe(head) == []
    choice = head.locator("label", has=head.locator("[name=preneur]")).first
    name = choice.inner_text().split(",")[0].strip()
    choice.click()
    head.get_by_role("button", name="Tout transmettre").click()
    expect(head.locator("li", has_text="Inès")).to_contain_text("rien à transmettre")
    return name


def _cannot_sign_in(page: Page, site: Site, account: dict[str, Any]) -> None:
    page.goto(f"{site.url}/connexion/")
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", account["password"])
    follow(page.locator("main form button:not([type=button])").first)
    if page.locator("[name=code]").count():
        page.fill("[name=code]", one_time_code(account["totp_secret"]))
        follow(page.locator("main form button:not([type=button])").first)
    expect(page.locator("body.guest")).to_be_visible()
    expect(page.get_by_role("alert").first).to_be_visible()


def test_he_observes_and_notes_until_the_path_is_done(
    site: Site, open_page: Callable[..., Page], enter_as: Enter, axe: Axe
) -> None:
    site.set_clock(f"{_ask(site, DAYS)[1]}T09:00:00")
    tom = open_page("phone")
    _open_his_account(tom, site)
    tom.goto(site.url)
    tom.get_by_role("link", name="Votre parcours d'arrivée").click()
    expect(tom.get_by_text("Pas encore : rien ne s'échange au sujet d'une personne")).to_be_visible()
    assert axe(tom) == []
    _notes(tom, site)
    _exchanges_nothing(tom, site, axe)
    head = enter_as(open_page("desktop"), site, site.account("chef_de_service", partenariat=CITY))
    head.goto(f"{site.url}/arrivee/en-chemin/")
    expect(head.locator("li", has_text="Tom")).to_contain_text("parcours en cours")
    _follow_the_path(tom, site, axe)
    tom.goto(f"{site.url}/orientations/nouvelle/")
    expect(tom.locator("[name=appellation]")).to_be_visible()
    head.reload()
    expect(head.locator("main li", has_text="Tom")).to_have_count(0)


def _open_his_account(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/invitation/{_ask(site, LINK)[0]}/")
    expect(page.get_by_role("heading", name="Bienvenue, Tom")).to_be_visible()
    secret = str(page.locator("code").text_content()).replace(" ", "")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.fill("[name=code]", one_time_code(secret))
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.locator("body.guest")).to_have_count(0)


def _notes(page: Page, site: Site) -> None:
    """Write a note as the phone does; it is accepted."""
    token = page.request.get(f"{site.url}/api/v1/session").json()["csrf"]
    page.goto(f"{site.url}/noter/")
    place = page.locator("[name=lieu]").first.get_attribute("value")
    answer = page.request.post(
        f"{site.url}/api/v1/notes",
        data=[{"id": "00000000-0000-7000-8000-000000000007", "lieu": place, "categorie": "rien_a_signaler"}],
        headers={"X-CSRFToken": token},
    )
    assert [one["statut"] for one in answer.json()] == ["cree"]


def _exchanges_nothing(page: Page, site: Site, axe: Axe) -> None:
    for address in (
        "/orientations/?liste=recues",
        "/orientations/?liste=envoyees",
        "/orientations/nouvelle/",
    ):
        page.goto(f"{site.url}{address}")
        expect(page.locator("main").get_by_text("Pas encore", exact=False).first).to_be_visible()
        expect(page.locator("main").get_by_role("link", name="Voir mon parcours d'arrivée")).to_be_visible()
        assert axe(page) == []


def _follow_the_path(page: Page, site: Site, axe: Axe) -> None:
    page.goto(f"{site.url}/convention/{CITY}/")
    expect(page.get_by_text("Elle se signe au bout de").first).to_be_visible()
    page.goto(f"{site.url}/formation/")
    expect(page.get_by_role("link", name="Commencer")).to_have_count(0)
    page.get_by_role("link", name="Mon parcours d'arrivée").click()
    for _ in range(4):
        follow(page.get_by_role("button", name=re.compile("J'ai lu")))
    page.get_by_role("link", name="Faire les cas").click()
    follow(page.get_by_role("link", name="Commencer"))
    while page.get_by_text("le module de votre poste est fait").count() == 0:
        _answer(page)
    follow(page.get_by_role("link", name="Revenir à mon parcours d'arrivée"))
    for _ in range(2):
        assert axe(page) == []
        follow(page.get_by_role("button", name=re.compile("Je signe")).first)
    expect(page.get_by_text("Votre parcours est fini")).to_be_visible()


def _answer(page: Page) -> None:
    """Answer a case at random first, then as the law did; go to the next."""
    case, wanted = page.url, "permis"
    for _ in range(2):
        page.locator(f'[name=choix][value="{wanted}"]').check()
        follow(page.get_by_role("button", name="Voir ce que répond le droit"))
        wanted = str(page.locator(".verdict").get_attribute("data-issue"))
        if page.get_by_text("C'est cela.").count():
            break
        page.goto(case)
    following = page.get_by_role("link", name="Cas suivant")
    if following.count():
        follow(following)
