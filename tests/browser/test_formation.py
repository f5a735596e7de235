"""The training in a real browser, on a phone: a case missed is explained and takes nothing back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, follow

Enter = Callable[[Page, Any, dict[str, Any]], Page]
Axe = Callable[[Page], list[list[str]]]


def test_a_case_missed_is_explained_and_takes_nothing_back(
    demo_site: Site, open_page: Callable[..., Page], enter_as: Enter, axe: Axe
) -> None:
    page = enter_as(open_page("phone"), demo_site, demo_site.account("educateur", partenariat="lorient"))
    page.goto(f"{demo_site.url}/formation/")
    done = page.locator("#ou-j-en-suis + p strong").inner_text()
    assert axe(page) == []
    follow(page.locator("a.title").first)
    case = page.url
    assert axe(page) == []
    said = _answer(page, "interdit")
    if page.get_by_text("C'est cela.").count():
        page.goto(case)
        said = _answer(page, "permis")
    expect(page.get_by_text("Rien n'est gardé de votre réponse")).to_be_visible()
    assert axe(page) == []
    page.goto(case)
    assert _answer(page, said) == said
    expect(page.get_by_text("C'est cela.")).to_be_visible()
    page.get_by_role("link", name="Tous les cas").click()
    expect(page.locator("#ou-j-en-suis + p strong")).to_have_text(done)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def _answer(page: Page, choice: str) -> str:
    """Answer the case; return what the law answers."""
    page.locator(f'[name=choix][value="{choice}"]').check()
    follow(page.get_by_role("button", name="Voir ce que répond le droit"))
    return str(page.locator(".verdict").get_attribute("data-issue"))
