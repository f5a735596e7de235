"""The study in a real browser: both sizes, both themes, light, quiet, and the answer that travels after
the #."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from maillage.base.installation import mark_demo
from maillage.base.keyring import Keyring
from maillage.etude.questionnaire import encode, validate
from tests.browser.conftest import Site, environment, serve
from tests.migrated import migrate

OpenPage = Callable[..., Page]
PAGES = (
    "",
    "villes/",
    "villes/la-rochelle/",
    "villes/marseille/",
    "villes/orleans/",
    "comparaison/",
    "comparaison/?forme=convention&taille=petite",
    "formes/",
    "pre-requis/",
    "preconisations/",
    "textes/",
    "qui-parle/",
    "enonces/?section=6b",
    "pratiques/",
    "pratiques/kiosque/",
    "territoires/",
    "territoires/commune/45234/",
    "et-chez-vous/",
)
ANSWERS = {"employeur_prevention": "association", "employeur_mediation": "commune", "ecrit": "projet"}
CODE = encode(validate(ANSWERS))
ON_THE_WIRE = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0)"
LOAD = "import django; django.setup(); from maillage.directory.seed import load_study; load_study()"


@pytest.fixture(scope="module")
def study_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation that holds the report's table and nobody."""
    data = tmp_path_factory.mktemp("etude") / "donnees"
    mark_demo(data)
    Keyring.generate(Path(f"{data}.keys"))
    migrate(data, environment(data))
    subprocess.run([sys.executable, "-c", LOAD], env=environment(data), check=True)
    for url in serve(data):
        yield Site(url, data)


@pytest.mark.parametrize(("size", "dark"), [("phone", False), ("phone", True), ("desktop", False)])
def test_every_page_is_accessible_light_and_quiet(
    study_site: Site, open_page: OpenPage, axe: Any, small_targets: Any, size: str, dark: bool
) -> None:
    faults: list[tuple[str, object]] = []
    for path in PAGES:
        page = open_page(size, dark=dark)
        hosts: set[str] = set()
        page.on("request", lambda request, seen=hosts: seen.add(urlsplit(request.url).netloc))
        page.on("console", lambda message, at=path, kept=faults: kept.append((at, message.text)))
        page.goto(f"{study_site.url}/etude/{path}")
        page.wait_for_load_state("networkidle")
        faults += [(path, fault) for fault in (*axe(page), *small_targets(page))]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth"):
            faults.append((path, "wider than the screen"))
        if (weight := page.evaluate(ON_THE_WIRE)) > 150_000:
            faults.append((path, f"{weight} bytes on the wire"))
        if hosts != {urlsplit(study_site.url).netloc}:
            faults.append((path, hosts))
        page.context.close()
    assert faults == []


def test_a_shared_link_gives_the_answer_and_the_server_never_sees_it_in_an_address(
    study_site: Site, open_page: OpenPage, axe: Any
) -> None:
    page = open_page("phone")
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{study_site.url}/etude/et-chez-vous/#{CODE}")
    page.wait_for_selector("#reponse")
    expect(page.locator("h1")).to_have_text("Partenariat informel")
    expect(page.locator(".code-reponse")).to_have_text(CODE)
    assert [url for url in seen if CODE in url.partition("#")[0]] == []
    assert axe(page) == []


def test_without_scripts_the_questions_and_the_code_work(study_site: Site, open_page: OpenPage) -> None:
    page = open_page("phone", java_script_enabled=False)
    page.goto(f"{study_site.url}/etude/et-chez-vous/")
    for question, option in ANSWERS.items():
        page.check(f'[name="{question}"][value="{option}"]', force=True)
    page.click("text=Voir ma réponse")
    expect(page.locator(".code-reponse")).to_have_text(CODE)
    page.goto(f"{study_site.url}/etude/et-chez-vous/")
    page.fill('[name="code"]', CODE.lower())
    page.click("text=Retrouver ma réponse")
    expect(page.locator("h1")).to_have_text("Partenariat informel")


def test_the_answer_is_taken_away(study_site: Site, open_page: OpenPage) -> None:
    page = open_page("desktop")
    page.goto(f"{study_site.url}/etude/et-chez-vous/#{CODE}")
    page.wait_for_selector("#reponse")
    with page.expect_download() as taken:
        page.click("text=Deux pages, PDF")
    assert taken.value.suggested_filename == "et-chez-vous.pdf"
    # The button serves again: a file that was saved does not leave the page waiting.
    with page.expect_download() as again:
        page.click("text=Deux pages, DOCX")
    assert again.value.suggested_filename == "et-chez-vous.docx"
