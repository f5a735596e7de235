"""How long things are kept: shorter than the law if the city says so, longer never."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from maillage.administration import actions
from maillage.administration.effects import rhythm_effect, term_effect, times
from maillage.base import clock
from maillage.conventions.travail import RYTHME
from maillage.law.conservation import months_after
from maillage.operations.durees import ACCOMPAGNEMENT, ECHANGE, months_kept
from maillage.operations.models import Conservation
from maillage.sharing import persons, retention
from tests.administrators import build_pair
from tests.cast import Cast
from tests.door import acteur, add_clause

pytestmark = pytest.mark.django_db


def test_a_shorter_term_erases_sooner_and_the_proof_says_so(cast: Cast) -> None:
    with time_machine.travel(datetime(2024, 3, 1, 12, tzinfo=clock.PARIS), tick=False):
        samira = acteur(cast.samira)
        found = persons.open_accompagnement(
            by=samira, pseudonyme="Yanis", tranche_age="15_17", origine="famille", besoin="Parler"
        )
        persons.note_contact(by=samira, accompagnement=found.accompagnement, le=date(2024, 3, 1))
    Conservation.objects.create(genre=ACCOMPAGNEMENT, mois=12, depuis=date(2025, 2, 1))
    day = date(2025, 3, 1)
    assert retention.supports_due(day, 24).count() == 0
    assert [retention.erase_due_supports(one) for one in (date(2025, 2, 28), day)] == [0, 1]
    (line,) = retention.proof_lines()
    assert b'"regle":"12 mois sans contact"' in line


def test_the_law_stays_the_longest(db: None) -> None:
    today = clock.today()
    assert (months_kept(ACCOMPAGNEMENT, today), months_kept(ECHANGE, today)) == (24, 72)
    Conservation.objects.create(genre=ECHANGE, mois=600, depuis=date(2020, 1, 1))
    assert months_kept(ECHANGE, today) == 72
    Conservation.objects.create(genre=ECHANGE, mois=24, depuis=date(2021, 1, 1))
    assert (months_kept(ECHANGE, date(2020, 12, 31)), months_kept(ECHANGE, today)) == (72, 24)


def test_a_confirmed_term_holds_from_tomorrow_and_the_last_said_wins(cast: Cast) -> None:
    pair = build_pair()
    for mois in (12, 18):
        asked = actions.ask_term(by=pair.one, genre=ACCOMPAGNEMENT, mois=mois)
        actions.confirm(by=pair.two, demandes=[asked.pk])
    assert months_kept(ACCOMPAGNEMENT, clock.today()) == 24
    assert Conservation.objects.get().mois == 18


def test_effects_are_said_in_counts(cast: Cast) -> None:
    assert [times(count) for count in (0, 1, 4, 5)] == [
        "jamais noté en trois mois",
        "noté moins de 5 fois en trois mois",
        "noté moins de 5 fois en trois mois",
        "noté 5 fois en trois mois",
    ]
    said = "S'effaceraient la nuit suivante : moins de cinq, zéro compris. L'effacement ne se défait pas."
    assert [term_effect(genre, 12) for genre in (ACCOMPAGNEMENT, ECHANGE)] == [said, said]
    rhythm = {"rythme_reunion_semaines": 4, "delai_reponse_jours": 7, "delai_cloture_jours": 30}
    assert rhythm_effect(cast.ici, rhythm) == [
        "Aucune réunion n'est encore tenue : la première donnera le départ du rythme.",
        "Une orientation envoyée ensuite attendra sa réponse 7 jours et se fermera après 30 ; celles déjà "
        "envoyées gardent leurs dates.",
    ]
    add_clause(cast.ici, RYTHME, 8)
    assert rhythm_effect(cast.ici, rhythm)[0] == (
        f"La clause « Clause {RYTHME} » écrit cette règle : elle l'emporte tant qu'elle vaut."
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), -24, date(2022, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 3, 31), -13, date(2024, 2, 29)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_are_counted_on_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected
