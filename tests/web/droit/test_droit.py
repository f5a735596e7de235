"""The law pages: every rule, text and question can be read, by anyone, without an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from maillage.law import catalogue
from maillage.web.droit import presentation
from maillage.web.droit.imported import MAX_BYTES, slug_of, wording_of

PAGES = ["/droit/", "/droit/textes/", "/droit/questions/"]


@pytest.fixture
def texts() -> Iterator[Path]:
    """The folder where an installer places official texts."""
    folder = Path(settings.MAILLAGE_DATA_DIR) / "textes"
    folder.mkdir(parents=True, exist_ok=True)
    yield folder
    for file in folder.iterdir():
        file.unlink()


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_the_law_needs_no_account(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PAGES, "/droit/regles/CASF-L226-2-2/", "/droit/textes/casf-l226-2-2/"])
def test_nothing_is_written_here(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("rule", [rule.id for rule in catalogue.rules()])
def test_every_rule_has_its_page(client: Client, rule: str) -> None:
    page = client.get(f"/droit/regles/{rule}/")
    assert page.status_code == 200
    assert page.context["rule"].id == rule
    assert page.context["rule"].dit in page.context["line"].dit


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/droit/regles/CASF-L999/", "/droit/textes/rien/", "/droit/regles/../"])
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_every_text_has_its_page_and_a_name_of_its_own(client: Client) -> None:
    slugs = [slug_of(article) for article, _ in catalogue.articles()]
    assert len(slugs) == len(set(slugs))
    assert [client.get(f"/droit/textes/{slug}/").status_code for slug in slugs] == [200] * len(slugs)


@pytest.mark.django_db
def test_the_questions_show_both_readings_gain_and_price(client: Client) -> None:
    page = client.get("/droit/questions/").content.decode()
    question = catalogue.question("U-10")
    shown = [text for text in (question.prudente, question.rapport, question.gain, question.prix) if text]
    assert [text for text in shown if _escaped(text) not in page] == []
    assert [q.code for q in catalogue.questions() if f'id="{q.code}"' not in page] == []


@pytest.mark.django_db
def test_an_imported_text_is_shown_whole_and_inert(client: Client, texts: Path) -> None:
    (texts / "casf-l226-2-2.txt").write_text("Texte <script>alert(1)</script> officiel.", encoding="utf-8")
    page = client.get("/droit/regles/CASF-L226-2-2/").content.decode()
    assert "Texte &lt;script&gt;alert(1)&lt;/script&gt; officiel." in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * (MAX_BYTES + 1)])
def test_an_unreadable_or_huge_text_is_left_out(texts: Path, content: bytes) -> None:
    (texts / "casf-l226-2-2.txt").write_bytes(content)
    assert wording_of("casf-l226-2-2") == ""


def test_a_text_read_six_months_ago_or_more_is_flagged() -> None:
    rule = catalogue.rule("CP-434-3")
    assert rule.lu.le == date(2026, 4, 3)
    flags = [
        presentation.reliability_of(rule, on=day).perime for day in (date(2026, 10, 3), date(2026, 10, 4))
    ]
    assert flags == [False, True]


def test_conditions_say_who_may_lift_them() -> None:
    lines = presentation.conditions_of(catalogue.rule("ORIENT-PRIVE"))
    who = {way.qui for line in lines for way in line.ways}
    assert who == {"la personne", "le titulaire de l'autorité parentale", "l'émetteur"}
    assert {line.nature for line in lines} == {"dure", "levable"}


def _escaped(text: str) -> str:
    return text.replace("'", "&#x27;")
