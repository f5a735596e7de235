"""A bad night: a telephone killed again and again, behind a hostile network, while someone notes."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, Playwright

from tests.campaign.proxy import HostileProxy
from tests.carnet_site import CarnetSite, Telephone, saved, until_empty


@dataclass
class Outcome:
    """What a storm did, and what the server holds at the end."""

    kills: int = 0
    server_kills: int = 0
    gestures: int = 0
    announced: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    network: dict[str, int] = field(default_factory=dict)

    def said(self) -> str:
        """Return the figures in one sentence, for the evidence table."""
        lost = len(set(self.announced) - set(self.held))
        network = ", ".join(f"{name} {count}" for name, count in sorted(self.network.items()))
        return (
            f"{self.kills} arrêts du navigateur, {self.server_kills} du serveur, {self.gestures} gestes, "
            f"{len(self.announced)} notes dites gardées, {len(self.held)} tenues, {lost} perdue, "
            f"{len(self.held) - len(set(self.held))} en double ; réseau : {network}"
        )

    def faults(self) -> list[str]:
        """Return one sentence for each way in which a note was lost or doubled."""
        lost = set(self.announced) - set(self.held)
        said = [f"{len(lost)} notes announced as saved are lost"] if lost else []
        if len(self.held) != len(set(self.held)):
            said.append("the same note is there twice")
        if len(self.held) > self.gestures:
            said.append(f"{len(self.held)} notes for {self.gestures} gestures")
        return said


def storm(
    site: CarnetSite, playwright: Playwright, folder: Path, *, kills: int, notes: int, seed: int
) -> Outcome:
    """Kill the browser `kills` times with `notes` notes before each; every fifth time the server too."""
    chance, outcome = random.Random(seed), Outcome()
    proxy = HostileProxy(site.port, seed)
    proxy.start()
    telephone = Telephone(playwright, site, folder / "profil", proxy.url)
    known = set(site.notes())
    telephone.start()
    telephone.unlock()
    _first_place(telephone)
    for turn in range(kills):
        _write(telephone, chance, outcome, notes)
        telephone.kill()
        outcome.kills += 1
        if turn % 5 == 4:
            site.stop()
            outcome.server_kills += 1
        telephone.start()
        telephone.unlock()
        if site.server is None:
            site.start()
    proxy.hostile = False
    assert telephone.page is not None
    telephone.page.reload()
    telephone.unlock()
    until_empty(telephone.page, 120)
    time.sleep(2)  # what the proxy still holds arrives
    telephone.kill()
    proxy.shutdown()
    proxy.server_close()
    outcome.held = [pk for pk in site.notes() if pk not in known]
    outcome.network = proxy.seen
    return outcome


def _first_place(telephone: Telephone) -> None:
    assert telephone.page is not None
    telephone.page.click("label:has-text('Hall 4')")


def _write(telephone: Telephone, chance: random.Random, outcome: Outcome, notes: int) -> None:
    """Write notes; the last gesture may be cut short by the kill that follows."""
    page = telephone.page
    assert page is not None
    for turn in range(notes):
        _choose_place(page)
        outcome.gestures += 1
        if turn == notes - 1 and chance.random() < 0.5:
            page.evaluate("document.querySelector('.ras').click()")
            time.sleep(chance.uniform(0, 0.08))
            _overheard(page, outcome)
            return
        outcome.announced.append(saved(page, ".ras"))


def _choose_place(page: Page) -> None:
    if not page.locator("input[name=lieu]:checked").count():
        page.click("label:has-text('Hall 4')")


def _overheard(page: Page, outcome: Outcome) -> None:
    """If the screen had time to say «Noté», the note counts as announced."""
    try:
        said = page.evaluate("document.querySelector('#annonces [data-id]')?.dataset.id ?? ''")
    except Error:
        return
    if said:
        outcome.announced.append(str(said).replace("-", ""))
