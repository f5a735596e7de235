"""Journey J6 in a real browser: the summer's map and its table, signed by both, received by the town hall."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import follow

Enter = Callable[[Page, Any, dict[str, Any]], Page]
SMALL = re.compile(r"^(?:[1-9]|10)$")


def test_the_summer_is_read_by_both_and_received_by_the_town_hall(
    demo_site: Any,
    open_page: Callable[..., Page],
    enter_as: Enter,
    axe: Callable[[Page], list[list[str]]],
) -> None:
    page = enter_as(
        open_page("phone"), demo_site, demo_site.account("chef_de_service", partenariat="larochelle")
    )
    page.goto(f"{demo_site.url}/diagnostics/")
    follow(page.locator("main a.title", has_text="vu par les deux métiers").first)
    marks = page.locator(".carte-lieux a.marque")
    rows = page.locator("table", has_text="Lieu par lieu").locator("tbody tr")
    assert marks.count() == rows.count() > 5
    marks.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#lieu-1$"))
    assert page.get_by_text("moins de 5").count() > 0
    assert axe(page) == []

    town = enter_as(open_page("desktop"), demo_site, demo_site.account("maire", partenariat="larochelle"))
    town.goto(f"{demo_site.url}/diagnostics/")
    follow(town.locator("main a.title").first)
    expect(town.locator("h4").first).to_have_text("Ce que nous voyons autrement")
    notes = town.locator("table", has_text="Notes, ").locator("tbody td").all_inner_texts()
    assert [text for text in notes if SMALL.match(text)] == []
    assert town.get_by_text("moins de 11").count() > 0
    with town.expect_download() as given:
        town.get_by_role("link", name="PDF").click()
    assert given.value.path().read_bytes().startswith(b"%PDF")
