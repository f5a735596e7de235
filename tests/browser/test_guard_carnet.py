"""The guard in the notebook: the same reading with the network cut, stopped once, never blocked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.carnet_site import Telephone, carnet_site, saved


@pytest.fixture
def telephone(driver: Playwright, tmp_path: Path) -> Iterator[Telephone]:
    """A telephone of the service, its browser empty."""
    with carnet_site(tmp_path / "carnet") as site:
        made = Telephone(driver, site, tmp_path / "profil")
        made.start()
        yield made
        made.kill()


def test_names_are_shown_without_a_network_and_the_note_still_leaves(telephone: Telephone) -> None:
    page = telephone.unlock()
    page.context.set_offline(True)
    page.click("label:has-text('Hall 4')")
    page.click("label:has-text('Regroupement')")
    page.evaluate("document.querySelector('#mot').closest('details').open = true")
    page.fill("#mot", "Vu karim et Mme Benali rue Jean Jaurès")
    page.click("[data-effectif='5_9']")
    expect(page.locator(".guard mark")).to_have_text(["karim", "Benali"])
    page.get_by_role("button", name="une habitante").last.click()
    expect(page.locator("#mot")).to_have_value("Vu karim et une habitante rue Jean Jaurès")
    page.get_by_role("button", name="Enregistrer tel quel").click()
    page.locator("#annonces [data-numero]").wait_for()
    expect(page.locator("#mot")).to_have_value("")
    assert saved(page, ".ras") != ""
