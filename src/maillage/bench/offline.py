"""The notebook on a telephone: first load, an evening of twelve notes, and how soon it opens without network.

A throw-away installation and a real Chromium as large as a telephone. Taps and characters are counted on
the real screen, at the pace of the design (1.2 s a tap, 0.3 s a character). The network is then cut and
the server killed: what opens comes from the telephone alone. Promises: design, section 8.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maillage.bench.throwaway import run_there, throwaway

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request

NAME = "offline"
PROMISED_START_S, PROMISED_LOAD_KB, PROMISED_EVENING_S = 1.0, 150.0, 360.0
TAP, CHARACTER = 1.2, 0.3
TURNS = 9
CODE = "481516"
PLACES = ("Hall 4", "Gare", "Passage", "City-stade")
SIZE = {"width": 390, "height": 844}
PROGRAM = "from maillage.bench.offline import furnish; furnish()"
# In the page itself, so that the driver's own time does not count: when the names show, when «Noter» does.
WATCH = """(() => {
  const seen = window.mesure = {};
  const look = () => {
    for (const [name, what] of [["noms", "[data-poste]"], ["noter", ".ras"]])
      if (!(name in seen) && document.querySelector(what)) seen[name] = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  document.addEventListener("input", (event) => {
    if (event.target.value.length === 6) seen.code = performance.now();
  }, true);
})()"""


def run() -> dict[str, Any]:
    """Return kilobytes, taps and seconds; only `absent` where there is neither driver nor Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if find_spec("playwright") is None or chromium is None:
        return {"absent": True}
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory(prefix="maillage-offline-") as folder,
        _served(throwaway(Path(folder))) as (url, known, cut),
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser,
    ):
        context = browser.new_context(viewport=SIZE, locale="fr-FR")  # type: ignore[arg-type]
        context.add_cookies([{"name": "telephone", "value": known["telephone"], "url": url}])
        return _measure(context, url, cut)


def _measure(context: BrowserContext, url: str, cut: Callable[[], None]) -> dict[str, Any]:
    """First load, then the evening, then the network cut and the notebook opened several times."""
    weights: list[int] = []
    context.on("requestfinished", lambda request: weights.append(_weight(request)))
    page = context.new_page()
    page.goto(f"{url}/carnet/")
    page.wait_for_selector("[data-poste]")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    load = list(weights)
    _unlock(page)
    started = time.perf_counter()
    taps, characters = evening(page, PLACES)
    machine = time.perf_counter() - started
    page.locator("#attente[data-attente='0']").wait_for()
    cut()
    context.set_offline(True)
    turns = [_start(context.new_page(), url) for _ in range(TURNS)]
    return {
        "premier_chargement_ko": round(sum(load) / 1000, 1),
        "requetes": len(load),
        "touches": taps,
        "caracteres": characters,
        "soiree_s": round(taps * TAP + characters * CHARACTER, 1),
        "machine_s": round(machine, 1),
        "ouverture_ms": [round(names) for names, _ in turns],
        "code_ms": [round(code) for _, code in turns],
        "charge_par_coeur": round(os.getloadavg()[0] / (os.cpu_count() or 1), 1),
        "demarrage_median_s": round(statistics.median(sum(turn) for turn in turns) / 1000, 2),
    }


