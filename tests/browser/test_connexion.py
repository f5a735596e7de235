"""Signing in with a real browser: both steps, one's account, the ledger; accessible on both sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
SignIn = Callable[..., Page]


def sound(page: Page, axe: Any, small_targets: Any) -> None:
    """Check that a page is accessible, holds in its width and is made for a thumb."""
    assert axe(page) == []
    assert small_targets(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_password_refused_then_accepted_then_the_code(
    demo_site: Any, open_page: OpenPage, axe: Any, small_targets: Any, size: str
) -> None:
    account = demo_site.account("direction" if size == "phone" else "chef_de_service")
    page = open_page(size)
    page.goto(f"{demo_site.url}/connexion/")
    sound(page, axe, small_targets)
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", "ce n'est pas le bon")
    page.click("text=Continuer")
    expect(page.get_by_role("alert")).to_have_text("Cet identifiant et ce mot de passe ne vont pas ensemble.")
    expect(page.locator("[name=login]")).to_have_value(account["username"])
    sound(page, axe, small_targets)
    page.fill("[name=password]", account["password"])
    page.click("text=Continuer")
    page.wait_for_selector("[name=code]:focus")
    sound(page, axe, small_targets)
    page.fill("[name=code]", account["recovery_codes"][0 if size == "phone" else 1])
    page.click("text=Entrer")
    page.wait_for_selector("body:not(.guest)")
    page.goto(f"{demo_site.url}/compte/")
    assert page.locator("dd", has_text="encore bons").inner_text() == "9 encore bons"
    page.click("main >> text=Se déconnecter")
    page.wait_for_selector("[name=password]")
    page.goto(f"{demo_site.url}/compte/")
    assert page.url == f"{demo_site.url}/connexion/?next=%2Fcompte%2F"


@pytest.mark.parametrize(("size", "dark"), [("phone", True), ("desktop", False)])
def test_the_account_s_pages(
    demo_site: Any,
    open_page: OpenPage,
    sign_in: SignIn,
    axe: Any,
    small_targets: Any,
    size: str,
    dark: bool,
) -> None:
    page = sign_in(open_page(size, dark=dark), demo_site, demo_site.account("dpo"))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for address in (
        "/compte/",
        "/compte/application/",
        "/compte/mot-de-passe/",
        "/compte/codes/renouveler/",
        "/connexion/confirmer/?next=/compte/",
        "/journal/",
        "/journal/?acte=export",
    ):
        page.goto(demo_site.url + address)
        sound(page, axe, small_targets)
    page.goto(f"{demo_site.url}/compte/application/")
    assert page.locator("main img").evaluate("image => image.naturalWidth > 100")
    assert complaints == []
