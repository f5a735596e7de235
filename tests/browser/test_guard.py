"""The guard on a real page: it shows, it offers, it stops once, it never blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Enter = Callable[[Page, Any, dict[str, Any]], Page]


@pytest.fixture
def note(open_page: Callable[..., Page], enter_as: Enter, demo_site: Any) -> Page:
    """The page «Noter» of a correspondant de nuit, a place chosen, the free text open."""
    page = open_page("phone")
    enter_as(page, demo_site, demo_site.account("correspondant_de_nuit"))
    page.goto(f"{demo_site.url}/noter/")
    page.locator("input[name=lieu]").first.check()
    page.locator("input[name=categorie]").first.check()
    page.get_by_text("Ajouter un mot, une suite, une heure").click()
    return page


def _save(page: Page) -> None:
    page.locator("button[name=effectif]").nth(2).click()


def test_words_are_shown_and_replaced(note: Page, axe: Callable[[Page], list[list[str]]]) -> None:
    note.fill("#texte", "Vu le jeune Karim, son numéro 06 39 98 12 34")
    panel = note.locator(".guard")
    expect(panel.locator("mark")).to_have_text(["Karim", "06 39 98 12 34"])
    expect(panel).to_contain_text("Une note dit un lieu et un moment\u00a0; elle ne nomme personne.")
    assert axe(note) == []
    note.get_by_role("button", name="un jeune", exact=True).click()
    expect(note.locator("#texte")).to_have_value("Vu un jeune, son numéro 06 39 98 12 34")
    note.get_by_role("button", name="par l'équipe").click()
    expect(note.locator("#texte")).to_have_value("Vu un jeune, son numéro par l'équipe")
    expect(panel).to_be_hidden()
    _save(note)
    expect(note.locator("body")).to_contain_text("Noté.")


def test_it_stops_once_and_never_blocks(note: Page) -> None:
    note.fill("#texte", "Vu Karim")
    _save(note)
    expect(note.locator(".guard mark")).to_have_text(["Karim"])
    expect(note.locator("#texte")).to_have_value("Vu Karim")
    note.get_by_role("button", name="Enregistrer tel quel").click()
    expect(note.locator("body")).to_contain_text("Noté.")


def test_a_second_tap_is_an_answer(note: Page) -> None:
    note.fill("#texte", "Vu Karim")
    _save(note)
    expect(note.locator(".guard mark")).to_have_text(["Karim"])
    _save(note)
    expect(note.locator("body")).to_contain_text("Noté.")


def test_a_clean_note_is_saved_at_once(note: Page) -> None:
    note.fill("#texte", "Groupe calme, rue Jean Jaurès")
    _save(note)
    expect(note.locator("body")).to_contain_text("Noté.")