def lines(result: Mapping[str, Any]) -> list[str]:
    """Say the figures in French, beside what was promised."""
    if "absent" in result:
        return ["non mesuré : il faut Playwright et Chromium (make install, make system)."]
    start, load, night = (result[key] for key in ("demarrage_median_s", "premier_chargement_ko", "soiree_s"))
    names, code = (statistics.median(result[key]) for key in ("ouverture_ms", "code_ms"))
    return [
        f"premier chargement : {load} ko sur le fil, {result['requetes']} requêtes "
        f"(promis {PROMISED_LOAD_KB:.0f} ko, {_kept(load <= PROMISED_LOAD_KB)})",
        f"une soirée de douze notes : {result['touches']} touches et {result['caracteres']} caractères, "
        f"{night} s à {TAP} s la touche et {CHARACTER} s le caractère "
        f"(promis {PROMISED_EVENING_S:.0f} s, {_kept(night <= PROMISED_EVENING_S)}) ; "
        f"la machine y passe {result['machine_s']} s",
        f"ouverture sans réseau, serveur arrêté : « Noter » en {start} s, médiane de {TURNS} "
        f"(promis {PROMISED_START_S:.0f} s, {_kept(start <= PROMISED_START_S)}) ; "
        f"la page {names:.0f} ms, les six chiffres {code:.0f} ms ; "
        f"machine chargée à {result['charge_par_coeur']} par cœur",
    ]


def evening(page: Page, places: tuple[str, ...]) -> tuple[int, int]:
    """Write twelve notes on the open notebook; return the taps, six digits included, and the characters."""
    taps, characters = 1 + len(CODE), 0
    for turn in range(12):
        if turn % 3 == 0:
            page.click(f"label:has-text('{places[turn // 3]}')")
            taps += 1
        if turn % 2:
            _save(page, ".ras")
            taps += 1
            continue
        page.click("label:has-text('Regroupement')")
        taps += 2
        if turn % 4 == 0:
            page.click("details:has(#mot) > summary")
            page.fill("#mot", "bruit, dialogue, apaisé")
            taps, characters = taps + 2, characters + len("bruit, dialogue, apaisé")
        _save(page, "[data-effectif='5_9']")
    return taps, characters


def furnish() -> None:
    """In a process of the throw-away installation: one mediator, four places, an enrolled telephone."""
    import django

    django.setup()
    from maillage.comptes.devices import choose_code, enrol_telephone
    from maillage.comptes.models import Compte
    from maillage.directory.models import Lieu
    from maillage.main_courante.telephones import Fleet

    fleet = Fleet(1)
    (by,) = fleet.people
    for name in PLACES:
        Lieu.objects.create(territoire=fleet.lieu.territoire, nom=name, genre="autre", invente=True)
    choose_code(by=by, compte=Compte.objects.get(), code=CODE)
    print(json.dumps({"telephone": enrol_telephone(by=by, nom="Mesure").jeton}))  # noqa: T201


@contextmanager
def _served(env: dict[str, str]) -> Iterator[tuple[str, dict[str, Any], Callable[[], None]]]:
    """Furnish and serve; give the address, what `furnish` printed, and what kills the server at once."""
    known = run_there(PROGRAM, env)
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port = str(opened.getsockname()[1])
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "maillage.cli", "serve", "--port", port], env=env, start_new_session=True
    )

    def cut() -> None:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    try:
        _wait(f"http://127.0.0.1:{port}/carnet/")
        yield f"http://127.0.0.1:{port}", known, cut
    finally:
        cut()


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=5)  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("bench offline : le serveur de mesure ne répond pas.")


def _weight(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def _unlock(page: Page) -> None:
    page.click("[data-poste]")
    page.fill("#code", CODE)
    page.wait_for_selector(".ras")


def _save(page: Page, button: str) -> None:
    before = page.evaluate("document.querySelector('#annonces [data-numero]')?.dataset.numero ?? ''")
    page.click(button)
    page.locator(f"#annonces [data-numero]:not([data-numero='{before}'])").wait_for()


def _start(page: Page, url: str) -> tuple[float, float]:
    """Open the notebook as after a night in a pocket; return the milliseconds of its page and its code."""
    page.add_init_script(WATCH)
    page.goto(f"{url}/carnet/")
    _unlock(page)
    seen = page.evaluate("window.mesure")
    page.close()
    return seen["noms"], seen["noter"] - seen["code"]


def _kept(held: bool) -> str:
    return "tenu" if held else "non tenu"
