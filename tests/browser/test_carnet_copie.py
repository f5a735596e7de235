"""A browser that throws its database away after a kill: what waited comes back from its second copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.carnet_site import CarnetSite, Telephone, carnet_site, saved, until_empty


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CarnetSite]:
    """One installation for the module."""
    with carnet_site(tmp_path_factory.mktemp("carnet")) as made:
        yield made


def lose_the_database(telephone: Telephone) -> None:
    """Kill the browser and remove its database, as Chromium does when it finds it damaged."""
    telephone.kill()
    found = list((telephone.profile / "Default/IndexedDB").iterdir())
    assert found
    for folder in found:
        shutil.rmtree(folder)


@pytest.mark.requirement("S-27")
def test_a_lost_database_loses_no_note_and_brings_none_back(
    site: CarnetSite, driver: Playwright, tmp_path: Path
) -> None:
    telephone = Telephone(driver, site, tmp_path / "profil")
    telephone.start()
    page, before = telephone.unlock(), set(site.notes())
    page.click("label:has-text('Hall 4')")
    sent = saved(page, ".ras")
    until_empty(page)
    site.stop()
    undone = saved(page, ".ras")
    page.click("#annonces button")
    page.wait_for_selector("#annonces :text('Annulé.')")
    kept = [saved(page, ".ras"), saved(page, ".ras")]
    lose_the_database(telephone)
    telephone.start()
    page = telephone.unlock()  # without a network: the box came back too
    expect(page.locator("#attente")).to_have_attribute("data-attente", "2")
    kept.append(saved(page, ".ras"))
    site.start()
    page.evaluate("void window.dispatchEvent(new Event('online'))")
    until_empty(page)
    assert sorted(set(site.notes()) - before) == sorted([sent, *kept])
    assert undone not in site.notes()
    lose_the_database(telephone)
    telephone.start()
    page = telephone.unlock()
    expect(page.locator("#attente")).to_have_attribute("data-attente", "0")
    telephone.kill()
