"""The look, in a real browser: sizes, themes, accessibility, nothing fetched elsewhere."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
LOOKS = [(size, dark) for size in ("phone", "desktop") for dark in (False, True)]


@pytest.mark.parametrize(("size", "dark"), LOOKS)
@pytest.mark.parametrize("path", ["/style/", "/style/?lieu=", "/style/?invite", "/nulle-part/"])
def test_every_piece_is_accessible_and_quiet(
    empty_site: Any, open_page: OpenPage, axe: Any, small_targets: Any, path: str, size: str, dark: bool
) -> None:
    page = open_page(size, dark=dark)
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(empty_site.url + path)
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    assert small_targets(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert hosts == {urlsplit(empty_site.url).netloc}
    assert [line for line in complaints if "404" not in line] == []


def test_the_theme_is_remembered(empty_site: Any, open_page: OpenPage) -> None:
    page = open_page("desktop")
    page.goto(f"{empty_site.url}/style/")
    toggle = page.locator("[data-theme-toggle]:visible")
    toggle.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert toggle.get_attribute("aria-pressed") == "true"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 20, 26)"


def test_the_phone_menu_opens_and_closes(empty_site: Any, open_page: OpenPage, axe: Any) -> None:
    page = open_page("phone")
    page.goto(f"{empty_site.url}/style/")
    page.click("[data-open-dialog]")
    expect(page.locator("dialog[open] .menu-list a")).to_have_text(["Droit", "Annuaire"])
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_first_error_takes_the_focus_and_is_read_with_its_field(
    empty_site: Any, open_page: OpenPage
) -> None:
    page = open_page("phone")
    page.goto(f"{empty_site.url}/style/?lieu=")
    expect(page.locator("[name=lieu]")).to_be_focused()
    focused = page.evaluate(
        "[document.activeElement.name, document.activeElement.getAttribute('aria-describedby')]"
    )
    assert focused == ["lieu", "id_lieu_helptext id_lieu_error"]
    assert page.inner_text("#id_lieu_error") == "Ce champ est obligatoire."


def test_a_form_is_sent_once(empty_site: Any, open_page: OpenPage) -> None:
    page = open_page("phone")
    page.goto(f"{empty_site.url}/style/")
    sent = page.evaluate(
        """() => { let sent = 0; const form = document.querySelector("main form");
        form.addEventListener("submit", (e) => setTimeout(() => { if (!e.defaultPrevented) sent += 1; }));
        window.addEventListener("submit", (e) => { if (!e.defaultPrevented) sent += 1; e.preventDefault(); });
        form.requestSubmit(); form.requestSubmit(); return sent; }"""
    )
    assert sent == 1


def test_the_first_page_weighs_little(empty_site: Any, open_page: OpenPage) -> None:
    page = open_page("phone")
    weights: list[int] = []

    def weigh(response: Any) -> None:
        sizes = response.request.sizes()
        weights.append(sizes["responseBodySize"])

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto(f"{empty_site.url}/style/")
    page.wait_for_load_state("networkidle")
    for _ in range(100):
        if len(weights) >= 4:
            break
        page.wait_for_timeout(100)
    assert len(weights) >= 4
    assert sum(weights) <= 150_000
    assert len(gzip.compress(page.content().encode())) <= 20_000
