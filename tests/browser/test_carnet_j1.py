"""Journey J1 on the notebook: no network, the browser killed in the middle, everything there once at dawn."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import Site
from tests.browser.test_tournee_j1 import last_link
from tests.carnet_site import CarnetSite, Telephone, carnet_site, saved, until_empty

Enter = Callable[[Page, Any, dict[str, Any]], Page]
DESK = """
import django
django.setup()
from maillage.base.identifiers import new_id
from maillage.comptes.models import Compte
from maillage.conventions.acteurs import acting
from maillage.directory.models import Poste
from maillage.main_courante.actions.veille import set_desk
compte = Compte.objects.get(identifiant="cheffe_alm")
by = acting(compte, Poste.objects.get(professionnel=compte.professionnel))
set_desk(by=by, guichet=new_id(), nom="Bailleur", courriel="bailleur@example.fr", categories=["eclairage"])
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CarnetSite]:
    """One installation, with a bailleur that mends the lights."""
    with carnet_site(tmp_path_factory.mktemp("carnet")) as made:
        subprocess.run([sys.executable, "-c", DESK], env=made.environment(), check=True)
        yield made


def note(page: Page, place: str, category: str, headcount: str) -> str:
    """Write a note on the open notebook; return its identifier."""
    page.click("[data-onglet=noter]")
    page.evaluate("document.querySelectorAll('#contenu details').forEach((fold) => { fold.open = true })")
    page.click(f"label:has-text('{place}')")
    page.locator(f"input[name=categorie][value={category}]").check(force=True)
    return saved(page, f"[data-effectif='{headcount}']")


def leave(page: Page, gesture: str, said: str) -> str:
    """Leave a consigne at Hall 4; return its identifier."""
    page.click("[data-onglet=sortie]")
    page.click("summary:has-text('Laisser une consigne')")
    page.locator(f"input[name=geste][value={gesture}]").check(force=True)
    page.click("label:has-text('Hall 4')")
    page.fill("#mot", said)
    return saved(page, "#laisser")


def test_the_night_of_nadia_without_a_network(
    site: CarnetSite,
    driver: Playwright,
    tmp_path: Path,
    open_page: Callable[..., Page],
    enter_as: Enter,
    axe: Any,
) -> None:
    telephone = Telephone(driver, site, tmp_path / "profil")
    telephone.start()
    page = telephone.unlock("karim")
    asked = [leave(page, "passer", "Le gardien demande un passage.")]
    until_empty(page)

    page = telephone.unlock("nadia")
    page.click("[data-onglet=soir]")
    expect(page.locator("#contenu")).to_contain_text("Le gardien demande un passage.")
    page.click("[data-onglet=sortie]")
    page.click("label:has-text('Karim')")
    page.click("#partir")
    page.wait_for_selector("#fin-de-sortie")
    announced = [note(page, "Hall 4", "regroupement", "5_9")]
    until_empty(page)

    site.stop()
    announced.append(note(page, "Passage", "eclairage", "aucun"))
    announced.append(note(page, "Gare", "personne_agee", "1"))
    telephone.kill()
    telephone.start()
    page = telephone.unlock("nadia")
    expect(page.locator("#attente")).to_have_attribute("data-attente", "2")
    page.click("label:has-text('City-stade')")
    announced.append(saved(page, ".ras"))
    asked.append(leave(page, "attention", "Repasser en début de soirée."))
    page.click("[data-onglet=sortie]")
    page.evaluate("document.querySelectorAll('#contenu details').forEach((fold) => { fold.open = true })")
    assert axe(page) == []
    page.click("#fin-de-sortie")
    page.wait_for_selector("#partir")

    site.start()
    page.evaluate("void window.dispatchEvent(new Event('online'))")
    until_empty(page)
    assert sorted(site.notes()) == sorted(announced)
    assert [row[0].replace("-", "") for row in site.rows(
        "SELECT id FROM main_courante_consigne ORDER BY creee_le"
    )] == asked  # fmt: skip
    assert site.rows("SELECT COUNT(*), COUNT(fin) FROM main_courante_sortie") == [(1, 1)]
    assert site.rows("SELECT COUNT(*) FROM main_courante_compterendu") == [(1,)]
    telephone.kill()
    _the_day_after(site, open_page, enter_as)


def _the_day_after(site: CarnetSite, open_page: Callable[..., Page], enter_as: Enter) -> None:
    """The report is ready, the morning's consigne too, and the bailleur takes the lamp."""
    served = Site(site.url, site.data)
    day = enter_as(open_page("desktop"), served, {"username": "cheffe_alm"})
    day.goto(f"{site.url}/tournee/")
    expect(day.locator("main")).to_contain_text("Repasser en début de soirée.")
    night = enter_as(open_page("phone"), served, {"username": "nadia"})
    night.goto(f"{site.url}/veille/")
    night.get_by_role("button", name="Envoyer à").first.click()
    expect(night.locator("#annonces")).to_contain_text("vous verrez ici sa réponse")
    landlord = open_page("phone")
    landlord.goto(last_link(site.data / "mail"))
    landlord.get_by_role("button", name="Bien reçu").click()
    expect(landlord.locator(".badge").first).to_have_text("Reçu")
