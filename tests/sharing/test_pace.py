"""Sheets read faster than anyone reads: slower, told once, never refused (S-36)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.orientations.queries import sent_face
from maillage.sharing.pace import ALARM, FREE, LONGEST_SECONDS, wait_owed
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
            waits.append(wait_owed())
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
        assert wait_owed() > 0
        sent_face(acteur(cast.nadia), row.pk)
        assert wait_owed() == 0
        later = clock.now() + timedelta(minutes=10)
    with time_machine.travel(later, tick=False):
        sent_face(acteur(cast.karim), row.pk)
        assert wait_owed() == 0


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
