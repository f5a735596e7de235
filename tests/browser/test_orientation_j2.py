"""Journey J2 in a real browser, on the demonstration: an orientation, its law, what comes back or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import follow

TAP, CHARACTER, BUDGET = 1.2, 0.3, 90.0
Enter = Callable[[Page, Any, dict[str, Any]], Page]


class Hand:
    """Counts what a hand does: taps and characters, at the pace promised."""

    def __init__(self, page: Page) -> None:
        """Hold the page."""
        self.page = page
        self.seconds = 0.0

    def tap(self, name: str, value: str) -> None:
        """Tap one choice."""
        self.page.locator(f'[name={name}][value="{value}"]').check()
        self.seconds += TAP

    def type(self, name: str, text: str) -> None:
        """Type a short text."""
        self.page.fill(f"[name={name}]", text)
        self.seconds += TAP + CHARACTER * len(text)

    def press(self, button: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.seconds += TAP


def _five_questions(page: Page, url: str, name: str) -> Hand:
    page.goto(f"{url}/orientations/nouvelle/")
    hand = Hand(page)
    hand.type("appellation", name)
    hand.type("contact", "hall 4, minuit")
    hand.tap("tranche_age", "15_17")
    hand.type("besoin", "parler à quelqu'un")
    hand.tap("accord", "donne")
    page.locator("[name=information]").check()
    hand.seconds += TAP
    for element in ("contact", "age", "besoin"):
        hand.tap("necessaire", element)
    return hand


def _title(page: Page) -> Any:
    return page.locator("#verdict .verdict h2")


def _send(page: Page, url: str, name: str) -> tuple[str, float]:
    """Ask, see what is missing, repair, send; return the page of the orientation and the seconds."""
    hand = _five_questions(page, url, name)
    expect(_title(page)).to_have_text("Il manque…")
    expect(page.locator("#verdict")).to_contain_text("Peut le lever : un de ses parents, ou son tuteur")
    expect(page.locator("#verdict-bref")).to_contain_text("1 point")
    hand.tap("accord_parent", "donne")
    page.select_option("[name=lien]", "mere")
    hand.seconds += 2 * TAP
    expect(_title(page)).to_have_text("Vous pouvez")
    hand.press("Envoyer")
    expect(page.locator("h1")).to_contain_text("Orientation vers")
    expect(page.locator(".badge").first).to_have_text("Reçue")
    return page.url, hand.seconds


def _accept_and_meet(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Je prends").click()
    expect(page.locator("#annonces")).to_contain_text("Vous êtes référent")
    for suite in ("rencontre_faite", "relation_engagee"):
        fold = page.locator("details", has_text="Noter une suite")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        page.locator(f'[name=suite-code][value="{suite}"]').check()
        follow(page.get_by_role("button", name="Noter", exact=True))
        expect(page.locator("#annonces")).to_contain_text("dans votre service seulement")
    follow(page.get_by_role("link", name="Voir ce qui peut revenir"))


def _agree_to_the_return(page: Page) -> None:
    for giver, tie in (("jeune", ""), ("titulaire", "mere")):
        fold = page.locator("details", has_text="Noter un accord")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        page.locator(f'[name=accord-donneur][value="{giver}"]').check()
        page.select_option("[name=accord-lien]", tie)
        page.locator('[name=accord-etat][value="donne"]').check()
        follow(page.get_by_role("button", name="Noter sa réponse"))
        expect(page.locator("#annonces")).to_contain_text("vaut pour cela seulement")


@pytest.fixture
def mediator_and_educator(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter
) -> Callable[[str], tuple[Page, Page]]:
    """Return a maker of two signed-in pages: the mediator's phone and the educator's."""

    def both(city: str) -> tuple[Page, Page]:
        return (
            enter_as(open_page(), demo_site, demo_site.account("mediateur", partenariat=city)),
            enter_as(open_page(), demo_site, demo_site.account("educateur", partenariat=city)),
        )

    return both


def test_with_the_reading_and_the_clause_it_comes_back(demo_site: Any, mediator_and_educator: Any) -> None:
    karim, samira = mediator_and_educator("larochelle")
    address, seconds = _send(karim, demo_site.url, "Yanis")
    assert seconds <= BUDGET
    _accept_and_meet(samira, address)
    expect(samira.locator(".verdict h2")).to_have_text("Il manque…")
    _agree_to_the_return(samira)
    expect(samira.locator(".verdict h2")).to_have_text("Vous pouvez")
    samira.locator('[name=suite-code][value="relation_engagee"]').check()
    follow(samira.get_by_role("button", name="Laisser revenir"))
    karim.goto(address)
    expect(karim.locator(".timeline")).to_contain_text("Relation engagée")
    assert "Rencontre faite" not in karim.content()


def test_without_the_reading_nothing_comes_back(demo_site: Any, mediator_and_educator: Any) -> None:
    karim, samira = mediator_and_educator("limoges")
    address, _ = _send(karim, demo_site.url, "Yanis")
    karim.goto(address)
    before = karim.locator("main").inner_text()
    _accept_and_meet(samira, address)
    expect(samira.locator(".verdict h2")).not_to_have_text("Vous pouvez")
    expect(samira.get_by_role("button", name="Laisser revenir")).to_have_count(0)
    karim.goto(address)
    assert karim.locator("main").inner_text() == before


def test_two_educators_one_winner(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter, mediator_and_educator: Any
) -> None:
    karim, samira = mediator_and_educator("larochelle")
    others = [
        account
        for account in demo_site.accounts
        if (account["role"], account["partenariat"], account["state"]) == ("educateur", "larochelle", "actif")
    ]
    bruno = enter_as(open_page(), demo_site, others[1])
    address, _ = _send(karim, demo_site.url, "Sami")
    for page in (samira, bruno):
        page.goto(address)
    follow(samira.get_by_role("button", name="Je prends"))
    bruno.get_by_role("button", name="Je prends").click()
    expect(bruno.locator("#annonces")).to_contain_text(re.compile("l'a prise juste avant vous"))


def test_without_a_script_the_law_still_answers(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter
) -> None:
    page = enter_as(
        open_page("desktop", java_script_enabled=False),
        demo_site,
        demo_site.account("mediateur", partenariat="larochelle"),
    )
    hand = _five_questions(page, demo_site.url, "Lina")
    hand.press("Vérifier")
    expect(page.locator("[name=appellation]")).to_have_value("Lina")
    expect(_title(page)).to_have_text("Il manque…")
    page.locator('[name=accord_parent][value="donne"]').check()
    page.select_option("[name=lien]", "pere")
    hand.press("Envoyer")
    expect(page.locator(".badge").first).to_have_text("Reçue")


def test_a_double_click_sends_once(demo_site: Any, mediator_and_educator: Any) -> None:
    karim, _ = mediator_and_educator("larochelle")
    _five_questions(karim, demo_site.url, "Double")
    karim.locator('[name=accord_parent][value="donne"]').check()
    karim.select_option("[name=lien]", "mere")
    karim.get_by_role("button", name="Envoyer", exact=True).dblclick()
    expect(karim.locator("h1")).to_contain_text("Orientation vers")
    karim.goto(f"{demo_site.url}/orientations/?liste=envoyees")
    expect(karim.get_by_role("link", name=re.compile("^Double vers"))).to_have_count(1)


def test_an_adult_s_parents_are_not_asked(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter, axe: Any
) -> None:
    page = enter_as(open_page(), demo_site, demo_site.account("mediateur", partenariat="larochelle"))
    page.goto(f"{demo_site.url}/orientations/nouvelle/")
    page.locator('[name=tranche_age][value="18_20"]').check()
    expect(page.get_by_role("heading", name=re.compile("^5. "))).to_be_hidden()
    page.locator('[name=tranche_age][value="15_17"]').check()
    expect(page.get_by_role("heading", name=re.compile("^5. "))).to_be_visible()
    assert axe(page) == []


def test_a_town_s_mediator_reads_whose_decision_is_missing(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter
) -> None:
    page = enter_as(open_page(), demo_site, demo_site.account("mediateur", partenariat="lorient"))
    _five_questions(page, demo_site.url, "Yanis")
    page.locator('[name=accord_parent][value="donne"]').check()
    expect(page.locator("#verdict .verdict-list").first).to_contain_text("l'autorité d'emploi")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator("[name=lien]")).to_have_attribute("aria-invalid", "true")
    page.select_option("[name=lien]", "mere")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator("#annonces")).to_contain_text("rien n'est parti")
    expect(page.locator("[name=appellation]")).to_have_value("Yanis")


def test_asking_the_law_sends_no_name(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter
) -> None:
    page = enter_as(open_page(), demo_site, demo_site.account("mediateur", partenariat="larochelle"))
    page.goto(f"{demo_site.url}/orientations/nouvelle/")
    page.fill("[name=appellation]", "Canari")
    page.fill("[name=contact]", "Canari")
    page.fill("[name=besoin]", "Canari")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.locator('[name=tranche_age][value="15_17"]').check()
    page.locator('[name=accord][value="donne"]').check()
    expect(page.locator("#verdict-bref")).to_contain_text("2 points")
    assert any("tranche_age=15_17" in body for body in asked)
    assert [body for body in asked if "Canari" in body] == []
