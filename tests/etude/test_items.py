"""The report as data: enough items, well formed, pointing where they say, in our own words."""

import os
import re
import unicodedata
from pathlib import Path

import pytest

from maillage.etude.ecrans import ECRANS, PREFIXES
from maillage.etude.enums import Nature, Ville
from maillage.etude.items import SECTIONS, fingerprints, items, items_about, items_of
from maillage.etude.pratiques import pratiques
from maillage.etude.rapport import Passage, cut
from maillage.law import catalogue

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "report.md"
_GIVEN = Path(os.environ.get("MAILLAGE_RAPPORT") or _BESIDE)
_STUDIED = re.compile(r"^(4|5|6|7|8|9|10)[a-f]?$")


@pytest.fixture(scope="module")
def report() -> list[Passage]:
    """The report's passages; without the report, the test says so and is skipped."""
    if not _GIVEN.is_file():
        pytest.skip(
            "RAPPORT ABSENT : pointeurs non vérifiés (donner MAILLAGE_RAPPORT ou ../shared/report.md)"
        )
    return cut(_GIVEN.read_text(encoding="utf-8"))


def test_there_are_more_items_than_asked_and_identifiers_are_unique() -> None:
    assert len(items()) == 224
    assert len({i.id for i in items()}) == len(items())


def test_every_item_works_somewhere_or_says_why_not() -> None:
    for one in items():
        assert one.ecran or one.droit, one.id
        room, _, name = one.ecran.partition(":")
        assert one.ecran in ECRANS or (room in PREFIXES and name) or not one.ecran, one.id


def test_links_to_sheets_cities_and_rules_lead_to_one_that_exists() -> None:
    sheets, cities = {p.cle for p in pratiques()}, {str(v) for v in Ville}
    rules = {rule.id for rule in catalogue.rules()}
    for one in items():
        room, _, name = one.ecran.partition(":")
        assert room != "pratique" or name in sheets, one.id
        assert room != "ville" or name in cities, one.id
        assert room != "regle" or name in rules, one.id


def test_every_kind_of_statement_and_every_city_is_there() -> None:
    assert {i.nature for i in items()} == set(Nature)
    assert all(len(items_about(ville)) >= 10 for ville in Ville)


def test_a_chapter_number_gathers_its_sections() -> None:
    assert {i.section for i in items_of("9")} == {"9a", "9b", "9c", "9d", "9e", "9f"}
    assert {i.section for i in items_of("10")} == {"10", "10a", "10b", "10c", "10d"}
    assert {i.section for i in items_of("1")} == {"1"}


def test_every_pointer_stands_in_the_report(report: list[Passage]) -> None:
    found = {f"{p.section}.{p.paragraphe}": p.empreinte for p in report}
    assert {key: found.get(key) for key in fingerprints()} == dict(fingerprints())
    assert {f"{i.section}.{i.paragraphe}" for i in items()} == set(fingerprints())


def test_every_section_and_paragraph_of_chapters_4_to_10_has_an_item(report: list[Passage]) -> None:
    pointed = {(i.section, i.paragraphe) for i in items()}
    asked = {(p.section, p.paragraphe) for p in report if _STUDIED.match(p.section)}
    assert len(asked) == 77
    assert asked - pointed == set()
    assert {section for section, _ in asked} == {s for s in SECTIONS if _STUDIED.match(s)}


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def test_no_item_copies_the_report(report: list[Passage]) -> None:
    size = 9
    words = _words(" ".join(p.texte for p in report))
    said = {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}
    for one in items():
        ours = _words(f"{one.dit} {one.droit}")
        copied = [w for i in range(len(ours) - size + 1) if tuple(w := ours[i : i + size]) in said]
        # The full title of a code is its name, not a sentence.
        assert [c for c in copied if "code de l action sociale" not in " ".join(c)] == [], one.id


def test_no_person_thanked_by_the_report_is_named_in_the_study(report: list[Passage]) -> None:
    thanked = [p.texte for p in report if p.section in ("remerciements", "contact")]
    surnames = {
        match
        for line in thanked
        for match in re.findall(r"^(?:M\.|Mme|[A-Z](?:-[A-Z])?\.|[A-Z][a-zé]+) ((?:Le )?[A-Z][\w-]+),", line)
    }
    assert len(surnames) >= 18
    folder = Path(__file__).resolve().parents[2] / "src" / "maillage" / "etude"
    written = set(
        _words(" ".join(f.read_text("utf-8") for f in sorted(folder.rglob("*.*")) if f.suffix != ".pyc"))
    )
    assert {name for name in surnames if set(_words(name)) <= written} == set()
