"""Journey J3 in a real browser: three forms side by side, the year replayed, a reading adopted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import follow

Enter = Callable[[Page, Any, dict[str, Any]], Page]
CITIES = ("larochelle", "leteil", "limoges", "lorient", "marseille", "orleans")
LIMITS = (
    "Seuls les échanges qui ont eu lieu sont rejugés. Confiance, réactivité, lisibilité ne sont pas mesurées."
)
ORIENT = "Orienter un jeune de seize ans qui le demande, un parent étant d'accord"
BACK = "Dire en retour où en est la relation, le jeune et un parent étant d'accord"
CONFIDENCE = "Répéter une confidence sans l'accord du jeune"


@pytest.fixture
def director(demo_site: Any, open_page: Callable[..., Page], enter_as: Enter) -> Callable[..., Page]:
    """Return a maker of pages signed in as a city's director."""

    def enter(city: str, size: str = "desktop") -> Page:
        return enter_as(open_page(size), demo_site, demo_site.account("direction", partenariat=city))

    return enter


def _answers(page: Page, title: str) -> list[str]:
    """Return the three answers to one exchange: form, answer, what it hangs on."""
    lines = page.locator("article.card", has_text=title).locator("li")
    return [re.sub(r"\s+", " ", line.inner_text()).strip() for line in lines.all()]


def _table(page: Page) -> dict[str, tuple[str, str]]:
    rows = page.locator("#resultat table").first.locator("tbody tr").all()
    return {
        row.locator("th").inner_text().strip(): tuple(row.locator("td").all_inner_texts())  # type: ignore[misc]
        for row in rows
    }


def test_three_forms_answer_and_the_clause_is_named(demo_site: Any, director: Callable[..., Page]) -> None:
    page = director("larochelle")
    page.goto(f"{demo_site.url}/partenariat/larochelle/")
    follow(page.get_by_role("link", name="Rejouer", exact=True))
    expect(page.locator("h2").first).to_have_text("Informel, conventionné ou pilotage unique ?")
    assert _answers(page, ORIENT) == [
        "Informel Il manque… Tient à : Rien d'écrit sur « information RGPD »",
        "Conventionné (la vôtre) Vous pouvez",
        "Pilotage unique Vous pouvez",
    ]
    assert _answers(page, BACK) == [
        "Informel Il manque… Tient à : Rien d'écrit sur « clause de retour »",
        "Conventionné (la vôtre) Vous pouvez",
        "Pilotage unique Vous pouvez",
    ]
    assert [one.endswith("Pas sous cette forme") for one in _answers(page, CONFIDENCE)] == [True] * 3


def test_the_year_replayed_as_a_director_would(demo_site: Any, director: Callable[..., Page]) -> None:
    page = director("larochelle")
    page.goto(f"{demo_site.url}/rejeu/larochelle/essai/")
    follow(page.get_by_role("button", name="Rejuger"))
    expect(page.locator("#resultat [role=status]")).to_contain_text("échanges rejugés")
    as_it_was = _table(page)
    assert all(before == after for before, after in as_it_was.values())
    page.locator("[name=forme]").select_option("informel")
    follow(page.get_by_role("button", name="Rejuger"))
    replayed = _table(page)
    assert {name: before for name, (before, _) in replayed.items()} == {
        name: before for name, (before, _) in as_it_was.items()
    }
    assert int(replayed["Vous pouvez"][1]) < int(replayed["Vous pouvez"][0])
    expect(page.get_by_text("Rien d'écrit sur « information RGPD »", exact=True)).to_be_visible()
    page.get_by_text("Une même information remise aux personnes").first.click()
    follow(page.get_by_role("button", name="Rejuger"))
    assert int(_table(page)["Vous pouvez"][1]) > int(replayed["Vous pouvez"][1])


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("city", CITIES)
def test_each_city_replays_its_year(
    demo_site: Any,
    director: Callable[..., Page],
    axe: Callable[[Page], list[list[str]]],
    city: str,
    size: str,
) -> None:
    page = director(city, size)
    trial = f"/rejeu/{city}/essai/?forme=convention&U-10=rapport"
    for address in (f"/lectures/{city}/U-10/", f"/rejeu/{city}/", trial):
        page.goto(f"{demo_site.url}{address}")
        expect(page.locator("h1")).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == page.viewport_size["width"]  # type: ignore[index]
        assert axe(page) == []
    expect(page.get_by_text(LIMITS)).to_be_visible()
    assert "échanges" in page.locator("#resultat [role=status]").inner_text()
    assert not re.search(r"\b[1-4] fois\b", page.locator("#resultat").inner_text())


def test_a_reading_is_adopted_by_three_and_leaves_the_past(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter, director: Callable[..., Page]
) -> None:
    address = f"{demo_site.url}/lectures/leteil/U-10/"
    page = director("leteil", "phone")
    page.goto(address)
    page.get_by_role("button", name="Proposer et signer").click()
    expect(page.locator("#signatures")).to_have_text("Une lecture attend ses signatures")
    others = [account for account in demo_site.accounts if account["partenariat"] == "leteil"]
    signing = [
        one
        for one in others
        if one["role"] in ("direction", "dpo") and one != demo_site.account("direction", partenariat="leteil")
    ]
    assert len(signing) == 2
    for account in signing:
        page = enter_as(open_page(), demo_site, account)
        page.goto(address)
        follow(page.get_by_role("button", name="Signer", exact=True))
    expect(page.locator(".vaut h3")).to_have_text("Lecture du rapport de 2017")
    expect(page.locator("#histoire + .timeline")).to_contain_text("Lecture du rapport, version 1")
    page.goto(f"{demo_site.url}/rejeu/leteil/essai/?forme=")
    assert all(before == after for before, after in _table(page).values())
