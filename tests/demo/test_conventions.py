"""The demo's conventions: La Rochelle's facts stand under a signed text, Limoges is writing its own."""

from dataclasses import replace

import pytest

from maillage.base import clock
from maillage.conventions.enums import EtatConvention
from maillage.conventions.models import Clause, Convention, Partenariat, SignatureConvention
from maillage.conventions.queries import (
    carried,
    clauses_to_review,
    convention_in_force,
    facts,
    unsigned_charters,
)
from maillage.conventions.regles import regles
from maillage.conventions.travail import PREFIX, RYTHME
from maillage.demo import year
from maillage.demo.cities import LA_ROCHELLE, LIMOGES
from maillage.directory.models import Service
from maillage.directory.seed import load_study

pytestmark = pytest.mark.django_db


def test_conventions_stand_on_the_facts_already_there() -> None:
    load_study()
    for city in (LA_ROCHELLE, LIMOGES):
        year.load_city(replace(city, notes_par_jour=1.0, orientations=3, personnes=3), lambda step: None)
    here, today = Partenariat.objects.get(code="larochelle"), clock.today()
    told = Clause.objects.exclude(fait__startswith=PREFIX).order_by("pk")
    clauses = told.values_list("pk", "debut", "invente")
    before, marks = facts(here, today), list(clauses)
    year.write_conventions()
    assert (facts(here, today), list(clauses.all())) == (before, marks)
    row = convention_in_force(here, today)
    assert row is not None
    assert regles(here, today).source(RYTHME) == Clause.objects.get(fait=RYTHME)
    assert (row.clauses.count(), SignatureConvention.objects.filter(convention=row).count()) == (6, 2)
    assert (row.debut, clauses_to_review(here, today)) == (LA_ROCHELLE.depuis, [])
    counts = unsigned_charters(here, today)
    names = {Service.objects.get(pk=pk).code: number for pk, number in counts.items()}
    assert names == {"alpms-larochelle": 1, "adei-larochelle": 0}
    open_one = Convention.objects.get(partenariat__code="limoges")
    assert (open_one.etat, open_one.clauses.count(), len(carried(open_one))) == (EtatConvention.ATELIER, 3, 1)
    assert facts(open_one.partenariat, today) == []
