"""Reciprocity against a month counted by hand, and what each reader is told of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from maillage.base import clock
from maillage.diagnostics.masking import Cell, Why
from maillage.directory.models import Service
from maillage.main_courante.models import MessageDeLieu, ReponseMessage
from maillage.orientations.models import Orientation, Reception, Relais
from maillage.pilotage.echanges import Envoi
from maillage.pilotage.reciprocite import THEIRS, Compte, Sens, exact, flows_seen_by, seen_by_others
from tests.cast import Cast

JUNE, LAST = date(2026, 6, 1), date(2026, 6, 30)
# A month of news of places from ALM to Le Relais, on paper (day sent, hour, day and hour of the first
# answer, last answer):
#   1.  2 June 22:40   3 June 08:10   vu             next day                on time      1 day
#   2.  3 June 10:00   3 June 18:00   on_passe       same day                on time      0 day
#   3.  5 June 23:50   8 June 09:00   vu             a week-end              late         3 days
#   4.  9 June 14:00   9 June 15:00   pas_pour_nous  refused, same day       on time      0 day
#   5. 12 June 20:00  14 June 20:00   pas_pour_nous  refused, two days       late         2 days
#   6. 20 June 21:00   never
#   7. 30 June 23:30   1 July 07:00   vu             next day, next month    on time      1 day
#   8. 31 May  23:59   1 June 00:30   sent in May: another month
# Sent 7 (1 to 7); answered 6 (all but the 6th); on time 4 (1, 2, 4, 7); refused 2 (4, 5).
# Delays 0, 0, 1, 1, 2, 3 days: the median is between 1 and 1, that is 1.
NEWS = (
    ("2026-06-02T22:40", "2026-06-03T08:10", "vu"),
    ("2026-06-03T10:00", "2026-06-03T18:00", "on_passe"),
    ("2026-06-05T23:50", "2026-06-08T09:00", "vu"),
    ("2026-06-09T14:00", "2026-06-09T15:00", "pas_pour_nous"),
    ("2026-06-12T20:00", "2026-06-14T20:00", "pas_pour_nous"),
    ("2026-06-20T21:00", "", ""),
    ("2026-06-30T23:30", "2026-07-01T07:00", "vu"),
    ("2026-05-31T23:59", "2026-06-01T00:30", "vu"),
)
# The same month's orientations, ALM to Le Relais, each to be answered within fourteen days:
#   a.  1 June, accepted on the 4th      on time   3 days
#   b.  2 June, declined on the 20th     late     18 days   injoignable
#   c. 10 June, redirected on the 24th   on time  14 days   autre_besoin
#   d. 15 June, declined on the 16th     on time   1 day    injoignable
#   e. 28 June, nothing yet
#   f. 29 June, accord withdrawn on the 30th: sent, and not an answer
# Sent 6; answered 4; on time 3; refused 3, twice injoignable; delays 1, 3, 14, 18: median 8.5 days.
# Returns by Le Relais to ALM in June: a relais à trois held for a; one only proposed for b, then held
# (the same orientation, counted once); one without any follow-up for c. Offered 3, held 2.
ORIENTED = (
    (1, "acceptee", 4, ""),
    (2, "declinee", 20, "injoignable"),
    (10, "reorientee", 24, "autre_besoin"),
    (15, "declinee", 16, "injoignable"),
    (28, "a_voir", 0, ""),
    (29, "retiree", 30, ""),
)


@pytest.fixture
def month(cast: Cast) -> Cast:
    for sent, answered, said in NEWS:
        message = _say(cast, _at(sent))
        if answered:
            ReponseMessage.objects.create(
                message=message, poste=cast.samira.poste, reponse=said, le=_at(answered)
            )
    rows = [_orient(cast, *line) for line in ORIENTED]
    for row, state in ((rows[0], "tenu"), (rows[1], "propose"), (rows[1], "tenu"), (rows[2], "sans_suite")):
        Relais.objects.create(
            orientation=row,
            propose_par=cast.relais,
            poste=cast.samira.poste,
            etat=state,
            le=_at("2026-06-25T10:00"),
        )
    return cast


def _say(cast: Cast, when: datetime) -> MessageDeLieu:
    return MessageDeLieu.objects.create(
        partenariat=cast.ici,
        service_emetteur=cast.alm,
        service_destinataire=cast.relais,
        poste=cast.karim.poste,
        lieu=cast.hall,
        creneau="nuit",
        effectif="5_9",
        categorie="regroupement",
        envoye_le=when,
    )


def _orient(cast: Cast, day: int, state: str, decided: int, reason: str) -> Orientation:
    sent = _at(f"2026-06-{day:02d}T12:00")
    row = Orientation.objects.create(
        partenariat=cast.ici,
        service_emetteur=cast.alm,
        service_destinataire=cast.relais,
        poste_emetteur=cast.karim.poste,
        porteur=cast.karim.poste,
        creee_le=sent,
        envoyee_le=sent,
        recue_le=sent,
        reponse_attendue_le=sent.date() + timedelta(days=14),
        cloture_prevue_le=sent.date() + timedelta(days=42),
    )
    Reception.objects.create(
        orientation=row,
        service=cast.relais,
        etat=state,
        decidee_le=_at(f"2026-06-{decided:02d}T12:00") if decided else None,
        motif_decline=reason if state == "declinee" else "",
        motif_reorientation=reason if state == "reorientee" else "",
    )
    return row


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.PARIS)


def _read(cast: Cast, service: Service | None, since: date = JUNE, until: date = LAST) -> dict[str, Sens]:
    found = flows_seen_by(service.pk if service else None, cast.ici, since, until)
    return {f"{row.emetteur} > {row.destinataire}": row for row in found}


def test_a_month_counted_by_hand(month: Cast) -> None:
    found = _read(month, month.relais)
    assert found["ALM > Le Relais"].lieux == Compte(
        Cell(7), Cell(6), Cell(4), Cell(2), {"pas_pour_nous": Cell(2)}, 1.0
    )
    assert found["ALM > Le Relais"].orientations == Compte(
        Cell(6),
        Cell(4),
        Cell(3),
        Cell(3),
        {"declinee:injoignable": Cell(2), "reorientee:autre_besoin": Cell(1)},
        8.5,
    )
    back = found["Le Relais > ALM"]
    assert (back.offerts, back.tenus) == (Cell(3), Cell(2))
    assert back.lieux == back.orientations == Compte(Cell(0), Cell(0), Cell(0), Cell(0))


def test_the_sender_reads_what_it_sent_and_nothing_of_what_became_of_it(month: Cast) -> None:
    row = _read(month, month.alm)["ALM > Le Relais"]
    assert row.lieux.envoyes == Cell(7)
    assert row.orientations == Compte(Cell(6), THEIRS, THEIRS, THEIRS)


def test_a_third_service_reads_no_small_number(month: Cast) -> None:
    row = _read(month, month.services["nuit"])["ALM > Le Relais"]
    assert row.lieux.envoyes == Cell(7)
    # Refused (2) is small; so is what was sent and not answered (1), and answered late (2).
    assert row.lieux.refuses == Cell(None, Why.SMALL)
    assert [row.lieux.repondus.value, row.lieux.a_temps.value].count(None) == 2
    back = _read(month, month.services["nuit"])["Le Relais > ALM"]
    assert (back.offerts.value, back.tenus.value) == (None, None)


def test_a_year_tells_nothing_that_its_months_hid() -> None:
    alm, relais = uuid4(), uuid4()
    june = [_sent(alm, relais, date(2026, 6, day)) for day in range(1, 8)]
    july = [_sent(alm, relais, date(2026, 7, day)) for day in range(1, 4)]
    assert seen_by_others(june).envoyes == Cell(7)
    assert seen_by_others(july).envoyes == Cell(None, Why.SMALL)
    # Ten in all would say three in July to who read seven in June.
    assert seen_by_others(june + july).envoyes.value is None


def test_a_month_hidden_among_many_is_not_what_is_left_of_their_sum() -> None:
    alm, relais = uuid4(), uuid4()
    months = {5: 6, 6: 7, 7: 3, 8: 8}
    news = {
        month: [_sent(alm, relais, date(2026, month, day + 1)) for day in range(many)]
        for month, many in months.items()
    }
    shown = {month: seen_by_others(rows).envoyes.value for month, rows in news.items()}
    assert shown == {5: 6, 6: 7, 7: None, 8: 8}
    # Twenty-four in all, less six, seven and eight.
    assert seen_by_others([one for rows in news.values() for one in rows]).envoyes.value is None


@pytest.mark.parametrize(("accepted", "shown"), [(14, 14), (30, None), (0, None), (25, None)])
def test_the_sender_reads_of_a_year_that_is_over_no_all_and_no_none(
    cast: Cast, accepted: int, shown: int | None
) -> None:
    for rank in range(30):
        day = rank + 1
        _orient(cast, day, *(("acceptee", day, "") if rank < accepted else ("a_voir", 0, "")))
    for today, expected in (("2026-12-31", None), ("2027-03-01", shown)):
        with time_machine.travel(f"{today}T12:00:00+01:00", tick=False):
            row = _read(cast, cast.alm, date(2026, 1, 1), date(2026, 12, 31))["ALM > Le Relais"]
            assert (row.orientations.envoyes.value, row.orientations.repondus.value) == (30, expected)


def test_nothing_sent_is_nothing_and_no_delay() -> None:
    assert exact([]) == Compte(Cell(0), Cell(0), Cell(0), Cell(0))


def _sent(sender: UUID, receiver: UUID, day: date) -> Envoi:
    return Envoi(sender, receiver, day, day)
