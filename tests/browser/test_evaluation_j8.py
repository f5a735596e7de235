"""Journey J8 in a real browser: teams first, directions apart, the others by link, signed by both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import follow

Axe = Callable[[Page], list[list[str]]]
Enter = Callable[[Page, Any, dict[str, Any]], Page]
WHERE = "lorient"


def test_the_yearly_evaluation(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter, axe: Axe
) -> None:
    def someone(role: str, service: str = "", size: str = "desktop") -> Page:
        wanted = {"partenariat": WHERE} | ({"service": service} if service else {})
        return enter_as(open_page(size), demo_site, demo_site.account(role, **wanted))

    directions = [
        one
        for one in demo_site.accounts
        if (one["role"], one["partenariat"], one["state"]) == ("direction", WHERE, "actif")
    ]
    first = enter_as(open_page("desktop"), demo_site, directions[0])
    first.goto(f"{demo_site.url}/evaluations/")
    first.get_by_role("button", name="Ouvrir l'évaluation").click()
    expect(first.get_by_text("On attend la feuille de")).to_be_visible()
    assert axe(first) == []
    address = first.url
    for role in ("mediateur", "educateur"):
        _mark(someone(role, size="phone"), address, "La feuille de l'équipe", "Plutôt")
    crowd = _young_people_answer(first, address, open_page, axe)
    _mark(first, address, "Les notes de la direction", "Tout à fait")
    second = enter_as(open_page("desktop"), demo_site, directions[1])
    second.goto(address)
    assert "4" not in second.locator("figure.graphique").first.locator("tbody").inner_text()
    _mark(second, address, "Les notes de la direction", "Un peu")
    # Both are in: the gap is on screen, the young people's sum too, and their link is closed.
    first.goto(address)
    expect(first.locator("figure.graphique").first.locator("tbody")).to_contain_text("4")
    expect(first.locator("[aria-labelledby=autres]").get_by_text("2 sur 4").first).to_be_visible()
    answer = first.goto(crowd)
    assert answer is not None
    assert answer.status == 404
    for page, said in (
        (first, "Votre signature est notée."),
        (second, "L'évaluation est signée : plus rien n'y change."),
    ):
        page.goto(address)
        follow(page.get_by_role("button", name="Signer pour"))
        expect(page.get_by_text(said)).to_be_visible()
    assert axe(second) == []
    second.get_by_role("link", name="Réunions tenues").click()
    expect(second.get_by_role("heading", name="Réunions tenues")).to_be_visible()
    second.goto(address)
    with second.expect_download() as kept:
        second.get_by_role("link", name="PDF").click()
    assert kept.value.path().read_bytes()[:4] == b"%PDF"


def _mark(page: Page, address: str, form: str, mark: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=form)).to_be_visible()
    for one in page.get_by_role("radio", name=mark).all():
        one.check()
    follow(page.get_by_role("button", name="Garder"))
    expect(page.get_by_text("C'est gardé.")).to_be_visible()


def _young_people_answer(page: Page, address: str, open_page: Callable[..., Page], axe: Axe) -> str:
    page.goto(address)
    page.get_by_text("Demander à un bailleur").click()
    page.get_by_label("À qui").select_option("jeunes")
    follow(page.get_by_role("button", name="Faire un lien"))
    link = page.locator("code").inner_text()
    visitor = open_page("phone")
    for rank in range(5):
        visitor.goto(link)
        if rank == 0:
            assert axe(visitor) == []
            assert visitor.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        for one in visitor.get_by_role("radio", name="Un peu").all():
            one.check()
        follow(visitor.get_by_role("button", name="Répondre"))
        expect(visitor.get_by_text("Merci.")).to_be_visible()
    return link
