"""The officer's papers on screen: for the DPO alone, written from the day's data, given as files."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from django.test import Client

from maillage.pilotage.dpo.mots import PASSAGES, words_of
from tests.cast import Cast, Membre

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
PAGE = "/dpo/ici/"
FILES = [f"{PAGE}{paper}.{kind}" for paper in ("registre", "aipd", "accord") for kind in ("docx", "pdf")]


def test_the_officer_reads_and_nobody_else(cast: Cast, signed_in: SignedIn, client: Client) -> None:
    dpo = signed_in(cast.dpo)
    assert (dpo.get("/dpo/").status_code, dpo.get("/dpo/")["Location"]) == (302, PAGE)
    assert dpo.get(PAGE).status_code == 200
    assert [dpo.get(f"/dpo/{code}/").status_code for code in ("ailleurs", "absent")] == [404, 404]
    for who in ("direction_alm", "cheffe_relais", "samira", "maire", "coordination", "educatrice_sud"):
        assert signed_in(cast.membres[who]).get(PAGE).status_code == 404, who
        assert signed_in(cast.membres[who]).get(FILES[0]).status_code == 404, who
    assert client.get(PAGE).status_code == 302
    assert dpo.put(PAGE).status_code == 405


def test_six_files_of_today(cast: Cast, signed_in: SignedIn) -> None:
    dpo = signed_in(cast.dpo)
    given = [dpo.get(url) for url in FILES]
    assert [one.status_code for one in given] == [200] * 6
    assert [one.content[:4] for one in given] == [b"PK\x03\x04", b"%PDF"] * 3
    assert given[0]["Content-Disposition"] == 'attachment; filename="registre-ici.docx"'
    assert [dpo.get(f"{PAGE}{name}").status_code for name in ("autre.pdf", "aipd.odt")] == [404, 404]


def test_a_passage_is_written_and_a_bad_one_keeps_what_was_typed(cast: Cast, signed_in: SignedIn) -> None:
    dpo = signed_in(cast.dpo)
    page = html.unescape(dpo.get(PAGE).content.decode())
    assert page.count("à compléter") == len(PASSAGES)
    said = {"passage": "aipd.avis", "aipd.avis-texte": "Avis favorable, à revoir dans un an."}
    assert dpo.post(PAGE, said).status_code == 302
    assert words_of(cast.ici) == {"aipd.avis": "Avis favorable, à revoir dans un an."}
    refused = dpo.post(PAGE, {"passage": "aipd.risques", "aipd.risques-texte": "long " * 900})
    assert (refused.status_code, "long long" in refused.content.decode()) == (422, True)
    assert dpo.post(PAGE, {"passage": "autre", "autre-texte": "x"}).status_code == 422
    assert list(words_of(cast.ici)) == ["aipd.avis"]
    cast.dpo.poste.lecture_seule = True
    cast.dpo.poste.save()
    assert signed_in(cast.dpo).post(PAGE, said).status_code == 403
