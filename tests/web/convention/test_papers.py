"""A direction publishes a charter; convention and charters come out as DOCX and PDF, to members only."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from docx import Document as open_docx
from pypdf import PdfReader

from maillage.base import clock
from maillage.conventions.actions import (
    open_workshop,
    propose_clause,
    publish_charter,
    settle_text,
    sign_charter,
    sign_convention,
    vote_clause,
)
from maillage.conventions.actions.atelier import Wording
from maillage.conventions.enums import GenreCharte, OrigineClause
from maillage.conventions.models import Charte
from tests.cast import Cast, Membre
from tests.door import acteur

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
WRITE, PAGE = "/convention/ici/charte-deontologie/", "/convention/ici/"
FILES = ("convention.docx", "convention.pdf", "charte-deontologie.docx", "charte-deontologie.pdf")


def _said(texte: str = "Le nécessaire.\n\nRien d'autre.", later: int = 0) -> dict[str, str]:
    return {"texte": texte, "debut": str(clock.today() + timedelta(later))}


def _charter(cast: Cast) -> Charte:
    return publish_charter(
        by=acteur(cast.direction_alm),
        partenariat=cast.ici,
        genre=GenreCharte.DEONTOLOGIE,
        texte="Le nécessaire.\n\nRien d'autre.",
        debut=clock.today(),
    )


def _settled(cast: Cast) -> UUID:
    who, today = acteur(cast.karim), clock.today()
    row = open_workshop(by=who, partenariat=cast.ici)
    said = Wording("Se dire la suite", "On se répond.", "clause_retour", True)
    clause = propose_clause(by=who, convention=row.pk, origine=OrigineClause.PRATIQUE, wording=said)
    for voter in (cast.karim, cast.samira):
        vote_clause(by=acteur(voter), clause=clause.pk, redaction=1, pour=True)
    dates = {"debut": today, "fin": today + timedelta(365), "revue_le": today + timedelta(182)}
    settle_text(by=acteur(cast.direction_alm), convention=row.pk, **dates)
    return row.pk


def _signed(cast: Cast) -> None:
    row = _settled(cast)
    for who in (cast.direction_alm, cast.direction_relais):
        sign_convention(by=acteur(who), convention=row, le=clock.today())


def _words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    if url.partition("?")[0].endswith(".pdf"):
        found = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    else:
        made = open_docx(io.BytesIO(answer.content))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        found = " ".join([*(one.text for one in made.paragraphs), *cells])
    return " ".join(found.split())


def test_both_directions_publish_and_everyone_signs_anew(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.direction_alm).post(WRITE, _said())
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    first = Charte.objects.get()
    assert (first.version, first.texte, first.debut) == (1, "Le nécessaire.\n\nRien d'autre.", clock.today())
    sign_charter(by=acteur(cast.karim), charte=first.pk)
    shown = html.unescape(signed_in(cast.direction_relais).get(WRITE).content.decode())
    assert "Le nécessaire." in shown
    assert signed_in(cast.direction_relais).post(WRITE, _said("Moins encore.", 3)).status_code == 302
    assert list(Charte.objects.order_by("version").values_list("version", "texte")) == [
        (1, first.texte),
        (2, "Moins encore."),
    ]
    page = html.unescape(signed_in(cast.karim).get(PAGE).content.decode())
    assert ("version 2 : publiée, à signer" in page, WRITE in page) == (True, False)
    assert WRITE in signed_in(cast.direction_alm).get(PAGE).content.decode()


def test_who_publishes(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    for who in ("karim", "samira", "nadia", "dpo", "coordination", "maire", "direction_sud"):
        assert signed_in(cast.membres[who]).get(WRITE).status_code == 404, who
        assert signed_in(cast.membres[who]).post(WRITE, _said()).status_code == 404, who
    director = signed_in(cast.direction_alm)
    for absent in ("/convention/ici/charte-autre/", "/convention/nulle-part/charte-deontologie/"):
        assert (director.get(absent).status_code, director.post(absent, _said()).status_code) == (404, 404)
    assert director.delete(WRITE).status_code == 405
    assert client.get(WRITE).status_code == 302
    poste = cast.direction_alm.poste
    poste.lecture_seule = True
    poste.save(update_fields=["lecture_seule"])
    assert director.post(WRITE, _said()).status_code == 403
    assert Charte.objects.count() == 0


def test_a_refused_charter_comes_back_with_what_was_typed(cast: Cast, signed_in: SignedIn) -> None:
    director = signed_in(cast.direction_alm)
    for bad in (_said("À garder", -1), _said("À garder") | {"debut": "demain"}, _said(" ")):
        answer = director.post(WRITE, bad)
        assert (answer.status_code, bad["texte"] in html.unescape(answer.content.decode())) == (422, True)
    _charter(cast)
    assert director.post(WRITE, _said("Le même jour")).status_code == 409
    assert Charte.objects.count() == 1


def test_the_convention_comes_out_with_its_clauses_and_signatures(cast: Cast, signed_in: SignedIn) -> None:
    _signed(cast)
    for kind in ("docx", "pdf"):
        words = _words(signed_in(cast.samira), f"/convention/ici/convention.{kind}")
        for said in (
            "1. Se dire la suite",
            "On se répond.",
            "Fait établi",
            str(cast.direction_alm.poste.professionnel),
        ):
            assert said in words, (kind, said)
        assert "elle ne vaut pas encore" not in words


def test_a_text_not_signed_says_so_and_a_workshop_has_no_paper(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.samira)
    open_workshop(by=acteur(cast.karim), partenariat=cast.ici)
    assert client.get("/convention/ici/convention.docx").status_code == 404
    _settled(cast)
    assert "elle ne vaut pas encore" in _words(client, "/convention/ici/convention.docx")
    for wrong in ("2", "0", "x", "99999"):
        assert client.get(f"/convention/ici/convention.docx?version={wrong}").status_code == 404


def test_the_charter_comes_out_without_anyones_name(cast: Cast, signed_in: SignedIn) -> None:
    row = _charter(cast)
    sign_charter(by=acteur(cast.karim), charte=row.pk)
    for kind in ("docx", "pdf"):
        words = _words(signed_in(cast.samira), f"/convention/ici/charte-deontologie.{kind}")
        assert ("Le nécessaire." in words, "Rien d'autre." in words) == (True, True)
        assert str(cast.karim.poste.professionnel) not in words


def test_papers_are_for_members_only(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    _charter(cast)
    _signed(cast)
    for name in FILES:
        url = PAGE + name
        for who in ("nadia", "samira", "direction_alm", "dpo", "coordination", "lecteur"):
            assert signed_in(cast.membres[who]).get(url).status_code == 200, (who, name)
        for who in ("maire", "mediateur_sud", "direction_sud"):
            assert signed_in(cast.membres[who]).get(url).status_code == 404, (who, name)
        assert signed_in(cast.nadia).post(url).status_code == 405
        assert client.get(url).status_code == 302
    for absent in ("convention.odt", "charte-autre.pdf", "charte-confidentialite.pdf"):
        assert signed_in(cast.nadia).get(PAGE + absent).status_code == 404
