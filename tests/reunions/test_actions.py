"""Meetings' dates: the rhythm, the postponement kept, what is refused and leaves nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from maillage.base import clock
from maillage.conventions.errors import BadAnswer, NotNow
from maillage.reunions.actions import convene, hold, lock_minutes, postpone, write_minutes
from maillage.reunions.models import CompteRenduReunion, ReportReunion, Reunion
from maillage.reunions.queries import latest_date, meetings_held, minutes_of, next_meeting
from tests.cast import Cast
from tests.door import acteur
from tests.reunions_made import held, planned

pytestmark = pytest.mark.django_db


def test_after_the_12th_of_march_the_next_is_the_23rd_of_april_at_the_latest(cast: Cast) -> None:
    assert latest_date(cast.ici) is None
    held(cast)
    Reunion.objects.update(le=datetime(2026, 3, 12, 14, tzinfo=clock.PARIS))
    assert latest_date(cast.ici) == date(2026, 4, 23)
    assert meetings_held(cast.ici, date(2026, 3, 12), date(2026, 3, 12)) == [Reunion.objects.get()]
    assert meetings_held(cast.ici, date(2026, 3, 13), date(2026, 4, 1)) == []


def test_the_limit_itself_is_kept_and_the_day_after_is_refused(cast: Cast) -> None:
    held(cast, -7)
    limit = latest_date(cast.ici)
    assert limit is not None
    at = datetime.combine(limit, clock.now().time(), tzinfo=clock.PARIS)
    with pytest.raises(BadAnswer, match="au plus tard"):
        convene(
            by=acteur(cast.cheffe_alm), partenariat=cast.ici, genre="periodique", le=at + timedelta(days=1)
        )
    made = convene(by=acteur(cast.cheffe_alm), partenariat=cast.ici, genre="periodique", le=at)
    assert next_meeting(cast.ici) == made
    assert next_meeting(cast.ailleurs) is None


def test_every_postponement_is_kept(cast: Cast) -> None:
    row = planned(cast)
    first, second = row.le + timedelta(days=1), row.le + timedelta(days=2)
    for moment in (first, second):
        postpone(by=acteur(cast.cheffe_alm), reunion=row.pk, le=moment, motif="salle")
    kept = ReportReunion.objects.order_by("le").values_list("ancienne", "nouvelle")
    assert list(kept) == [(row.le, first), (first, second)]
    with pytest.raises(BadAnswer, match="après maintenant"):
        postpone(
            by=acteur(cast.cheffe_alm), reunion=row.pk, le=clock.now() - timedelta(days=1), motif="salle"
        )
    row.refresh_from_db()
    assert (row.le, row.sequence) == (second, 2)


def test_a_locked_version_stays_and_a_correction_is_another(cast: Cast) -> None:
    row, by = planned(cast, -1), acteur(cast.cheffe_alm)
    hold(by=by, reunion=row.pk, presences={cast.alm.pk: 2})
    write_minutes(by=by, reunion=row.pk, texte="Un", version=1)
    lock_minutes(by=by, reunion=row.pk)
    with pytest.raises(NotNow):
        write_minutes(by=by, reunion=row.pk, texte="Réécrit", version=1)
    with pytest.raises(NotNow):
        lock_minutes(by=by, reunion=row.pk)
    write_minutes(by=by, reunion=row.pk, texte="Deux", version=2)
    assert [(one.version, text, one.verrouille_le is None) for one, text in minutes_of(row)] == [
        (2, "Deux", True),
        (1, "Un", False),
    ]
    assert b"Un" not in bytes(CompteRenduReunion.objects.get(version=1).texte_scelle)


def test_a_meeting_to_come_is_not_held(cast: Cast) -> None:
    row = planned(cast, 3)
    with pytest.raises(NotNow):
        hold(by=acteur(cast.cheffe_alm), reunion=row.pk, presences={})
    assert Reunion.objects.get().etat == "prevue"
