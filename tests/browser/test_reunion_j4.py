"""Journey J4 in a real browser: the six weeks' meeting, its guest, its minutes, the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import follow

Axe = Callable[[Page], list[list[str]]]
Enter = Callable[[Page, Any, dict[str, Any]], Page]


def _plan(page: Page, day: date) -> None:
    page.get_by_text("Prévoir une rencontre").click()
    page.get_by_label("Quelle rencontre").select_option("periodique")
    page.get_by_label("Le jour", exact=True).first.fill(day.isoformat())
    page.get_by_label("L'heure").first.fill("14:00")
    follow(page.get_by_role("button", name="Prévoir", exact=True))


def test_the_six_weeks_meeting(
    demo_site: Any, open_page: Callable[..., Page], enter_as: Enter, axe: Axe
) -> None:
    chief = demo_site.account("chef_de_service", partenariat="larochelle")
    page = enter_as(open_page("desktop"), demo_site, chief)
    page.goto(f"{demo_site.url}/reunions/")
    follow(page.locator("#prochaine ~ p a"))
    expect(page.get_by_role("heading", name="L'ordre du jour")).to_be_visible()
    expect(page.get_by_role("heading", name="Décisions à reprendre")).to_be_visible()
    assert axe(page) == []
    meeting = page.url
    _guest_reads_places_only(page, open_page)
    page.goto(meeting)
    _postpone_and_see_it(page)
    try:
        demo_site.set_clock(f"{(_today() + timedelta(days=1)).isoformat()}T16:00:00")
        _hold_decide_and_lock(enter_as(page, demo_site, chief), meeting, axe)
        _the_next_keeps_the_rhythm(page, demo_site)
    finally:
        (demo_site.data / "clock").unlink(missing_ok=True)


def _guest_reads_places_only(page: Page, open_page: Callable[..., Page]) -> None:
    names = page.locator("[aria-labelledby=nommes] li").all_inner_texts()
    page.get_by_text("Inviter un bailleur").click()
    page.get_by_label("La structure invitée").fill("Bailleur")
    follow(page.get_by_role("button", name="Faire un lien"))
    guest = open_page("phone")
    guest.goto(page.locator("code").inner_text())
    expect(guest.get_by_role("heading", name="Ordre du jour")).to_be_visible()
    said = guest.locator("main").inner_text()
    assert [name for name in names if name.split(" : ")[0] in said] == []
    assert "rientation" not in said


def _postpone_and_see_it(page: Page) -> None:
    page.get_by_text("Reporter", exact=True).first.click()
    shown = page.locator("form[action$='/reporter/']")
    shown.get_by_label("Le jour").fill((_today() + timedelta(days=1)).isoformat())
    shown.get_by_label("L'heure").fill("14:00")
    follow(shown.get_by_role("button", name="Reporter"))
    expect(page.get_by_text("Reportée du").first).to_be_visible()


def _hold_decide_and_lock(page: Page, meeting: str, axe: Axe) -> None:
    held = _today() + timedelta(days=1)
    page.goto(meeting)
    page.locator("[name^=present-]").first.fill("2")
    follow(page.get_by_role("button", name="C'est noté"))
    page.get_by_label("Ce qui s'est dit").fill("Tour des lieux.")
    follow(page.get_by_role("button", name="Garder le brouillon"))
    page.get_by_text("Noter une décision").click()
    form = page.locator("form[action$='/decider/']")
    form.get_by_label("La décision").fill("Passer ensemble au kiosque")
    form.get_by_label("Pour le").fill((held + timedelta(days=14)).isoformat())
    follow(form.get_by_role("button", name="Noter la décision"))
    expect(page.get_by_text("Passer ensemble au kiosque")).to_be_visible()
    assert axe(page) == []
    follow(page.get_by_role("button", name="Verrouiller cette version"))
    expect(page.get_by_text("Version 1, verrouillée")).to_be_visible()


def _the_next_keeps_the_rhythm(page: Page, site: Any) -> None:
    held = _today() + timedelta(days=1)
    page.goto(f"{site.url}/reunions/")
    _plan(page, held + timedelta(weeks=6, days=1))
    expect(page.get_by_text(f"le {held + timedelta(weeks=6):%d/%m/%Y} au plus tard")).to_be_visible()
    page.goto(f"{site.url}/reunions/")
    _plan(page, held + timedelta(weeks=6))
    expect(page.get_by_text("C'est prévu.")).to_be_visible()


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Paris")).date()
