"""Every screen a role can reach from its menu, on both sizes: accessible, inside the screen, quiet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from maillage.web.areas import rule_table

# Phone first for field people, desktop for direction; both for the two who use both.
WALKS = [
    ("correspondant_de_nuit", "phone"),
    ("mediateur", "phone"),
    ("educateur", "phone"),
    ("educateur", "desktop"),
    ("chef_de_service", "desktop"),
    ("direction", "phone"),
    ("direction", "desktop"),
    ("coordination", "desktop"),
    ("dpo", "desktop"),
    ("maire", "phone"),
    ("administrateur", "phone"),
    ("administrateur", "desktop"),
    ("reseau", "desktop"),
]
LINKS = """() => [...document.querySelectorAll("main a[href], nav a[href], dialog a[href]")]
  .map((a) => new URL(a.getAttribute("href"), location))
  .filter((u) => u.origin === location.origin && !/\\.\\w+$/.test(u.pathname))
  .map((u) => u.pathname)"""


def kind(path: str) -> str:
    """Return the name of the screen at this address: two sheets of one kind are one screen."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def is_public(path: str) -> bool:
    """Say whether anyone may open this screen: those are walked once, by a visitor."""
    rule = rule_table().get(kind(path))
    return rule is not None and rule.public


class Walk:
    """One person's walk from screen to screen, noting what is wrong on the way."""

    def __init__(self, page: Page, site: Any, axe: Any) -> None:
        self.page, self.site, self.axe = page, site, axe
        self.faults: list[tuple[str, Any]] = []
        self.hosts: set[str] = set()
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: self.note(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.note(str(error)))

    def note(self, fault: Any) -> None:
        self.faults.append((urlsplit(self.page.url).path, fault))

    def look(self, path: str) -> list[str]:
        """Open a screen, judge it, return where it leads."""
        answer = self.page.goto(self.site.url + path)
        assert answer is not None
        if answer.status != 200:
            self.note(f"status {answer.status}")
        for violation in self.axe(self.page):
            self.note(violation)
        if self.page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            self.note("wider than the screen")
        return list(self.page.evaluate(LINKS))

    def conclude(self) -> None:
        """Fail with every fault, one a line, or on a request made elsewhere."""
        if self.faults:
            pytest.fail("\n".join(f"{path}: {fault}" for path, fault in self.faults), pytrace=False)
        assert self.hosts == {urlsplit(self.site.url).netloc}

    def go(self, starts: list[str], *, public: bool) -> None:
        """Visit every kind of screen reachable from `starts`, public ones or the others."""
        waiting, seen = list(starts), {kind(path) for path in starts}
        while waiting:
            for link in self.look(waiting.pop(0)):
                if kind(link) not in seen and is_public(link) == public:
                    seen.add(kind(link))
                    waiting.append(link)


@pytest.mark.parametrize(("role", "size"), WALKS)
def test_every_screen_of_a_role(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Any, axe: Any, role: str, size: str
) -> None:
    page = enter_as(open_page(size), demo_site, demo_site.account(role))
    walk = Walk(page, demo_site, axe)
    walk.go(["/"], public=False)
    walk.conclude()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_public_screen(demo_site: Any, open_page: Callable[..., Page], axe: Any, size: str) -> None:
    walk = Walk(open_page(size), demo_site, axe)
    walk.go(["/connexion/", "/etude/", "/droit/"], public=True)
    walk.conclude()
