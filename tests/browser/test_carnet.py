"""The notebook in a real telephone browser: network cut, browser killed, nothing lost, nothing readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from maillage.bench.offline import CHARACTER, PLACES, TAP, evening
from tests.campaign.storm import storm
from tests.carnet_site import CODE, CarnetSite, Telephone, carnet_site, saved, until_empty

CANARY = "canari-7f3k9"
HIDDEN_CHOICES = """() => {
  const edges = [...document.querySelectorAll(".carnet-tete, #barre nav")];
  const bands = edges.map((one) => one.getBoundingClientRect());
  const found = new Set();
  for (let y = 0; y < document.body.scrollHeight; y += 80) {
    window.scrollTo({ top: y, behavior: "instant" });
    for (const one of document.querySelectorAll(".note-form label, .note-form button")) {
      const box = one.getBoundingClientRect(), at = (box.top + box.bottom) / 2;
      if (!one.checkVisibility() || at < bands[0].bottom || at > bands[1].top) continue;
      if (!one.contains(document.elementFromPoint(box.left + box.width / 2, at))) found.add(one.textContent);
    }
  }
  window.scrollTo({ top: 0, behavior: "instant" });
  return [...found];
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CarnetSite]:
    """One installation for the module; each test uses a telephone of its own."""
    with carnet_site(tmp_path_factory.mktemp("carnet")) as made:
        yield made


@pytest.fixture
def telephone(site: CarnetSite, driver: Playwright, tmp_path: Path) -> Iterator[Telephone]:
    """A telephone whose browser starts empty."""
    made = Telephone(driver, site, tmp_path / "profil")
    made.start()
    yield made
    made.kill()
    if site.server is None:
        site.start()


def traces(profile: Path, word: str) -> list[str]:
    """Return the files of a browser's profile that hold a word, in any usual encoding."""
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    files = (path for path in profile.rglob("*") if path.is_file() and not path.is_symlink())
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.mark.requirement("S-26")
def test_a_night_without_network_and_a_browser_killed(
    site: CarnetSite, telephone: Telephone, axe: Any
) -> None:
    page = telephone.unlock()
    before = set(site.notes())
    page.click("label:has-text('Hall 4')")
    assert axe(page) == []
    announced = [saved(page, ".ras")]
    until_empty(page)
    site.stop()
    page.click("label:has-text('Regroupement')")
    announced.append(saved(page, "[data-effectif='5_9']", CANARY))
    expect(page.locator("#attente")).to_contain_text("1 note attend depuis")
    assert CANARY not in page.content()
    telephone.kill()
    assert traces(telephone.profile, CANARY) == []
    assert traces(telephone.profile, "maillage-carnet") != []
    page = telephone.start()
    page.goto(telephone.url())
    page.wait_for_selector("[data-poste]")
    expect(page.locator("#verrou-attente")).to_contain_text("1 note attend, scellée, depuis")
    page.click(f"[data-poste='{site.known['nadia']}']")
    page.fill("#code", CODE)
    page.wait_for_selector(".ras")
    page.click("label:has-text('Gare')")
    announced.append(saved(page, ".ras"))
    page.click("[data-onglet=soir]")
    expect(page.locator("[data-envoi]")).to_have_count(2)
    assert CANARY not in page.content()
    assert axe(page) == []
    site.start()
    page.evaluate("void window.dispatchEvent(new Event('online'))")
    until_empty(page)
    assert sorted(set(site.notes()) - before) == sorted(announced)


@pytest.mark.requirement("S-26")
def test_what_is_being_typed_is_in_no_file_of_the_browser(site: CarnetSite, telephone: Telephone) -> None:
    """A browser keeps what is typed, to show it again after a fall: an ordinary field is the witness."""
    page = telephone.unlock()
    page.evaluate("document.querySelector('#mot').closest('details').open = true")
    page.locator("#mot").press_sequentially(CANARY)
    ordinary = page.context.new_page()
    ordinary.goto("data:text/html,<form><textarea id=champ></textarea></form>")
    ordinary.locator("#champ").press_sequentially("temoin-9z4")
    for turn in range(60):
        (page, ordinary)[turn % 2].bring_to_front()
        page.wait_for_timeout(1000)
        if traces(telephone.profile, "temoin-9z4"):
            break
    telephone.kill()
    assert traces(telephone.profile, "temoin-9z4") != []
    assert traces(telephone.profile, CANARY) == []


@pytest.mark.requirement("S-27")
def test_a_stale_token_is_asked_again_and_the_note_leaves(site: CarnetSite, telephone: Telephone) -> None:
    page = telephone.unlock()
    page.click("label:has-text('Hall 4')")
    page.context.clear_cookies(name="csrftoken")
    with page.expect_response(lambda answer: "/carnet/envoyer/" in answer.url) as refused:
        note = saved(page, ".ras")
    assert refused.value.status == 403
    until_empty(page)
    assert note in site.notes()


