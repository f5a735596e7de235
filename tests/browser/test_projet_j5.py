"""Journey J5 in a real browser: the kiosque, from its first signals to the bilan, one page all along."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import follow

Enter = Callable[[Page, Any, dict[str, Any]], Page]
CITY = "lorient"
CONSTAT = "Le même groupe tient le kiosque chaque soir, faute d'un autre lieu."


class Kiosque:
    """The journey's two people, on a demo whose clock starts a month and a half ago."""

    def __init__(self, site: Any, mediator: Page, educator: Page) -> None:
        """Hold both pages."""
        self.site, self.mediator, self.educator = site, mediator, educator
        self.today = datetime.now(ZoneInfo("Europe/Paris")).date()
        self.address = ""

    def on(self, days_ago: int) -> date:
        """Move the demo to six in the evening of that day."""
        day = self.today - timedelta(days=days_ago)
        self.site.set_clock(f"{day.isoformat()}T18:00:00+01:00")
        return day

    def note(self, page: Page, categories: list[str]) -> None:
        """Send notes at the kiosque as the phone does; all must be accepted."""
        token = page.request.get(f"{self.site.url}/api/v1/session").json()["csrf"]
        batch = [{"id": str(uuid4()), "lieu": self.place, "categorie": one} for one in categories]
        answer = page.request.post(
            f"{self.site.url}/api/v1/notes", data=batch, headers={"X-CSRFToken": token}
        ).json()
        assert {one["statut"] for one in answer} == {"cree"}

    def say(self) -> None:
        """Tell the other team about the kiosque, on the screen."""
        page = self.mediator
        page.goto(f"{self.site.url}/dire/")
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
        chosen = page.locator("label", has_text="Kiosque, Bois du Château").locator("[name=lieu]")
        self.place = str(chosen.get_attribute("value"))
        chosen.check()
        for name, value in (("creneau", "soiree"), ("effectif", "5_9"), ("categorie", "regroupement")):
            page.locator(f'[name={name}][value="{value}"]').first.check()
        follow(page.get_by_role("button", name="Envoyer"))
        expect(page.locator("#annonces")).not_to_be_empty()

    def open(self, page: Page) -> Page:
        """Open the project's page."""
        page.goto(self.address)
        return page


@pytest.fixture
def kiosque(demo_site: Any, open_page: Callable[..., Page], enter_as: Enter) -> Iterator[Kiosque]:
    pages = [
        enter_as(open_page("phone"), demo_site, demo_site.account(role, partenariat=CITY))
        for role in ("mediateur", "educateur")
    ]
    yield Kiosque(demo_site, *pages)
    (demo_site.data / "clock").unlink(missing_ok=True)


def test_the_kiosque_of_bois_du_chateau(kiosque: Kiosque, axe: Callable[[Page], list[list[str]]]) -> None:
    _signals_then_a_finding(kiosque)
    _nothing_before_the_second_signature(kiosque)
    _only_who_agrees_takes_part(kiosque)
    _hours_and_money_to_the_cent(kiosque)
    _a_photo_without_anyone(kiosque)
    _the_place_before_and_after(kiosque, axe)


def _signals_then_a_finding(of: Kiosque) -> None:
    of.on(45)
    of.say()
    of.on(44)
    of.say()
    of.note(of.mediator, ["regroupement"] * 4)
    of.note(of.educator, ["regroupement"] * 2)
    of.on(43)
    page = of.mediator
    page.goto(f"{of.site.url}/projets/nouveau/?lieu={of.place}")
    assert page.locator("[name=lieu]").input_value() == of.place
    page.locator("[name=titre]").fill("Le kiosque repeint par ceux qui y sont")
    page.locator("[name=genre]").select_option("chantier_educatif")
    page.locator("[name=constat]").fill(CONSTAT)
    page.locator("[name=finalite]").fill("Le rénover avec six jeunes, payer la peinture par un barbecue.")
    follow(page.get_by_role("button", name="Proposer et signer"))
    expect(page.locator(".badge").first).to_have_text("Proposé")
    of.address = page.url
    said = page.locator("section", has=page.locator("#signal")).inner_text()
    counts = re.search(r"(\d+) nouvelles? de ce lieu .* (\d+) notes? de passage", said)
    assert counts is not None
    assert int(counts[1]) >= 2
    assert int(counts[2]) >= 6


def _nothing_before_the_second_signature(of: Kiosque) -> None:
    expect(of.mediator.get_by_text("Il manque la signature de l'autre métier.")).to_be_visible()
    assert of.mediator.get_by_role("button", name="Commencer").count() == 0
    page = of.open(of.educator)
    expect(page.get_by_text(CONSTAT)).to_be_visible()
    page.get_by_role("button", name=re.compile("Signer ce constat")).click()
    expect(page.locator(".badge").first).to_have_text("Décidé à deux")


def _only_who_agrees_takes_part(of: Kiosque) -> None:
    page = of.educator
    for _ in range(6):
        follow(page.get_by_role("button", name="Inscrire", exact=True))
        expect(page.locator("#annonces")).to_contain_text("Inscription notée")
    names = page.get_by_role("button", name="Retirer").locator("xpath=../..").locator(".title")
    inside = names.all_inner_texts()
    assert len(set(inside)) == 6
    shown = of.open(of.mediator).locator("main").inner_text()
    assert [name for name in inside if name in shown] == []
    expect(of.mediator.locator("dt", has_text="Jeunes inscrits").locator("+ dd")).to_have_text("6")
    _who_has_not_agreed_stays_out(of)


