"""From an empty installation to a first note, as a town would: every gesture counted, fifteen minutes."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.installed import ROOT, Installed
from tests.one_time_codes import totp

TAP, CHARACTER, BUDGET = 1.2, 0.3, 15 * 60.0
# Reading a screen before acting on it, and copying ten recovery codes on paper.
READING, COPYING = 10.0, 60.0
PHRASE = "cerise velours radar"
Axe = Callable[[Page], list[list[str]]]


class Hands:
    """Someone at a screen: what they tap, type and read is counted at the promised pace."""

    seconds = 0.0

    def __init__(self, page: Page, site: str, axe: Axe) -> None:
        """Hold the page."""
        self.page, self.site, self.axe = page, site, axe

    def look(self) -> None:
        """Read the screen: accessible, and inside its width."""
        assert self.axe(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, self.page.url
        Hands.seconds += READING

    def open(self, path: str) -> None:
        """Go to an address: one tap, from the menu or a link."""
        self.page.goto(self.site + path)
        Hands.seconds += TAP
        self.look()

    def write(self, **said: str) -> None:
        """Fill fields by name."""
        for name, text in said.items():
            self.page.fill(f"[name={name}]", text)
            Hands.seconds += TAP + CHARACTER * len(text)

    def choose(self, **said: str) -> None:
        """Choose in lists, by what is read."""
        for name, label in said.items():
            self.page.select_option(f"[name={name}]", label=label)
            Hands.seconds += 2 * TAP

    def tick(self, *labels: str) -> None:
        """Tick boxes by what is read beside them."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
            Hands.seconds += TAP

    def press(self, button: str) -> None:
        """Press a button of the page and read what answers."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button, exact=True).click()
        Hands.seconds += TAP
        self.look()

    def arrive(self, link: str) -> None:
        """Open an account by its invitation."""
        self.page.goto(link)
        self.look()
        secret = str(self.page.locator("details code").text_content()).replace(" ", "")
        self.write(password=PHRASE, again=PHRASE)
        # A code read at the last second of its half-minute may be one too late.
        for shift in (0, 1):
            self.page.fill("[name=password]", PHRASE)
            self.page.fill("[name=again]", PHRASE)
            self.page.fill("[name=code]", totp(secret, shift))
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Ouvrir mon compte").click()
            if self.page.url.endswith("/compte/codes/"):
                break
        Hands.seconds += COPYING
        self.look()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """An empty installation, served, and the links of its two administrators."""
    installed = Installed(Path(sys.executable), tmp_path, {"PYTHONPATH": str(ROOT / "src")})
    said = installed.run("init", "--admin", "Ada Un", "--admin", "Bob Deux")
    with installed.served() as url:
        yield url, [url + path for path in re.findall(r"http://[^/]+(/invitation/\S+/)", said)]


def ask_post(hands: Hands, service: str, prenom: str, nom: str, role: str) -> None:
    """Ask one post from the list of services."""
    hands.open("/postes/")
    hands.page.locator("main").get_by_role("link", name=service, exact=True).click()
    Hands.seconds += TAP
    hands.write(prenom=prenom, nom=nom)
    hands.choose(role=role)
    hands.press("Demander ce poste")


def set_up(hands: Hands) -> None:
    """Say the town: ground, services, places, partnership."""
    hands.open("/administration/")
    hands.open("/administration/territoire/")
    hands.write(code="17300", quartiers="QN01701M Mireuil\nPort-Neuf")
    hands.press("Enregistrer")
    for metier, structure, nom, court in (
        ("Médiation sociale", "ALM", "Médiation de nuit", "ALM"),
        ("Prévention spécialisée", "Le Relais", "Prévention spécialisée", "Le Relais"),
        ("Institution", "Ville de La Rochelle", "Direction de la cohésion", "Mairie"),
    ):
        hands.open("/administration/services/nouveau/")
        hands.choose(metier=metier, ville="La Rochelle")
        hands.write(structure=structure, nom=nom, nom_court=court)
        hands.press("Enregistrer le service")
    hands.open("/administration/lieux/")
    hands.choose(territoire="La Rochelle · Mireuil")
    hands.write(lignes="Hall 4\nCity-stade\nSquare des Lilas")
    hands.press("Ajouter")
    hands.open("/administration/partenariats/nouveau/")
    hands.write(nom="Mireuil et Port-Neuf")
    hands.tick("La Rochelle", "ALM (médiation sociale)", "Le Relais (prévention spécialisée)")
    hands.tick("Mairie (institution)")
    hands.press("Créer le partenariat")
    hands.open("/administration/lectures/")


@pytest.mark.requirement("S-16")
def test_from_nothing_to_a_first_note(town: Any, open_page: Callable[..., Page], axe: Axe) -> None:
    url, links = town
    Hands.seconds = 0.0
    ada, bob = (Hands(open_page(size), url, axe) for size in ("desktop", "phone"))
    ada.arrive(links[0])
    set_up(ada)
    ask_post(ada, "ALM", "Nadia", "Exemple", "Correspondant·e de nuit")
    ask_post(ada, "Le Relais", "Samira", "Exemple", "Éducateur·rice")
    ask_post(ada, "Le Relais", "Dora", "Exemple", "Direction")
    ada.open("/confirmations/")
    expect(ada.page.get_by_role("button", name="Confirmer ce qui est coché")).to_have_count(0)

    bob.arrive(links[1])
    bob.open("/administration/")
    bob.open("/confirmations/")
    bob.press("Confirmer ce qui est coché")
    invited = bob.page.locator(".link-once").all_inner_texts()
    assert len(invited) == 3

    nadia = Hands(open_page("phone", dark=True), url, axe)
    nadia.arrive(url + re.sub(r"^https?://[^/]+", "", invited[0]))
    nadia.open("/noter/")
    nadia.page.locator("input[name=lieu]").first.check()
    nadia.press("Rien à signaler ici")
    nadia.open("/notes/")
    expect(nadia.page.locator("main")).to_contain_text("Rien à signaler")

    ada.open("/changements/")
    ada.open("/administration/")
    assert ada.page.get_by_text("à faire", exact=True).count() == 0
    assert ada.page.get_by_text("fait", exact=True).count() == 7
    assert BUDGET / 4 < Hands.seconds < BUDGET
