"""A withdrawal in a real browser, two people signed in and the young person's own phone between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import follow
from tests.browser.test_orientation_j2 import _send, mediator_and_educator

__all__ = ["mediator_and_educator"]
Enter = Callable[[Page, Any, dict[str, Any]], Page]
NAME, NUMBER = "Canarisoudain", "904173"


def test_taken_back_on_one_screen_it_is_gone_from_the_other(
    demo_site: Any, mediator_and_educator: Any
) -> None:
    karim, samira = mediator_and_educator("larochelle")
    address, _ = _send(karim, demo_site.url, NAME)
    samira.goto(address)
    samira.get_by_role("button", name="Je prends").click()
    expect(samira.locator("#annonces")).to_contain_text("Vous êtes référent")
    samira.goto(f"{demo_site.url}/accompagnements/")
    expect(samira.locator("main")).to_contain_text(NAME)
    karim.goto(f"{address}retirer/")
    karim.locator('[name=donneur][value="jeune"]').check()
    follow(karim.locator("main form button").last)
    expect(karim.locator(".badge").first).to_have_text("Close")
    for page in (samira, karim):
        for path in ("/", "/orientations/", "/orientations/?liste=envoyees", "/accompagnements/"):
            page.goto(demo_site.url + path)
            assert NAME not in page.content()
    samira.goto(address)
    assert NAME not in samira.content()


def test_the_young_person_stops_from_their_own_phone(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter, axe: Any
) -> None:
    samira = enter_as(open_page(), demo_site, demo_site.account("educateur", partenariat="orleans"))
    samira.goto(f"{demo_site.url}/accompagnements/nouveau/")
    samira.fill("[name=pseudonyme]", NAME)
    samira.locator('[name=tranche_age][value="15_17"]').check()
    samira.locator('[name=origine][value="famille"]').check()
    samira.locator("main form button.btn-primary").click()
    expect(samira.locator("h1")).to_have_text(NAME)
    sheet = samira.url
    samira.get_by_role("link", name="Lui donner une carte").click()
    samira.fill("[name=numero]", NUMBER)
    samira.fill("[name=encore]", NUMBER)
    follow(samira.get_by_role("button", name="Faire la carte"))
    code = samira.locator("#code + p strong").inner_text()
    phone = open_page()
    phone.goto(f"{demo_site.url}/ma-carte/?langue=ar")
    assert axe(phone) == []
    phone.fill("[name=code]", code)
    phone.fill("[name=numero]", NUMBER)
    follow(phone.locator("button.btn-primary"))
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    assert (axe(phone), NAME in phone.content(), phone.context.cookies()) == ([], False, [])
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    follow(phone.locator("button.btn-danger"))
    expect(phone.locator("[role=status]")).to_be_visible()
    assert phone.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    samira.goto(sheet)
    accord = samira.locator("section[aria-labelledby=libre-adhesion]")
    expect(accord).to_contain_text("Retirée")
    expect(accord).to_contain_text("par sa carte")
