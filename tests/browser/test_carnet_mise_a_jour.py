"""What arrives late: a new build while notes wait, the server's answer after a tap. Nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, Route, expect

from tests.campaign.proxy import HostileProxy
from tests.carnet_site import CODE, CarnetSite, Telephone, carnet_site, saved, until_empty

INSTALLED = """(async () => {
  for (let turn = 0; turn < 200; turn++) {
    if ((await caches.keys()).join() === "carnet-nouvelle") return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error((await caches.keys()).join());
})()"""


class NewBuild(HostileProxy):
    """Serves the same installation as it was, then, once `arrived`, as a newer build of the notebook."""

    arrived = False

    def changed(self, path: str, content: bytes) -> bytes:
        """Give the page another lock delay, and the worker the version that goes with it."""
        if self.arrived and path == "/carnet/":
            return content.replace(b'data-verrou="300"', b'data-verrou="301"')
        if self.arrived and content.startswith(b"const COQUILLE"):
            return re.sub(rb'"version": "\w+"', b'"version": "nouvelle"', content, count=1)
        return content


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CarnetSite]:
    """One installation for both; each test uses a telephone of its own."""
    with carnet_site(tmp_path_factory.mktemp("carnet")) as made:
        yield made


@pytest.mark.requirement("S-27")
def test_an_update_while_notes_wait_loses_and_doubles_nothing(
    site: CarnetSite, driver: Playwright, tmp_path: Path
) -> None:
    proxy = NewBuild(site.port, seed=1)
    proxy.hostile = False
    proxy.start()
    telephone = Telephone(driver, site, tmp_path / "profil", proxy.url)
    telephone.start()
    page = telephone.unlock()
    page.evaluate("navigator.serviceWorker.ready")
    before = set(site.notes())
    page.click("label:has-text('Hall 4')")
    page.route("**/carnet/envoyer/", lambda route: route.abort())
    announced = [saved(page, ".ras"), saved(page, ".ras")]
    expect(page.locator("#attente")).to_have_attribute("data-attente", "2")
    proxy.arrived = True
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    page.evaluate(INSTALLED)
    kept = page.evaluate("caches.match('/carnet/').then(found => found.text())")
    assert 'data-verrou="301"' in kept
    telephone.kill()
    site.stop()
    telephone.start()
    page = telephone.unlock()
    assert page.get_attribute("body", "data-verrou") == "301"
    expect(page.locator("#attente")).to_have_attribute("data-attente", "2")
    announced.append(saved(page, ".ras"))
    site.start()
    page.evaluate("void window.dispatchEvent(new Event('online'))")
    until_empty(page)
    assert sorted(set(site.notes()) - before) == sorted(announced)
    telephone.kill()
    proxy.shutdown()
    proxy.server_close()


def test_a_name_touched_before_the_server_answers_keeps_its_code_form(
    site: CarnetSite, driver: Playwright, tmp_path: Path
) -> None:
    telephone = Telephone(driver, site, tmp_path / "profil")
    telephone.start()
    page = telephone.unlock()
    held: list[Route] = []
    page.route("**/carnet/etat/", lambda route: held.append(route))
    with page.expect_request("**/carnet/etat/"):
        page.reload()
    page.click(f"[data-poste='{site.known['nadia']}']")
    page.evaluate("document.activeElement.blur()")
    with page.expect_response("**/carnet/etat/"):
        held[0].continue_()
    page.wait_for_timeout(300)
    page.fill("#code", CODE)
    page.wait_for_selector("#barre nav")
    telephone.kill()
