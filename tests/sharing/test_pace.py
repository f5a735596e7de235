"""Sheets read faster than anyone reads: slower, told once, never refused (S-36)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.cli.serve import THREADS
from maillage.orientations.queries import sent_face
from maillage.sharing.pace import ALARM, FREE, LONGEST_SECONDS, WAITING_AT_ONCE, place_to_wait, wait_owed
from tests.cast import Cast, Membre
from tests.door import acteur, send

SignedIn = Callable[[Membre], Client]
NOW = "2027-01-12T10:00:00+01:00"
pytestmark = pytest.mark.requirement("S-36")


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the answers waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr("maillage.web.middleware.time.sleep", waited.append)
    return waited


def test_five_hundred_reads_are_all_given_slower_and_told_before_the_sixtieth(
    cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    waits, karim = [], acteur(cast.karim)
    with time_machine.travel(NOW, tick=False):
        row = send(cast)
        for number in range(1, 501):
            assert sent_face(karim, row.pk).personne.appellation == "Yanis"
            waits.append(wait_owed().seconds)
            assert Ligne.objects.filter(acte="alerte").count() == (number >= ALARM)
    assert ALARM < 60
    assert [waits[FREE - 1], waits[FREE] > 0, waits[-1]] == [0, True, LONGEST_SECONDS]
    assert sorted(waits) == waits
    (line,) = Ligne.objects.filter(acte="alerte")
    assert (line.chaine_id, line.detail) == (cast.alm.pk, {"fiches": ALARM, "minutes": 10})
    record_property("figures", f"500 lectures, 0 refus, alerte à la {ALARM}e")


def test_a_colleague_is_not_slowed_and_ten_minutes_forget(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        row = send(cast)
        for _ in range(FREE + 1):
            sent_face(acteur(cast.karim), row.pk)
        assert wait_owed().seconds > 0
        sent_face(acteur(cast.nadia), row.pk)
        assert wait_owed().seconds == 0
        later = clock.now() + timedelta(minutes=10)
    with time_machine.travel(later, tick=False):
        sent_face(acteur(cast.karim), row.pk)
        assert wait_owed().seconds == 0


def test_the_answer_waits_and_the_officer_is_told(
    cast: Cast, signed_in: SignedIn, slept: list[float]
) -> None:
    with time_machine.travel(NOW, tick=False):
        row = send(cast)
        karim, officer = signed_in(cast.karim), signed_in(cast.dpo)
        titles = [item.titre for item in officer.get("/").context["items"]]
        assert "1 lecture en nombre" not in titles
        answers = {karim.get(f"/orientations/{row.pk}/").status_code for _ in range(ALARM)}
        assert (answers, len(slept)) == ({200}, ALARM - FREE)
        (item,) = [one for one in officer.get("/").context["items"] if one.titre == "1 lecture en nombre"]
        assert "Alerte : lecture en nombre" in officer.get(item.url).content.decode()


def test_an_account_never_holds_two_threads_and_its_next_page_asks_again_by_itself(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every request below but the first is sent while the first one's answer waits."""
    meanwhile: list[tuple[int, str, str]] = []
    waiting: list[float] = []
    with time_machine.travel(NOW, tick=False):
        row = send(cast)
        karim, sheet = signed_in(cast.karim), f"/orientations/{row.pk}/"
        for _ in range(FREE):
            sent_face(acteur(cast.karim), row.pk)
        wait_owed()

        def ask(seconds: float) -> None:
            waiting.append(seconds)
            assert len(waiting) == 1
            for address, headers in ((sheet, {}), (sheet, {"HX-Request": "true"}), ("/", {})):
                answer = karim.get(address, headers=headers)
                meanwhile.append(
                    (answer.status_code, answer.get("Retry-After", ""), answer.get("Refresh", ""))
                )
                if answer.status_code == 429:
                    said = answer.content.decode()
                    assert "attendez quelques secondes et recommencez, rien n&#x27;est perdu" in said
                    assert "Yanis" not in said

        monkeypatch.setattr("maillage.web.middleware.time.sleep", ask)
        assert "Yanis" in karim.get(sheet).content.decode()
        assert meanwhile == [(429, "1", "1"), (429, "1", ""), (200, "", "")]
        monkeypatch.setattr("maillage.web.middleware.time.sleep", lambda seconds: None)
        assert karim.get(sheet).status_code == 200


def test_readers_together_leave_the_server_more_than_half_its_threads(
    cast: Cast, signed_in: SignedIn, slept: list[float]
) -> None:
    assert WAITING_AT_ONCE * 2 < THREADS
    with time_machine.travel(NOW, tick=False):
        row = send(cast)
        karim = signed_in(cast.karim)
        for _ in range(FREE):
            sent_face(acteur(cast.karim), row.pk)
        with ExitStack() as others:
            assert {others.enter_context(place_to_wait(str(one))) for one in range(WAITING_AT_ONCE)} == {True}
            assert (karim.get(f"/orientations/{row.pk}/").status_code, slept) == (429, [])
        assert (karim.get(f"/orientations/{row.pk}/").status_code, len(slept)) == (200, 1)