def test_wrong_digits_open_nothing_and_lose_nothing(site: CarnetSite, telephone: Telephone) -> None:
    page = telephone.unlock()
    site.stop()
    page.click("label:has-text('Hall 4')")
    saved(page, ".ras")
    page.reload()
    page.click(f"[data-poste='{site.known['nadia']}']")
    page.fill("#code", "735291")
    page.wait_for_selector(".form-errors:not([hidden])")
    assert page.locator("#barre nav").count() == 0
    page.fill("#code", CODE)
    page.wait_for_selector("#barre nav")
    expect(page.locator("#attente")).to_have_attribute("data-attente", "1")


def test_a_colleague_on_the_same_telephone_neither_sends_nor_reads(
    site: CarnetSite, telephone: Telephone
) -> None:
    page = telephone.unlock("nadia")
    site.stop()
    page.click("label:has-text('Hall 4')")
    mine = saved(page, ".ras", "canari-9d2w")
    site.start()
    page = telephone.unlock("karim")
    page.wait_for_timeout(1500)
    assert mine not in site.notes()
    page.click("[data-onglet=soir]")
    page.wait_for_selector("h1:has-text('Ce soir')")
    assert page.locator("[data-envoi]").count() == 0
    assert "canari-9d2w" not in page.content()
    page = telephone.unlock("nadia")
    until_empty(page)
    assert mine in site.notes()


def test_undo_takes_back_what_has_not_left(site: CarnetSite, telephone: Telephone) -> None:
    page = telephone.unlock()
    site.stop()
    page.click("label:has-text('Hall 4')")
    gone = saved(page, ".ras")
    page.click("#annonces button")
    page.wait_for_selector("#annonces :text('Annulé.')")
    kept = saved(page, ".ras")
    site.start()
    page.evaluate("void window.dispatchEvent(new Event('online'))")
    until_empty(page)
    assert [gone in site.notes(), kept in site.notes()] == [False, True]


def test_a_correction_keeps_what_was_ticked_and_when_it_was_seen(
    site: CarnetSite, telephone: Telephone
) -> None:
    page = telephone.unlock()
    page.evaluate("document.querySelectorAll('#contenu details').forEach((fold) => { fold.open = true })")
    page.click("label:has-text('Hall 4')")
    page.click("label:has-text('Regroupement')")
    for value in ("suite", "public"):
        page.locator(f"input[name={value}]").nth(1).check(force=True)
    first = saved(page, "[data-effectif='5_9']")
    until_empty(page)
    page.click("[data-onglet=soir]")
    page.click("li:has-text('5 à 9') >> text='Corriger'")
    second = saved(page, "[data-effectif='10_19']")
    until_empty(page)
    query = "SELECT suites, publics, observee_le, effectif FROM main_courante_note WHERE id = ?"
    before, after = (site.rows(query, pk)[0] for pk in (first, second))
    assert after[:3] == before[:3]
    assert "[]" not in before[:2]
    assert (before[3], after[3]) == ("5_9", "10_19")


def test_what_is_being_written_outlives_another_screen_and_a_correction_can_be_left(
    site: CarnetSite, telephone: Telephone
) -> None:
    page = telephone.unlock()
    page.click("label:has-text('Hall 4')")
    saved(page, ".ras")
    until_empty(page)
    page.click("[data-onglet=dire]")
    page.evaluate("document.querySelectorAll('#contenu details').forEach((fold) => { fold.open = true })")
    page.fill("#mot", "vers minuit")
    page.click("[data-onglet=sortie]")
    page.click("#partir")
    page.click("summary:has-text('Laisser une consigne')")
    page.fill("#mot", "repasser tôt")
    page.click("#fin-de-sortie")
    page.wait_for_selector("#partir")
    expect(page.locator("#mot")).to_have_value("repasser tôt")
    page.click("[data-onglet=dire]")
    expect(page.locator("#mot")).to_have_value("vers minuit")
    page.click("[data-onglet=soir]")
    page.click("text='Corriger' >> nth=0")
    page.click("#ne-plus-corriger")
    note = saved(page, ".ras")
    until_empty(page)
    assert site.rows("SELECT corrige_id FROM main_courante_note WHERE id = ?", note) == [(None,)]


def test_what_was_just_saved_covers_no_choice_and_moves_nothing(
    site: CarnetSite, telephone: Telephone
) -> None:
    page = telephone.unlock()
    page.click("label:has-text('Hall 4')")
    page.click("label:has-text('Regroupement')")
    head = page.locator(".carnet-tete").bounding_box()
    saved(page, "[data-effectif='20_plus']")
    assert page.locator(".carnet-tete").bounding_box() == head
    assert page.evaluate("scrollY") == 0
    assert page.evaluate(HIDDEN_CHOICES) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.click("[data-onglet=soir]")
    page.wait_for_selector("h1:has-text('Ce soir')")


