"""Journey J1, online, in a real browser: the day asks, the night passes, the bailleur answers."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import follow

Enter = Callable[[Page, Any, dict[str, Any]], Page]
CITY = "larochelle"


def note(page: Page, url: str, category: str, headcount: str, *, suite: str = "") -> None:
    """Write a note at the place offered first, unfolding what hides the words wanted."""
    page.goto(f"{url}/noter/")
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    page.locator("input[name=lieu]").first.check()
    page.locator(f'input[name=categorie][value="{category}"]').first.check()
    if suite:
        page.locator(f'input[name=suites][value="{suite}"]').check()
    with page.expect_navigation():
        page.get_by_role("button", name=headcount, exact=True).click()
    expect(page.locator(".note.good")).to_contain_text("Noté.")


def leave(page: Page, gesture: str, said: str) -> None:
    """Leave a consigne at the first place, from the page shown."""
    fold = page.locator("details", has_text="Laisser une consigne")
    if fold.count():
        fold.locator("summary").first.click()
    form = page.locator('form[action="/tournee/consignes/"]')
    form.locator(f'[name=geste][value="{gesture}"]').check()
    form.locator("[name=lieu]").first.check()
    form.locator("[name=texte]").fill(said)
    follow(form.get_by_role("button", name="Laisser la consigne"))
    expect(page.locator("#annonces")).to_contain_text("Consigne laissée")


def last_link(folder: Path) -> str:
    """Return the link of the newest technical mail, and check that the mail says nothing else."""
    newest = max(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    body = email.message_from_bytes(newest.read_bytes(), policy=email.policy.default).get_content()
    assert "clairage" not in body
    found = re.search(r"http\S+/veille/lien/\S+", body)
    assert found is not None
    return found[0]


@pytest.fixture
def team(demo_site: Any, open_page: Callable[..., Page], enter_as: Enter) -> tuple[Page, Page]:
    """The head of the day team, at a desk, and a correspondante de nuit of the same service, at night."""
    night = demo_site.account("correspondant_de_nuit", partenariat=CITY)
    day = demo_site.account("chef_de_service", partenariat=CITY, service=night["service"])
    return (
        enter_as(open_page("desktop"), demo_site, day),
        enter_as(open_page("phone", dark=True), demo_site, night),
    )


def test_the_night_of_nadia(
    demo_site: Any, team: tuple[Page, Page], open_page: Callable[..., Page], axe: Any, tmp_path: Path
) -> None:
    day, nadia = team
    url = demo_site.url
    day.goto(f"{url}/tournee/")
    leave(day, "passer", "Le gardien demande un passage.")

    nadia.goto(f"{url}/tournee/")
    expect(nadia.locator("main")).to_contain_text("Le gardien demande un passage.")
    assert axe(nadia) == []
    nadia.goto(f"{url}/sorties/")
    nadia.locator("[name=equipage]").first.check()
    follow(nadia.get_by_role("button", name="Commencer"))
    note(nadia, url, "regroupement", "5 à 9", suite="apaise_sur_place")
    note(nadia, url, "eclairage", "Personne")
    note(nadia, url, "personne_agee", "1", suite="appel_secours")
    nadia.goto(f"{url}/noter/")
    with nadia.expect_navigation():
        nadia.get_by_role("button", name="Rien à signaler").first.click()

    nadia.goto(f"{url}/veille/")
    assert axe(nadia) == []
    nadia.get_by_role("button", name="Envoyer à").first.click()
    expect(nadia.locator("#annonces")).to_contain_text("vous verrez ici sa réponse")
    landlord = open_page("phone")
    landlord.goto(last_link(demo_site.data / "mail"))
    assert axe(landlord) == []
    follow(landlord.get_by_role("button", name="Bien reçu"))
    expect(landlord.locator(".badge").first).to_have_text("Reçu")
    nadia.reload()
    expect(nadia.locator(".badge.accent").first).to_contain_text("Reçu")

    nadia.goto(f"{url}/tournee/fin/")
    leave(nadia, "attention", "Repasser en début de soirée.")
    assert axe(nadia) == []
    nadia.get_by_role("button", name="Terminer et envoyer le compte rendu").click()
    expect(nadia.locator("h1")).to_contain_text("Compte rendu")
    for said in ("Regroupement", "Éclairage", "Personne âgée", "Rien à signaler", "appel aux secours"):
        expect(nadia.locator("main")).to_contain_text(said)
    with nadia.expect_download() as paper:
        nadia.get_by_role("link", name="PDF").click()
    paper.value.save_as(tmp_path / "nuit.pdf")
    assert (tmp_path / "nuit.pdf").read_bytes().startswith(b"%PDF-")

    day.goto(f"{url}/tournee/")
    expect(day.locator("main")).to_contain_text("Repasser en début de soirée.")
    assert axe(day) == []