def _who_has_not_agreed_stays_out(of: Kiosque) -> None:
    page = of.educator
    page.goto(f"{of.site.url}/accompagnements/nouveau/")
    page.locator("[name=pseudonyme]").fill("Merle")
    page.locator("[name=tranche_age]").first.check()
    page.locator("[name=origine]").first.check()
    follow(page.get_by_role("button", name="Ouvrir", exact=True))
    found = re.search(r"accompagnements/([0-9a-f-]{36})", page.url)
    assert found is not None
    of.open(page)
    assert page.locator(f'#qui option[value="{found[1]}"]').count() == 0
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = page.request.post(
        f"{of.address}inscrire/",
        form={"csrfmiddlewaretoken": token, "accompagnement": found[1]},
        headers={"Referer": of.address},
    )
    assert (answer.status, "donné son adhésion" in answer.text()) == (409, True)


def _hours_and_money_to_the_cent(of: Kiosque) -> None:
    """By hand: 15 h and 7 h 15 at 12,02 € make 180,30 and 87,15 (87,145); 347,35 in, 62,18 out."""
    start = of.on(40)
    page = of.open(of.mediator)
    page.locator("form[action$='/commencer/'] [name=le]").fill(start.isoformat())
    follow(page.get_by_role("button", name="Commencer"))
    for days, hours in ((39, "15"), (38, "7,25")):
        day = of.on(days)
        _unfold(page, "Noter une séance")
        form = page.locator("form[action$='/seances/']")
        form.locator("[name=le]").fill(day.isoformat())
        for box in form.locator("[name=services]").all():
            box.check()
        form.locator("[name=heures]").fill(hours)
        form.locator("[name=taux]").fill("12,02")
        follow(form.get_by_role("button", name="Noter", exact=True))
        expect(page.locator("#annonces")).to_contain_text("C'est noté")
    for what, said, amount in (("recette", "Barbecue", "347,35"), ("materiel", "Peinture", "62,18")):
        _unfold(page, "Ajouter une ligne")
        form = page.locator("form[action$='/budget/']")
        form.locator("[name=poste]").select_option(what)
        form.locator("[name=libelle]").fill(said)
        form.locator("[name=realise]").fill(amount)
        follow(form.get_by_role("button", name="Ajouter", exact=True))
        expect(page.locator("#annonces")).to_contain_text("C'est noté")
    money = page.locator("section", has=page.locator("#argent")).inner_text().replace("\u202f", " ")
    for said in ("Recettes\n347,35 €", "Dépenses\n62,18 €", "Paie des jeunes\n267,45 €", "Solde\n17,72 €"):
        assert said in money


def _a_photo_without_anyone(of: Kiosque) -> None:
    """A photo is kept once someone says that nobody is on it; the other team sees it too."""
    page, taken = of.mediator, io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(taken, "PNG")
    _unfold(page, "Ajouter une photo")
    form = page.locator("form[action$='/photos/']")
    form.locator("[name=image]").set_input_files(
        {"name": "kiosque.png", "mimeType": "image/png", "buffer": taken.getvalue()}
    )
    form.locator("[name=moment]").select_option("apres")
    form.locator("[name=legende]").fill("Le kiosque repeint")
    follow(form.get_by_role("button", name="Ajouter", exact=True))
    expect(page.get_by_text("ne se garde pas ici")).to_be_visible()
    form.locator("[name=image]").set_input_files(
        {"name": "kiosque.png", "mimeType": "image/png", "buffer": taken.getvalue()}
    )
    form.get_by_text("personne ne s'y reconnaît").click()
    follow(form.get_by_role("button", name="Ajouter", exact=True))
    seen = of.open(of.educator).get_by_role("img", name="Le kiosque repeint")
    expect(seen).to_be_visible()
    seen.scroll_into_view_if_needed()
    expect(seen).to_have_js_property("naturalWidth", 640)


def _the_place_before_and_after(of: Kiosque, axe: Callable[[Page], list[list[str]]]) -> None:
    day = of.on(20)
    page = of.open(of.mediator)
    _unfold(page, "Terminer le projet")
    form = page.locator("form[action$='/terminer/']")
    form.locator("[name=le]").fill(day.isoformat())
    form.locator("[name=bilan]").fill("Le kiosque est repeint, des habitants s'y arrêtent.")
    follow(form.get_by_role("button", name="Terminer", exact=True))
    expect(page.locator(".badge").first).to_have_text("Terminé")
    of.on(10)
    of.note(of.mediator, ["rien_a_signaler"] * 8 + ["regroupement"] * 2)
    of.open(page)
    rows = page.locator("table", has_text="Le lieu, avant et après").locator("tbody tr")
    assert rows.count() == 2
    for row in rows.all():
        expect(row.locator("td").nth(1)).to_have_text(re.compile(r"^\d+ %$"))
    expect(page.get_by_text("ne prouve pas que le projet en est la cause")).to_be_attached()
    assert axe(page) == []
    with page.expect_download() as given:
        page.get_by_role("link", name="Bilan en PDF").click()
    assert given.value.path().read_bytes().startswith(b"%PDF")


def _unfold(page: Page, words: str) -> None:
    fold = page.locator("details", has=page.locator("summary", has_text=words))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
