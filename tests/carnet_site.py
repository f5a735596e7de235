"""A small installation, its server and a real telephone browser, each of which a test may kill."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from maillage.base.installation import mark_demo
from maillage.base.keyring import Keyring
from tests.migrated import migrate

ROOT = Path(__file__).resolve().parents[1]
PHONE = {"width": 390, "height": 844}
CODE = "481516"
ARGS = (
    "--headless=new --no-sandbox --no-first-run --disable-gpu --disable-dev-shm-usage --disable-extensions "
    "--disable-background-networking --disable-component-update --disable-sync --lang=fr-FR --mute-audio"
)
# What waits is counted again after the gesture: the count of before must not be read for it.
BEFORE = """() => {
  document.querySelector("#attente").dataset.attente = "";
  return document.querySelector("#annonces [data-numero]")?.dataset.numero ?? "";
}"""
BUILD = """
import json, sys, django
django.setup()
from maillage.comptes.devices import choose_code, enrol_telephone
from maillage.directory.models import Lieu
from tests.cast import build_cast
from tests.door import acteur
cast = build_cast()
for name in ("Square", "Gare", "Place du marché", "City-stade", "Tour 7", "Passage", "Collège"):
    Lieu.objects.create(territoire=cast.quartier, nom=name, genre="autre", invente=True)
for member in (cast.nadia, cast.karim, cast.samira):
    choose_code(by=acteur(member), compte=member.compte, code=sys.argv[1])
jeton = enrol_telephone(by=acteur(cast.cheffe_alm), nom="Téléphone 1").jeton
print(json.dumps({"telephone": jeton, **{key: str(cast.membres[key].poste.pk) for key in cast.membres}}))
"""


@dataclass
class CarnetSite:
    """An installation with the tests' cast, one enrolled telephone, and a server to start and kill."""

    data: Path
    port: int
    known: dict[str, str] = field(default_factory=dict)
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the server's own address."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return the environment of a process of this installation."""
        dropped = {"DATABASE_URL", "MAILLAGE_KEYS", "MAILLAGE_HTTPS", "MAILLAGE_CLOCK"}
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        paths = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        return kept | {
            "MAILLAGE_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
            "PYTHONPATH": paths,
        }

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [sys.executable, "-m", "maillage.cli", "serve", "--data", str(self.data)]
        self.server = subprocess.Popen(
            [*command, "--port", str(self.port)], env=self.environment(), start_new_session=True
        )
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{self.url}/carnet/manifest.webmanifest", timeout=5)
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def stop(self) -> None:
        """Kill the server and its workers at once: no farewell, no flush."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.server = None

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read the database beside the server."""
        with sqlite3.connect(self.data / "maillage.sqlite3", timeout=30) as opened:
            return opened.execute(query, values).fetchall()

    def execute(self, query: str, *values: Any) -> None:
        """Change the database beside the server."""
        with sqlite3.connect(self.data / "maillage.sqlite3", timeout=30) as opened:
            opened.execute(query, values)

    def notes(self) -> list[str]:
        """Return the identifiers of the notes that the server holds."""
        return [str(row[0]).replace("-", "") for row in self.rows("SELECT id FROM main_courante_note")]


@contextmanager
def carnet_site(folder: Path) -> Iterator[CarnetSite]:
    """Build the installation, serve it, kill the server at the end."""
    data = folder / "donnees"
    mark_demo(data)
    Keyring.generate(Path(f"{data}.keys"))
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        site = CarnetSite(data, int(opened.getsockname()[1]))
    migrate(data, site.environment())
    build = [sys.executable, "-c", BUILD, CODE]
    made = subprocess.run(build, env=site.environment(), check=True, capture_output=True, text=True)
    site.known = json.loads(made.stdout.splitlines()[-1])
    try:
        site.start()
        yield site
    finally:
        site.stop()


@dataclass
class Telephone:
    """A Chromium with its own profile on the disk, which may be killed and started again."""

    playwright: Playwright
    site: CarnetSite
    profile: Path
    address: str = ""
    process: subprocess.Popen[bytes] | None = None
    browser: Browser | None = None
    page: Page | None = None

    def start(self) -> Page:
        """Start the browser on its profile and open a blank page as large as a telephone."""
        path = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
        self.profile.mkdir(parents=True, exist_ok=True)
        port_file = self.profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                path,
                *ARGS.split(),
                "--remote-debugging-port=0",
                f"--user-data-dir={self.profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(600):
            if port_file.exists() and port_file.read_text().strip():
                break
            time.sleep(0.05)
        port = port_file.read_text().split()[0]
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = self.browser.contexts[0]
        self.page = context.pages[0] if context.pages else context.new_page()
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.page.set_default_timeout(30_000)
        self.enrol()
        return self.page

    def kill(self) -> None:
        """Kill the browser and all its processes at once, as an empty battery does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
        if self.browser is not None:
            self.browser.close()
            self.browser = None

    def url(self) -> str:
        """Return the notebook's address, through the proxy when there is one."""
        return (self.address or self.site.url) + "/carnet/"

    def enrol(self) -> None:
        """Give this browser the secret of the enrolled telephone (Chromium writes cookies every 30 s)."""
        assert self.page is not None
        cookie = {
            "name": "telephone",
            "value": self.site.known["telephone"],
            "url": self.address or self.site.url,
        }
        cookie |= {"expires": time.time() + 86_400 * 300, "httpOnly": True, "sameSite": "Strict"}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def unlock(self, who: str = "nadia", code: str = CODE) -> Page:
        """Open the notebook's page and unlock it with six digits."""
        assert self.page is not None
        page = self.page
        page.goto(self.url())
        page.click(f"[data-poste='{self.site.known[who]}']")
        page.fill("#code", code)
        page.wait_for_selector("#barre nav")
        return page


def saved(page: Page, act: str, text: str = "") -> str:
    """Do one gesture that saves (a selector to touch); return the identifier that the screen announces."""
    before = page.evaluate(BEFORE)
    if text:
        page.evaluate("document.querySelector('#mot').closest('details').open = true")
        page.fill("#mot", text)
    page.click(act)
    page.locator(f"#annonces [data-numero]:not([data-numero='{before}'])").wait_for()
    return str(page.get_attribute("#annonces [data-id]", "data-id")).replace("-", "")


def until_empty(page: Page, seconds: float = 60) -> None:
    """Wait until the screen says that everything has left."""
    page.locator("#attente[data-attente='0']").wait_for(timeout=seconds * 1000)
