"""A real Chromium against a real server: sites to visit, pages to open, axe to ask."""

from __future__ import annotations

import base64
import hmac
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright

from maillage.base.installation import mark_demo
from maillage.base.keyring import Keyring
from tests.migrated import migrate

# A busy machine is slow: no test of ours fails for a time.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
ROOT = Path(__file__).resolve().parents[2]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
AXE = ROOT / "front/node_modules/axe-core/axe.min.js"
ASK_AXE = "; axe.run().then(found => found.violations.map(v => [v.id, v.nodes.map(n => n.html).join('\\n')]))"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m browser` finds it and `-m "not browser"` leaves it.

    Those that visit the demonstration are marked too: they are run apart from those with sites of their own.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if "demo_site" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.demo)


def follow(button: Locator) -> None:
    """Touch what leads to another page, and wait until that page is whole: what is read next is its own."""
    with button.page.expect_navigation():
        button.click()


@dataclass
class Site:
    """A served installation: its address, its folder, and the demo's accounts if it has any."""

    url: str
    data: Path
    accounts: list[dict[str, Any]] = field(default_factory=list)

    def account(self, role: str, **wanted: str) -> dict[str, Any]:
        """Return the first active account of this role whose other fields are as asked."""
        asked = {"role": role, "state": "actif", **wanted}
        for account in self.accounts:
            if all(account[key] == value for key, value in asked.items()):
                return account
        raise LookupError(f"no active {role} with {wanted}")

    def set_clock(self, moment: str) -> None:
        """Move the demo's clock to an ISO date-time."""
        (self.data / "clock").write_text(moment, encoding="ascii")


def environment(data: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MAILLAGE_KEYS"}
    }
    kept.pop("MAILLAGE_HTTPS", None)
    return kept | {"MAILLAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "maillage.config.settings"}


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def serve(data: Path) -> Iterator[str]:
    """Run `maillage serve` on a free port until the caller is done."""
    port = free_port()
    command = [sys.executable, "-m", "maillage.cli", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, env=environment(data))
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            if server.poll() is not None:
                raise RuntimeError("the server stopped at once")
            try:
                urllib.request.urlopen(f"{url}/static/rien", timeout=5)
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation without anyone: for pages that need no account."""
    data = tmp_path_factory.mktemp("vide") / "donnees"
    mark_demo(data)
    Keyring.generate(Path(f"{data}.keys"))
    migrate(data, environment(data))
    for url in serve(data):
        yield Site(url, data)


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole demonstration, loaded once for the session: six cities, a year, all accounts."""
    data = tmp_path_factory.mktemp("demo") / "donnees"
    load = [sys.executable, "-m", "maillage.cli", "demo", "--data", str(data), "--no-serve"]
    subprocess.run(load, env=environment(data), check=True, stdout=subprocess.DEVNULL)
    accounts = json.loads((data / "accounts.json").read_text(encoding="utf-8"))
    for url in serve(data):
        yield Site(url, data, accounts)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """One browser driver for the session: a second one may not start beside it."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """One Chromium for the session: the system's, never a downloaded one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages: `open_page("phone", dark=True)`, each in its own empty profile."""
    contexts: list[BrowserContext] = []

    def make(size: str = "phone", *, dark: bool = False, **options: Any) -> Page:
        context = browser.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            timezone_id="Europe/Paris",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield make
    for context in contexts:
        context.close()


def one_time_code(secret: str, shift: int = 0) -> str:
    """Return the six digits that an authenticator shows for this base32 secret, `shift` half-minutes away."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + shift), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture
def sign_in() -> Callable[[Page, Site, dict[str, Any]], Page]:
    """Return a function that signs a page in with one of the demo's accounts, both factors."""

    def enter(page: Page, site: Site, account: dict[str, Any]) -> Page:
        page.goto(f"{site.url}/connexion/")
        page.fill("[name=login]", account["username"])
        page.fill("[name=password]", account["password"])
        page.click("main form button:not([type=button])")
        page.wait_for_selector("[name=code]")
        # A code serves once: someone who signed in a moment ago needs another one.
        for shift in (0, 1, -1):
            page.fill("[name=code]", one_time_code(account["totp_secret"], shift))
            with page.expect_navigation():
                page.click("main form button:not([type=button])")
            if page.locator("body.guest").count() == 0:
                return page
        raise AssertionError("no one-time code was accepted")

    return enter


OPEN_SESSIONS = """
import sys, django
django.setup()
from maillage.bench.sessions import session_of
for line in sys.stdin:
    print(session_of(line.strip()), flush=True)
"""


@pytest.fixture(scope="session")
def session_keys() -> Iterator[Callable[[Site, str], str]]:
    """Return a function that opens a session of an account; one process a site serves the whole run."""
    running: dict[Path, subprocess.Popen[str]] = {}

    def key(site: Site, username: str) -> str:
        if site.data not in running:
            running[site.data] = subprocess.Popen(
                [sys.executable, "-c", OPEN_SESSIONS],
                env=environment(site.data),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        process = running[site.data]
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(username + "\n")
        process.stdin.flush()
        answer = process.stdout.readline().strip()
        assert answer, f"no session for {username}"
        return answer

    yield key
    for process in running.values():
        process.communicate()


@pytest.fixture
def enter_as(session_keys: Callable[[Site, str], str]) -> Callable[[Page, Site, dict[str, Any]], Page]:
    """Return a function that opens a session without the sign-in screen, for tests of other screens."""

    def enter(page: Page, site: Site, account: dict[str, Any]) -> Page:
        cookie = {"name": "sessionid", "value": session_keys(site, account["username"]), "url": site.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return enter


@pytest.fixture
def axe() -> Callable[[Page], list[list[str]]]:
    """Return a function that lists the accessibility violations of a page: [rule, elements]."""
    source = AXE.read_text(encoding="utf-8")

    def ask(page: Page) -> list[list[str]]:
        page.wait_for_load_state()
        return list(page.evaluate(source + ASK_AXE))

    return ask


SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((e) => e.checkVisibility() && !e.closest("p, .foot, .skip") && !e.matches(".skip, .title"))
  .map((e) => (e.matches("input") && e.closest("label")) || e)
  .filter((e) => e.getBoundingClientRect().height < 43.5)
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def small_targets() -> Callable[[Page], list[str]]:
    """Return a function that lists what is under 44 px high and meant for a thumb."""
    return lambda page: list(page.evaluate(SMALL_TARGETS))
