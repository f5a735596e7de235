"""A year in which more and more is written, as in a city whose residents take up an app: what it shows.

The trouble of the simulated year is known, since it is planted; only the writing grows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from maillage.diagnostics.actions import open_diagnostic
from maillage.diagnostics.counting import month_counts
from maillage.diagnostics.figures import BOTH_TENSE, TRADES
from maillage.diagnostics.rapport import trend_lines
from maillage.diagnostics.tendance import trend
from maillage.main_courante.models import Note
from tests.cast import Cast, Membre
from tests.diagnostics.field import note, outing
from tests.door import acteur

MEDIATION, PREVENTION = TRADES
MONTHS = [date(2025, month, 1) for month in range(1, 13)]
SAME = "Pas plus de tensions à la fin qu'au début : 50 % des passages, puis 50 %."


def crews(rank: int) -> int:
    """Return how many outings the notebook holds in the month of this rank: 12 in January, 56 in December."""
    return 12 + 4 * rank


def writing(rank: int) -> int:
    """Return how many notes each thing seen makes: one in winter, four at the end of the year."""
    return 1 + rank // 3


def evening(cast: Cast, member: Membre, day: date, *, tense: bool, notes: int = 1) -> None:
    """Pass at Hall 4 once: a tension written so many times, or nothing to report."""
    sortie = outing(member, day, [cast.hall])
    if tense:
        for _ in range(notes):
            note(member, sortie, cast.hall)
    else:
        note(member, sortie, cast.hall, categorie="rien_a_signaler", ambiance="ras")


def figures(cast: Cast) -> dict[str, Any]:
    """Open the year's diagnosis."""
    return open_diagnostic(
        by=acteur(cast.cheffe_alm), partenariat=cast.ici, titre="2025", debut=MONTHS[0], fin=MONTHS[-1]
    ).figures


def shares(found: dict[str, Any], trade: str) -> list[int | None]:
    """Return the share of tense passages, month by month."""
    return [one[trade]["part"] for one in found["mois"]]


def test_nineteen_times_more_writing_is_not_more_trouble(cast: Cast) -> None:
    """Every second passage is tense, in January as in December; prevention writes the same all year."""
    for rank, month in enumerate(MONTHS):
        for turn in range(crews(rank)):
            day = month + timedelta(days=turn % 28)
            evening(cast, cast.karim, day, tense=turn % 2 == 0, notes=writing(rank))
        for turn in range(12):
            evening(cast, cast.samira, month + timedelta(days=turn), tense=turn % 2 == 0)
    tense = [month_counts(cast.ici, month)[MEDIATION]["notes"]["ambiance"]["tensions"] for month in MONTHS]
    assert tense == [6, 8, 10, 24, 28, 32, 54, 60, 66, 96, 104, 112]
    found = figures(cast)
    assert (shares(found, MEDIATION), shares(found, PREVENTION)) == ([50] * 12, [50] * 12)
    assert found["tendance"] == {MEDIATION: SAME, PREVENTION: SAME}
    (hall,) = found["lieux"]
    assert (hall[MEDIATION]["part"], hall[PREVENTION]["part"], hall["accord"]) == (50, 50, BOTH_TENSE)
    assert trend_lines(found) == [f"Médiation sociale : {SAME}", f"Prévention spécialisée : {SAME}"]


def test_a_real_rise_is_seen_although_writing_falls(cast: Cast) -> None:
    """One passage of four is tense until June, three of four after; crews are fewer and write less."""
    for rank, month in enumerate(MONTHS):
        for turn in range(12 + crews(11 - rank)):
            late = rank >= 6
            tense = turn % 4 != 0 if late else turn % 4 == 0
            evening(cast, cast.karim, month + timedelta(days=turn % 28), tense=tense, notes=1 if late else 4)
    found = figures(cast)
    assert shares(found, MEDIATION) == [25] * 6 + [75] * 6
    assert found["tendance"][MEDIATION] == (
        "Plus de tensions à la fin qu'au début : 25 % des passages, puis 75 %."
    )
    assert found["tendance"][PREVENTION] == ""


def test_when_what_is_seen_is_written_more_often_the_rise_is_not_claimed(cast: Cast) -> None:
    """Every passage is declared and half are tense all year; at first only one tension of four is written."""
    for rank, month in enumerate(MONTHS):
        for turn in range(48):
            sortie = outing(cast.karim, month + timedelta(days=turn % 28), [cast.hall])
            if turn % 2 == 0 and (rank >= 6 or turn % 8 == 0):
                note(cast.karim, sortie, cast.hall)
    found = figures(cast)
    assert shares(found, MEDIATION) == [12] * 6 + [50] * 6
    assert found["tendance"][MEDIATION] == (
        "Plus de tensions à la fin qu'au début : 12 % des passages, puis 50 %. On a aussi écrit plus souvent "
        "de ses sorties (1 sur 10, puis 5 sur 10) : la hausse peut venir de là."
    )
    assert Note.objects.exclude(ambiance="tensions").count() == 0


def rate(passages: int, tense: int) -> dict[str, Any]:
    return {"passages": passages, "tendus": tense, "part": round(100 * tense / passages)}


HIDDEN = {"passages": None, "tendus": None, "part": None}


@pytest.mark.parametrize(
    ("months", "written", "said"),
    [
        ([], [], ""),
        ([rate(40, 20)], [(9, 9)], ""),
        ([rate(19, 9), rate(40, 20)], [(9, 9)] * 2, ""),
        ([HIDDEN, rate(40, 20)], [(9, 9)] * 2, ""),
        ([rate(40, 20), HIDDEN, rate(40, 20)], [(9, 9)] * 3, SAME),
        (
            [rate(100, 50), rate(100, 59)],
            [(9, 9)] * 2,
            "Pas plus de tensions à la fin qu'au début : 50 % des passages, puis 59 %.",
        ),
        (
            [rate(100, 60), rate(100, 50)],
            [(9, 10), (3, 10)],
            "Moins de tensions à la fin qu'au début : 60 % des passages, puis 50 %. On a aussi écrit plus "
            "rarement de ses sorties (9 sur 10, puis 3 sur 10) : la baisse peut venir de là.",
        ),
        (
            [rate(100, 50), rate(100, 60)],
            [(9, 10), (3, 10)],
            "Plus de tensions à la fin qu'au début : 50 % des passages, puis 60 %.",
        ),
        (
            [rate(100, 50), rate(100, 60)],
            [(0, 0), (3, 10)],
            "Plus de tensions à la fin qu'au début : 50 % des passages, puis 60 %.",
        ),
    ],
)
def test_the_sentence_of_two_halves(
    months: list[dict[str, Any]], written: list[tuple[int, int]], said: str
) -> None:
    assert trend(months, written) == said
