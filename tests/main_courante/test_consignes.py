"""Consignes from team to team, the report sent up, coverage by place and slot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from maillage.base import clock
from maillage.base.clock import PARIS
from maillage.comptes.acteur import Acteur
from maillage.main_courante.actions import correct_note, end_sortie, start_sortie, write_note
from maillage.main_courante.actions.consignes import (
    ConsigneData,
    leave_consigne,
    lift_consigne,
    restore_consigne,
    transmit_report,
)
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import CompteRendu, Consigne, Note
from maillage.main_courante.queries import current_sortie
from maillage.main_courante.queries.consignes import (
    consignes_of,
    consignes_of_day,
    consignes_waiting,
    coverage,
    report_sent,
)
from maillage.main_courante.queries.mois import portfolio, team_month
from maillage.main_courante.saisie import NoteData, Refused
from tests.cast import Cast, Membre

Acting = Callable[[Membre], Acteur]
ANote = Callable[..., NoteData]


def asked(cast: Cast, **changed: Any) -> ConsigneData:
    given = {"id": uuid4(), "lieu": cast.hall.pk, "geste": Geste.PASSER, "texte": "canari-consigne"}
    return ConsigneData(**{**given, **changed})


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment).replace(tzinfo=PARIS))


def test_the_day_asks_and_the_night_reads_it_once(cast: Cast, acting: Acting) -> None:
    karim, nadia, data = acting(cast.karim), acting(cast.nadia), asked(cast)
    for _ in range(2):
        leave_consigne(by=karim, data=data)
    assert [(line.geste_libelle, line.texte, line.lieu) for line in consignes_of(nadia)] == [
        ("Passer voir", "canari-consigne", cast.hall)
    ]
    assert b"canari" not in bytes(Consigne.objects.get().texte_scelle)
    assert [lift_consigne(by=nadia, consigne=data.id) for _ in range(2)] == [True, False]
    assert (consignes_of(nadia), consignes_waiting(nadia)) == ([], 0)
    assert [restore_consigne(by=nadia, consigne=data.id) for _ in range(2)] == [True, False]
    assert consignes_waiting(nadia) == 1


def test_nobody_else_reads_nor_lifts(cast: Cast, acting: Acting) -> None:
    data = asked(cast)
    leave_consigne(by=acting(cast.karim), data=data)
    for who in (cast.nuit, cast.samira, cast.mediateur_sud):
        stranger = acting(who)
        assert (consignes_of(stranger), consignes_waiting(stranger)) == ([], 0)
        assert not lift_consigne(by=stranger, consigne=data.id)
        with pytest.raises(Refused):
            leave_consigne(by=stranger, data=asked(cast, id=data.id))
    assert Consigne.objects.get().levee_le is None


@pytest.mark.parametrize(
    ("days", "place", "sentence"),
    [
        (-1, "hall", "Une consigne vaut d'aujourd'hui à soixante jours au plus."),
        (61, "hall", "Une consigne vaut d'aujourd'hui à soixante jours au plus."),
        (1, "square_sud", "Ce lieu n'est pas dans le territoire de votre équipe."),
    ],
)
def test_what_cannot_be_asked_is_said(
    cast: Cast, acting: Acting, days: int, place: str, sentence: str
) -> None:
    wrong = asked(cast, lieu=getattr(cast, place).pk, jusquau=clock.today() + timedelta(days=days))
    with pytest.raises(Refused) as refusal:
        leave_consigne(by=acting(cast.karim), data=wrong)
    assert (str(refusal.value), Consigne.objects.count()) == (sentence, 0)


def test_a_consigne_ends_with_its_day(cast: Cast, acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-03-10T17:00")
    leave_consigne(by=acting(cast.karim), data=asked(cast))
    at(monkeypatch, "2026-03-11T23:59")
    assert consignes_waiting(acting(cast.nadia)) == 1
    at(monkeypatch, "2026-03-12T00:01")
    assert consignes_waiting(acting(cast.nadia)) == 0
    assert len(consignes_of_day(acting(cast.nadia), date(2026, 3, 10))) == 1


def round_at(
    monkeypatch: pytest.MonkeyPatch, who: Acteur, notes: list[tuple[str, NoteData]], end: str
) -> UUID:
    at(monkeypatch, notes[0][0])
    sortie = start_sortie(by=who, sortie=uuid4(), equipage=[])
    for moment, note in notes:
        at(monkeypatch, moment)
        write_note(by=who, data=note)
    at(monkeypatch, end)
    end_sortie(by=who)
    return sortie.pk


def test_a_night_covers_places_and_slots_across_midnight(
    cast: Cast, acting: Acting, a_note: ANote, monkeypatch: pytest.MonkeyPatch
) -> None:
    nadia = acting(cast.nadia)
    notes = [
        ("2026-03-10T21:10", a_note()),
        ("2026-03-10T22:40", a_note(categorie="eclairage")),
        ("2026-03-11T01:00", a_note(categorie="rien_a_signaler")),
    ]
    round_at(monkeypatch, nadia, notes, "2026-03-11T03:00")
    found = coverage(nadia, date(2026, 3, 10), date(2026, 3, 10), [cast.hall, cast.square_sud])
    assert (found.sorties, found.creneaux, found.oublies) == (
        1,
        ["Nuit, 21–24 h", "Nuit profonde, 0–5 h"],
        ["Square"],
    )
    # Two notes in one slot are one passage of one round.
    assert [(row.lieu, row.passages, row.total) for row in found.lignes] == [("Hall 4", [1, 1], 2)]
    assert coverage(nadia, date(2026, 3, 11), date(2026, 3, 11), []).lignes == []
    assert coverage(acting(cast.nuit), date(2026, 3, 10), date(2026, 3, 10), []).lignes == []


def test_a_consigne_knows_that_a_round_passed(
    cast: Cast, acting: Acting, a_note: ANote, monkeypatch: pytest.MonkeyPatch
) -> None:
    nadia = acting(cast.nadia)
    round_at(monkeypatch, nadia, [("2026-03-09T22:00", a_note())], "2026-03-10T02:00")
    at(monkeypatch, "2026-03-10T17:00")
    leave_consigne(by=acting(cast.karim), data=asked(cast))
    assert [line.passages for line in consignes_of(nadia)] == [0]
    notes = [("2026-03-10T22:00", a_note()), ("2026-03-10T23:00", a_note())]
    round_at(monkeypatch, nadia, notes, "2026-03-11T02:00")
    assert [line.passages for line in consignes_of(nadia)] == [1]


def test_a_corrected_place_moves_the_passage(
    cast: Cast, acting: Acting, a_note: ANote, monkeypatch: pytest.MonkeyPatch
) -> None:
    nadia = acting(cast.nadia)
    at(monkeypatch, "2026-03-10T21:10")
    start_sortie(by=nadia, sortie=uuid4(), equipage=[])
    write_note(by=nadia, data=a_note(creneau="nuit"))
    correct_note(by=nadia, note=Note.objects.get(), data=a_note(creneau="soiree"))
    assert coverage(nadia, date(2026, 3, 10), date(2026, 3, 10), []).creneaux == ["Soirée, 18–21 h"]


def test_the_report_is_sent_once(cast: Cast, acting: Acting) -> None:
    nadia, today = acting(cast.nadia), clock.today() - timedelta(days=2)
    for _ in range(2):
        transmit_report(by=nadia, jour=today)
    assert CompteRendu.objects.count() == 1
    assert report_sent(nadia, today) is not None
    assert report_sent(acting(cast.nuit), today) is None
    with pytest.raises(Refused, match="pas encore commencé"):
        transmit_report(by=nadia, jour=clock.today() + timedelta(days=1))


def test_ending_an_outing_sends_the_report_of_its_night(
    cast: Cast, acting: Acting, a_note: ANote, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = acting(cast.nuit)
    round_at(monkeypatch, night, [("2026-03-10T22:00", a_note())], "2026-03-11T02:00")
    sent = CompteRendu.objects.get(service=cast.nuit.service)
    assert (sent.jour, sent.transmis_le.isoformat()) == (date(2026, 3, 10), "2026-03-11T01:00:00+00:00")


def test_the_month_is_the_team_s_and_the_portfolio_its_owner_s(
    cast: Cast, acting: Acting, a_note: ANote, monkeypatch: pytest.MonkeyPatch
) -> None:
    nadia, karim = acting(cast.nadia), acting(cast.karim)
    note = a_note(suites=("apaise_sur_place",), origine="appel_habitant")
    round_at(monkeypatch, nadia, [("2026-03-10T22:00", note)], "2026-03-11T02:00")
    calm = a_note(categorie="rien_a_signaler")
    round_at(monkeypatch, karim, [("2026-03-12T15:00", calm)], "2026-03-12T18:00")
    month = team_month(acting(cast.cheffe_alm), date(2026, 3, 1), date(2026, 3, 31))
    assert (month.sorties, month.passages, month.calmes) == (2, 2, 1)
    assert month.origines == [("Appel d'habitant", 1), ("Constat en ronde", 1)]
    assert month.suites == [("Apaisé sur place", 1)]
    assert [(one.mois, one.sorties, one.passages, one.suites) for one in portfolio(nadia)] == [
        (date(2026, 3, 1), 1, 1, [("Apaisé sur place", 1)])
    ]
    assert [(one.sorties, one.passages, one.suites) for one in portfolio(karim)] == [(1, 1, [])]
    assert portfolio(acting(cast.lecteur)) == []
    assert current_sortie(nadia) is None
