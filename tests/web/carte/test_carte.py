"""The card on a phone: no account, no cookie, one refusal for all, six languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from maillage.sharing.models import Carte
from maillage.sharing.views import TakenUp
from maillage.web.carte.textes import _ABOUT, _TEXTS, LANGUES, times
from tests.cast import Cast, Membre
from tests.sharing.test_cartes import NUMBER, given, taken

SignedIn = Callable[[Membre], Client]
__all__ = ["taken"]
PAGE = "/ma-carte/"


def test_nothing_stays_on_the_phone(cast: Cast, taken: TakenUp) -> None:
    code, phone = given(cast, taken), Client()
    first = phone.get(PAGE)
    shown = phone.post(PAGE, {"code": code, "numero": NUMBER, "langue": "fr"})
    assert (shown.status_code, dict(phone.cookies), "Canari" in shown.content.decode()) == (200, {}, False)
    for page in (first, shown):
        assert page["Cache-Control"] == "no-store, max-age=0"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "Maillage" not in page.content.decode()
        assert "<script" not in page.content.decode()
    assert NUMBER not in shown.content.decode()


def test_every_refusal_is_the_same_page(cast: Cast, taken: TakenUp) -> None:
    code, phone = given(cast, taken), Client()
    tries = [
        {"code": code, "numero": "000000"},
        {"code": "A" * 12, "numero": NUMBER},
        {"code": "", "numero": ""},
        {"jeton": "inventé"},
    ]
    answers = [phone.post(PAGE, one) for one in tries]
    answers.append(phone.post(f"{PAGE}arreter/", {"jeton": "inventé"}))
    assert {(one.status_code, one.content) for one in answers} == {(403, answers[0].content)}
    Carte.objects.update(expire_le="2020-01-01")
    cache.clear()
    assert phone.post(PAGE, {"code": code, "numero": NUMBER}).content == answers[0].content


def test_stop_is_one_gesture_and_the_sheet_says_so(cast: Cast, taken: TakenUp, signed_in: SignedIn) -> None:
    phone = Client()
    page = phone.post(PAGE, {"code": given(cast, taken), "numero": NUMBER}).content.decode()
    token = re.search(r'name="jeton" value="([^"]+)"', page)
    assert token is not None
    stopped = phone.post(f"{PAGE}arreter/", {"jeton": token[1], "langue": "en"}).content.decode()
    assert ("It is stopped" in stopped, "Stop everything" in stopped) == (True, False)
    sheet = signed_in(cast.samira).get(f"/accompagnements/{taken.accompagnement}/").content.decode()
    assert "Retirée" in sheet
    assert "par sa carte" in sheet


@pytest.mark.parametrize("langue", LANGUES)
def test_each_language_reads_its_own_way(client: Client, db: None, langue: str) -> None:
    page = client.get(f"{PAGE}?langue={langue}").content.decode()
    assert f'<html lang="{langue}" dir="{"rtl" if langue == "ar" else "ltr"}">' in page
    assert client.get(f"{PAGE}?langue=xx").content.decode().startswith('<!doctype html>\n<html lang="fr"')


def test_every_text_is_written_in_every_language() -> None:
    rows = {**_TEXTS, **_ABOUT}
    assert [key for key, said in rows.items() if len(said) != len(LANGUES) or not all(said)] == []
    arabic = re.compile("[\u0600-\u06ff]")
    assert [key for key, said in rows.items() if not arabic.search(said[2])] == []


def test_how_many_times_is_said_as_each_language_counts() -> None:
    assert [times(langue, 1) for langue in LANGUES] == [
        "Une fois, le",
        "Once, on",
        "مرة واحدة، في",
        "Bir kez:",
        "Uma vez, em",
        "Una vez, el",
    ]
    assert [times(langue, 2) for langue in LANGUES] == [
        "2 fois, la dernière le",
        "2 times, the last on",
        "مرتان، آخرهما في",
        "2 kez, en son:",
        "2 vezes, a última em",
        "2 veces, la última el",
    ]
    few, many = "مرات، آخرها في", "مرة، آخرها في"
    counted = {3: few, 10: few, 11: many, 99: many, 100: many, 102: many, 103: few, 111: many}
    assert {number: times("ar", number) for number in counted} == {
        number: f"{number} {noun}" for number, noun in counted.items()
    }


def test_the_page_says_once_in_words(cast: Cast, taken: TakenUp, signed_in: SignedIn) -> None:
    code = given(cast, taken)
    signed_in(cast.samira).get(f"/accompagnements/{taken.accompagnement}/")
    shown = Client().post(PAGE, {"code": code, "numero": NUMBER, "langue": "ar"}).content.decode()
    assert re.findall(r'<span class="meta"><span>(.*?) <bdi', shown) == ["مرة واحدة، في"]


def test_a_card_is_given_and_printed_once(cast: Cast, taken: TakenUp, signed_in: SignedIn) -> None:
    samira, address = signed_in(cast.samira), f"/accompagnements/{taken.accompagnement}/carte/"
    assert address in samira.get(f"/accompagnements/{taken.accompagnement}/").content.decode()
    bad = samira.post(address, {"numero": NUMBER, "encore": "904174"})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["encore"])
    easy = samira.post(address, {"numero": "123456", "encore": "123456"})
    assert (easy.status_code, list(easy.context["form"].errors)) == (422, ["numero"])
    made = samira.post(address, {"numero": NUMBER, "encore": NUMBER})
    printed = samira.post(f"{address}carte.pdf", {"jeton": made.context["jeton"]})
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")
    assert samira.post(f"{address}carte.pdf", {"jeton": "x"}).status_code == 404
    assert samira.post(f"{address}annuler/").status_code == 302
    assert samira.post(f"{address}carte.pdf", {"jeton": made.context["jeton"]}).status_code == 404


def test_the_litany(cast: Cast, taken: TakenUp, signed_in: SignedIn) -> None:
    address = f"/accompagnements/{taken.accompagnement}/carte/"
    for other in (cast.karim, cast.educatrice_sud, cast.dpo, cast.maire):
        assert signed_in(other).get(address).status_code == 404
    samira = signed_in(cast.samira)
    assert samira.get(f"/accompagnements/{UUID(int=7)}/carte/").status_code == 404
    assert (samira.put(address).status_code, samira.get(f"{PAGE}arreter/").status_code) == (405, 405)
    assert Client().get(address).status_code == 302
    cast.samira.poste.lecture_seule = True
    cast.samira.poste.save()
    assert signed_in(cast.samira).post(address, {"numero": NUMBER, "encore": NUMBER}).status_code == 403
