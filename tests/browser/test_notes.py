"""Journey J1 online, in a real browser: taps counted, an evening of twelve notes, an answer by morning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

TAP, CHARACTER, EVENING = 1.2, 0.3, 360.0
Enter = Callable[[Page, Any, dict[str, Any]], Page]


class Thumb:
    """Counts the taps of a thumb on the note's page, at the pace promised."""

    def __init__(self, page: Page) -> None:
        """Hold the page."""
        self.page = page
        self.taps = 0
        self.characters = 0

    def chip(self, name: str, index: int) -> None:
        """Tap a chip that is visible without unfolding anything."""
        chip = self.page.locator(f"input[name={name}]").nth(index)
        assert chip.locator("xpath=ancestor::details").count() == 0
        chip.check()
        self.taps += 1

    def press(self, button: str) -> None:
        """Press a button and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        self.taps += 1

    def write(self, text: str) -> None:
        """Unfold and type a word."""
        self.page.locator("summary", has_text="Ajouter un mot").click()
        self.page.fill("[name=texte]", text)
        self.taps += 2
        self.characters += len(text)

    @property
    def seconds(self) -> float:
        """Return the time at the promised pace."""
        return self.taps * TAP + self.characters * CHARACTER


@pytest.fixture
def nadia(demo_site: Any, open_page: Callable[..., Page], enter_as: Enter) -> Page:
    """A correspondante de nuit on her phone, in the dark."""
    account = demo_site.account("correspondant_de_nuit")
    return enter_as(open_page("phone", dark=True), demo_site, account)


def test_a_note_takes_four_taps_and_is_written_once(demo_site: Any, nadia: Page) -> None:
    nadia.goto(f"{demo_site.url}/noter/")
    thumb = Thumb(nadia)
    thumb.chip("lieu", 0)
    thumb.chip("categorie", 0)
    thumb.chip("ambiance", 1)
    thumb.press("5 à 9")
    expect(nadia.locator(".note.good")).to_contain_text("Noté.")
    assert thumb.taps == 4


def test_nothing_to_report_is_one_tap_at_the_last_place(demo_site: Any, nadia: Page) -> None:
    nadia.goto(f"{demo_site.url}/noter/")
    first = Thumb(nadia)
    first.chip("lieu", 2)
    first.press("Rien à signaler ici")
    again = Thumb(nadia)
    again.press("Rien à signaler ici")
    expect(nadia.locator(".note.good")).to_contain_text("Rien à signaler")
    assert (first.taps, again.taps) == (2, 1)


def test_an_evening_of_twelve_notes(demo_site: Any, nadia: Page) -> None:
    nadia.goto(f"{demo_site.url}/noter/")
    thumb = Thumb(nadia)
    for number in range(12):
        thumb.chip("lieu", number % 6)
        if number % 4 == 3:
            thumb.press("Rien à signaler ici")
            continue
        thumb.chip("categorie", number % 5)
        if number % 4 == 1:
            thumb.chip("ambiance", 1)
        if number % 4 == 2:
            thumb.write("lampadaire éteint, deuxième palier")
        thumb.press("2 à 4")
    assert thumb.seconds <= EVENING
    nadia.goto(f"{demo_site.url}/nuit/")
    expect(nadia.locator("h1")).to_contain_text("Compte rendu")
    expect(nadia.locator("main")).to_contain_text("lampadaire éteint, deuxième palier")


def test_back_in_the_browser_is_a_new_note_not_a_conflict(demo_site: Any, nadia: Page) -> None:
    nadia.goto(f"{demo_site.url}/noter/")
    before = nadia.locator(".note-form input[name=id]").input_value()
    thumb = Thumb(nadia)
    thumb.chip("lieu", 0)
    thumb.chip("categorie", 0)
    thumb.press("1")
    nadia.go_back()
    expect(nadia.locator(".note-form input[name=id]")).not_to_have_value(before)


@pytest.mark.requirement("S-32")
def test_hostile_texts_stay_inert(demo_site: Any, nadia: Page) -> None:
    alerts: list[str] = []
    nadia.on("dialog", lambda dialog: alerts.append(dialog.message))
    for text in ("<img src=x onerror=alert(1)>", "‮</textarea><script>alert(2)</script>", "👩‍👩‍👧 é"):
        nadia.goto(f"{demo_site.url}/noter/")
        thumb = Thumb(nadia)
        thumb.chip("lieu", 0)
        thumb.chip("categorie", 0)
        thumb.write(text)
        thumb.press("1")
        nadia.get_by_role("link", name="Compléter").click()
        expect(nadia.locator("[name=texte]")).to_have_value(text)
    assert alerts == []


def test_news_of_a_place_is_answered_by_the_other_team(
    demo_site: Any, nadia: Page, open_page: Callable[..., Page], enter_as: Enter
) -> None:
    partnership = demo_site.account("correspondant_de_nuit")["partenariat"]
    nadia.goto(f"{demo_site.url}/dire/")
    for name in ("lieu", "effectif", "categorie"):
        nadia.locator(f"input[name={name}]").nth(1).check()
    if nadia.locator("input[name=destinataire][type=radio]").count():
        nadia.locator("input[name=destinataire]").first.check()
    nadia.fill("[name=texte]", "canari du kiosque")
    nadia.get_by_role("button", name="Envoyer").click()
    expect(nadia.locator(".note.good")).to_contain_text("C'est dit")
    mine = nadia.locator("li", has_text="canari du kiosque")
    expect(mine.locator(".badge")).to_contain_text("Sans réponse")

    educator = demo_site.account("educateur", partenariat=partnership)
    samira = enter_as(open_page("phone"), demo_site, educator)
    samira.goto(f"{demo_site.url}/messages/")
    samira.locator("li", has_text="canari du kiosque").get_by_role("button", name="On passe").click()
    expect(samira.locator(".note.good")).to_contain_text("on passe")

    nadia.reload()
    expect(mine.locator(".badge")).to_contain_text("On passe")


def test_the_fields_screens_are_accessible_at_night(demo_site: Any, nadia: Page, axe: Any) -> None:
    faults = []
    for path in ("/", "/noter/", "/notes/", "/sorties/", "/nuit/", "/messages/", "/dire/", "/contact/"):
        nadia.goto(f"{demo_site.url}{path}")
        faults += [(path, violation) for violation in axe(nadia)]
    assert faults == []
