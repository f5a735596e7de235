"""The bench of a hundred users: what it adds to an installation, and what it says of what they waited."""

from __future__ import annotations

import pytest

from maillage.base import clock
from maillage.bench.crowd import Visit, summary
from maillage.bench.scale import grow
from maillage.main_courante.models import Note
from tests.cast import Cast
from tests.door import send
from tests.projects_made import write_note


@pytest.mark.django_db(transaction=True)
def test_an_installation_grows_in_the_years_before(cast: Cast) -> None:
    send(cast)
    for _ in range(3):
        write_note(cast, cast.nadia, clock.today(), "rixe")
    assert grow(10, 4, 5) == {"notes": 10, "personnes": 4, "echanges": 5}
    days = sorted(Note.objects.values_list("jour", flat=True))
    assert days.count(clock.today()) == 3
    assert (clock.today() - days[6]).days >= 364
    assert grow(10, 4, 5) == {"notes": 10, "personnes": 4, "echanges": 5}
    assert grow(12, 6, 7) == {"notes": 12, "personnes": 6, "echanges": 7}


def test_what_the_users_waited() -> None:
    visits = [Visit("/", 200, float(ms)) for ms in range(1, 99)]
    visits += [Visit("/", 0, 99.0), Visit("/noter/", 403, 100.0)]
    assert summary(visits, 10.0) == {
        "visites": 100,
        "par_seconde": 10.0,
        "p50_ms": 50.5,
        "p95_ms": 96.0,
        "p99_ms": 100.0,
        "refus": 1,
        "echecs": 1,
    }