def test_danger_numbers_show_without_a_network_and_lose_nothing(
    site: CarnetSite, telephone: Telephone, axe: Any
) -> None:
    page = telephone.unlock()
    page.click("label:has-text('Hall 4')")
    page.click("label:has-text('Regroupement')")
    site.stop()
    page.click(".topbar .btn-danger")
    called = page.locator("#danger a[href^='tel:']")
    assert called.evaluate_all("links => links.map(one => one.getAttribute('href'))") == [
        f"tel:{number}" for number in ("119", "17", "15", "18", "112")
    ]
    assert called.first.is_visible()
    assert axe(page) == []
    page.click("text='Revenir au carnet'")
    expect(page.locator("input[name=categorie]:checked")).to_have_count(1)


@pytest.mark.requirement("S-27")
def test_two_tabs_send_each_note_once(site: CarnetSite, telephone: Telephone) -> None:
    page = telephone.unlock()
    other = page.context.new_page()
    other.goto(telephone.url())
    other.click(f"[data-poste='{site.known['nadia']}']")
    other.fill("#code", CODE)
    other.wait_for_selector("#barre nav")
    before = set(site.notes())
    site.stop()
    announced = []
    for turn in range(6):
        tab = (page, other)[turn % 2]
        tab.click("label:has-text('Gare')")
        announced.append(saved(tab, ".ras"))
    site.start()
    for tab in (page, other):
        tab.evaluate("void window.dispatchEvent(new Event('online'))")
    for tab in (page, other):
        until_empty(tab)
    assert sorted(set(site.notes()) - before) == sorted(announced)
    numbers = site.rows("SELECT appareil, compteur FROM main_courante_note WHERE appareil != ''")
    assert len(numbers) == len(set(numbers))


@pytest.mark.requirement("S-27")
def test_a_full_telephone_keeps_the_note_on_screen_and_says_so(
    site: CarnetSite, telephone: Telephone
) -> None:
    page = telephone.unlock()
    page.click("label:has-text('Hall 4')")
    site.stop()
    page.evaluate(
        "void (IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') })"
    )
    note = saved(page, ".ras")
    expect(page.locator("#annonces")).to_contain_text("Plus de place")
    site.start()
    page.evaluate("void window.dispatchEvent(new Event('online'))")
    until_empty(page)
    assert note in site.notes()


def test_an_hour_that_goes_back_is_set_right(site: CarnetSite, telephone: Telephone) -> None:
    page = telephone.unlock()
    page.click("label:has-text('Hall 4')")
    page.evaluate("void (Date.now = (real => () => real() - 3 * 86400000)(Date.now))")
    note = saved(page, ".ras")
    until_empty(page)
    rows = site.rows(
        "SELECT (julianday(recue_le) - julianday(observee_le)) FROM main_courante_note WHERE id = ?", note
    )
    assert abs(rows[0][0]) < 1 / 24


def test_an_expired_shift_keeps_everything_until_the_digits_are_typed_again(
    site: CarnetSite, telephone: Telephone
) -> None:
    page = telephone.unlock()
    page.click("label:has-text('Hall 4')")
    site.execute("UPDATE comptes_ouverturecarnet SET fermee_le = ouverte_le")
    note = saved(page, ".ras")
    page.wait_for_selector("#attente:has-text('rouvrez le carnet')")
    assert note not in site.notes()
    page.click("#fermer")
    page.wait_for_selector("[data-poste]")
    page = telephone.unlock()
    until_empty(page)
    assert note in site.notes()


def test_it_locks_itself(site: CarnetSite, telephone: Telephone) -> None:
    assert telephone.page is not None
    page = telephone.page
    page.route(
        "**/carnet/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace('data-verrou="300"', 'data-verrou="2"'),
        ),
    )
    telephone.unlock()
    page.wait_for_selector("[data-poste]", timeout=30_000)
    assert page.locator("#barre nav").count() == 0


def test_an_evening_of_twelve_notes_takes_six_minutes_of_a_thumb(
    site: CarnetSite, telephone: Telephone
) -> None:
    page = telephone.unlock()
    before = len(site.notes())
    taps, characters = evening(page, PLACES)
    until_empty(page)
    assert len(site.notes()) - before == 12
    assert taps * TAP + characters * CHARACTER <= 360


def test_the_first_load_is_light(site: CarnetSite, telephone: Telephone) -> None:
    assert telephone.page is not None
    page, weights = telephone.page, []
    page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    page.goto(telephone.url())
    page.wait_for_selector("[data-poste]")
    for _ in range(100):
        if len(weights) >= 5:
            break
        page.wait_for_timeout(100)
    assert len(weights) >= 5
    assert sum(weights) <= 150_000


@pytest.mark.requirement("S-27")
def test_five_kills_and_fifty_notes_behind_a_hostile_network(
    site: CarnetSite, driver: Playwright, tmp_path: Path
) -> None:
    outcome = storm(site, driver, tmp_path, kills=5, notes=10, seed=3)
    assert outcome.faults() == []
    assert (outcome.kills, outcome.gestures) == (5, 50)
    assert sum(outcome.network.values()) > 10
