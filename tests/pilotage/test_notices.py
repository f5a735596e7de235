"""The papers handed to people: two duties, from the service as it is, plain when said so."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from maillage.base import clock
from maillage.directory.models import Service
from maillage.documents.content import Bullets, Document, Paragraph
from maillage.documents.pdf import render_document
from maillage.operations.durees import ACCOMPAGNEMENT, ECHANGE
from maillage.operations.models import Conservation
from maillage.pilotage.dpo.mots import write_word
from maillage.pilotage.dpo.notices import (
    NOTICES,
    data_notice,
    easy_notice,
    notices_of,
    read_service,
    sharing_notice,
    spoken,
)
from tests.cast import Cast
from tests.door import acteur

ASKED_BY_LAW = (
    "fondement", "gardé", "D'où cela vient", "Qui peut le lire", "Combien de temps", "CNIL", "machine",
    "Union européenne", "opposer", "corriger", "effacer", "suspende",
)  # fmt: skip
VOWELS = re.compile(r"[aeiouyàâéèêëîïôöùûü]+", re.IGNORECASE)


def text_of(document: Document) -> str:
    """Return the words of a paper."""
    lines = [document.title, document.subtitle]
    for block in document.blocks:
        match block:
            case Paragraph(text, _):
                lines.append(text)
            case Bullets(items, _):
                lines += items
            case _:
                lines.append(getattr(block, "text", ""))
    return "\n".join(lines)


def sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence."""
    found = [re.findall(r"[\w'’]+", one) for one in re.split(r"[.?!:\n]+", text)]
    return [words for words in found if words]


def ease(text: str) -> float:
    """Return Kandel and Moles' score for French: 100 is read at ten, 70 at thirteen, 30 by few."""
    said = sentences(text)
    words = [word for one in said for word in one]
    syllables = sum(max(1, len(VOWELS.findall(word.rstrip("es") or word))) for word in words)
    return 207 - 1.015 * len(words) / len(said) - 73.6 * syllables / len(words)


def test_the_paper_says_who_it_is_today(cast: Cast) -> None:
    said = text_of(data_notice(read_service(cast.relais)))
    for part in ("Le Relais", "Association Le Relais", "Villeneuve", "ALM, La Nuit", "6-1-e", "habilitation"):
        assert part in said, part
    cast.relais.titres.update(fin=clock.today() - timedelta(days=1))
    cast.ici.participations.filter(service=cast.services["nuit"]).update(
        fin=clock.today() - timedelta(days=1)
    )
    later = text_of(data_notice(read_service(cast.relais)))
    assert ("La Nuit" in later, "6-1-f" in later, "habilitation" in later) == (False, True, False)


def test_every_thing_the_law_asks_to_say_is_said(cast: Cast) -> None:
    for service in (cast.relais, cast.alm):
        said = text_of(data_notice(read_service(service)))
        for part in ASKED_BY_LAW:
            assert part in said, (service, part)


def test_the_officer_s_words_say_where_to_write(cast: Cast) -> None:
    assert "À compléter" in text_of(data_notice(read_service(cast.alm)))
    write_word(by=acteur(cast.dpo), partenariat=cast.ici, cle="accord.contact", texte="dpo@exemple.invalid")
    said = text_of(data_notice(read_service(cast.alm)))
    assert ("dpo@exemple.invalid" in said, "À compléter" in said) == (True, False)
    assert "dpo@exemple.invalid" not in text_of(data_notice(read_service(cast.prevention_sud)))


def test_the_other_duty_is_another_paper(cast: Cast) -> None:
    sharing = text_of(sharing_notice(read_service(cast.relais)))
    found = ["226-2-2" in sharing, "RGPD" in sharing, "pas une demande d'accord" in sharing]
    assert found == [True, False, True]
    assert "226-2-2" not in text_of(data_notice(read_service(cast.relais)))
    assert [code for code, _ in notices_of(cast.alm)] == ["donnees", "facile"]
    assert [code for code, _ in notices_of(cast.relais)] == ["donnees", "facile", "partage"]


def test_a_shorter_term_is_the_one_said(cast: Cast) -> None:
    Conservation.objects.create(genre=ACCOMPAGNEMENT, mois=18, depuis=clock.today())
    Conservation.objects.create(genre=ECHANGE, mois=36, depuis=clock.today())
    known = read_service(cast.relais)
    full, easy = text_of(data_notice(known)), text_of(easy_notice(known))
    assert ("18 mois après" in full, "trois ans" in full, "18 mois après" in easy) == (True, True, True)
    assert [spoken(months) for months in (12, 24, 72)] == ["un an", "deux ans", "six ans"]


@pytest.mark.parametrize("name", ["relais", "alm"])
def test_the_easy_paper_is_read_at_eleven(cast: Cast, name: str) -> None:
    service: Service = cast.services[name]
    easy, full = (text_of(make(read_service(service))) for make in (easy_notice, data_notice))
    assert max(len(words) for words in sentences(easy)) <= 12
    assert ease(easy) >= 95 > ease(full)
    long = {word for words in sentences(easy) for word in words if len(word) > 9} - {"Association"}
    assert long == set()


@pytest.mark.parametrize("code", NOTICES)
def test_each_is_made_on_few_pages(cast: Cast, code: str) -> None:
    _, make = NOTICES[code]
    pages = PdfReader(BytesIO(render_document(make(read_service(cast.relais), mention="Essai")))).pages
    assert len(pages) <= (1 if code != "donnees" else 2)
    assert all("Essai" in page.extract_text() for page in pages)
