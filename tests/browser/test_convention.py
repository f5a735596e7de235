"""A clause's whole way in a real browser: from the workshop to the signatures, then to a verdict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import follow
from tests.documents.test_attachments import PDF

PARIS = ZoneInfo("Europe/Paris")
Axe = Callable[[Page], list[list[str]]]
Enter = Callable[[Page, Any, dict[str, Any]], Page]
NECESSARY = ("contact", "age", "besoin")
STARTED, TITLE = "La même information pour tous", "La même feuille, dite et remise"
SAID = "Les deux équipes remettent la même feuille et la disent de vive voix, avant de noter un nom."


@pytest.fixture
def someone(demo_site: Any, open_page: Callable[..., Page], enter_as: Enter) -> Callable[..., Page]:
    """Return a maker of pages signed in as someone of Limoges, whose partnership is informal."""

    def enter(role: str, start: str, size: str = "phone") -> Page:
        account = next(
            one
            for one in demo_site.accounts
            if (one["role"], one["partenariat"], one["state"]) == (role, "limoges", "actif")
            and one["username"].startswith(start)
        )
        return enter_as(open_page(size), demo_site, account)

    return enter


def _ask(page: Page, url: str, expected: str) -> None:
    """Answer the composer's questions but for the information given; the verdict's title is `expected`."""
    page.goto(f"{url}/orientations/nouvelle/")
    page.fill("[name=appellation]", "Yanis")
    page.fill("[name=contact]", "hall 4, minuit")
    page.locator('[name=tranche_age][value="15_17"]').check()
    page.fill("[name=besoin]", "parler à quelqu'un")
    page.locator('[name=accord][value="donne"]').check()
    page.locator('[name=accord_parent][value="donne"]').check()
    page.select_option("[name=lien]", "mere")
    # A slow machine lets each box send its own question; only the answer to all three counts.
    with page.expect_response(
        lambda answer: (answer.request.post_data or "").count("necessaire=") == len(NECESSARY)
    ) as answered:
        for element in NECESSARY:
            page.locator(f'[name=necessaire][value="{element}"]').check()
    assert expected in answered.value.text()
    expect(page.locator("#verdict .verdict h2")).to_have_text(expected)


def _card(page: Page, title: str) -> Any:
    return page.locator("article.card", has=page.get_by_role("heading", name=title, exact=True))


def _propose_from_the_study(page: Page, home: str, axe: Axe) -> None:
    page.goto(home)
    page.get_by_role("link", name="Partir d'un texte").click()
    assert axe(page) == []
    _card(page, STARTED).get_by_role("link", name="Partir de ce texte").click()
    expect(page.get_by_label("Le titre")).to_have_value(STARTED)
    page.get_by_role("button", name="Proposer", exact=True).click()
    expect(_card(page, STARTED)).to_contain_text("Information RGPD : oui")


def _amend_after_the_trial(page: Page, home: str, axe: Axe) -> None:
    page.goto(home)
    follow(_card(page, STARTED).get_by_role("link", name="Essayer, modifier"))
    lines = page.locator("#essai ~ table tbody tr, section[aria-labelledby=essai] tbody tr").all()
    tried = {line.locator("th").inner_text(): line.locator("td").all_inner_texts() for line in lines}
    assert axe(page) == []
    assert any(before != after for before, after in tried.values()), tried
    page.get_by_label("Le titre").fill(TITLE)
    page.get_by_label("Ce qu'elle dit").fill(SAID)
    page.get_by_role("button", name="Modifier", exact=True).click()
    expect(page.locator("#annonces")).to_contain_text("Les votes repartent de zéro")


def _vote(page: Page, home: str) -> None:
    page.goto(home)
    _card(page, TITLE).get_by_role("button", name="Pour", exact=True).click()


def _sign(page: Page, home: str, on: date) -> None:
    page.goto(home)
    page.get_by_label("Signée le").fill(on.isoformat())
    page.get_by_role("button", name="Signer la convention").click()


def _attach(page: Page, home: str, axe: Axe) -> None:
    page.goto(home)
    page.get_by_text("Joindre l'exemplaire signé").click()
    page.get_by_label("L'exemplaire signé").set_input_files(
        {"name": "signé.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    follow(page.get_by_role("button", name="Joindre", exact=True))
    with page.expect_download() as got:
        page.get_by_role("link", name="Exemplaire signé, PDF").click()
    assert got.value.suggested_filename == "convention-limoges-version-1-signee.pdf"
    assert axe(page) == []


def test_a_clause_from_the_workshop_to_a_verdict(
    demo_site: Any, someone: Callable[..., Page], axe: Axe
) -> None:
    home, today = f"{demo_site.url}/convention/limoges/", datetime.now(PARIS).date()
    mediator, educator = someone("mediateur", "mediateur."), someone("educateur", "educateur.")
    heads = [someone("direction", f"direction-{one}.", "desktop") for one in ("mediation", "prevention")]
    _ask(mediator, demo_site.url, "Il manque…")
    _propose_from_the_study(educator, home, axe)
    _amend_after_the_trial(mediator, home, axe)
    _vote(mediator, home)
    expect(_card(mediator, TITLE)).to_contain_text("pas encore d'accord")
    _vote(educator, home)
    expect(_card(educator, TITLE)).to_contain_text("les deux métiers sont d'accord")
    heads[0].goto(home)
    heads[0].get_by_role("button", name="Arrêter le texte").click()
    expect(heads[0].locator("#annonces")).to_contain_text("Il attend les deux signatures")
    _sign(heads[0], home, today - timedelta(days=1))
    expect(heads[0].get_by_text("On ne signe pas avant que le texte existe")).to_be_visible()
    _sign(heads[0], home, today)
    expect(heads[0].locator("#annonces")).to_contain_text("Votre signature est notée")
    _ask(mediator, demo_site.url, "Il manque…")
    _sign(heads[1], home, today)
    expect(heads[1].locator("#annonces")).to_contain_text("ses clauses comptent")
    _ask(mediator, demo_site.url, "Vous pouvez")
    mediator.get_by_text("D'où vient chaque fait").click()
    expect(mediator.locator("#verdict details.why .facts")).to_contain_text(TITLE)
    mediator.goto(f"{demo_site.url}/partenariat/limoges/clauses/")
    expect(_card(mediator, TITLE)).to_contain_text("Ce que cela change")
    _attach(heads[0], home, axe)
