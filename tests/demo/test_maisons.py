"""What the desks of shared houses and the parents relais left in a month of the demo."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from maillage.coordination.models import PassageAccueil, Vacation
from maillage.demo.maisons import write_desks, write_hours
from maillage.directory.enums import GenreLieu, Role
from maillage.directory.models import Lieu, Poste
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


def test_a_month_at_the_desk_and_at_the_school_gates(cast: Cast) -> None:
    Lieu.objects.filter(pk=cast.hall.pk).update(genre=GenreLieu.MAISON)
    Poste.objects.filter(pk=cast.karim.poste.pk).update(role=Role.PARENT_RELAIS)
    assert write_desks(cast.ici, Random(1), FRIDAY) == PassageAccueil.objects.count() > 100
    assert write_hours(cast.alm, Random(1), FRIDAY) == Vacation.objects.count() > 1
    days = {row.jour for row in (*PassageAccueil.objects.all(), *Vacation.objects.all())}
    assert (min(days) >= date(2026, 10, 29), max(days), {day.weekday() for day in days}) == (
        True,
        FRIDAY,
        {0, 1, 2, 3, 4},
    )
    today = PassageAccueil.objects.filter(jour=FRIDAY).values_list("moment", flat=True)
    assert set(today.order_by()) == {"matin"}
    assert set(Vacation.objects.values_list("poste", flat=True)) == {cast.karim.poste.pk}
