"""A year counted from one index says what reading each note would say."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from maillage.main_courante.models import Note
from maillage.main_courante.queries.comptes import standing_counts
from maillage.main_courante.queries.passages import standing
from tests.cast import Cast
from tests.diagnostics.field import note, outing

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def written(cast: Cast, rng: Random) -> None:
    """Write notes around and inside the year; correct some, some twice, a correction too; withdraw others."""
    for _ in range(60):
        member = rng.choice([cast.karim, cast.samira, cast.membres["nuit"]])
        sortie = outing(member, FIRST + timedelta(days=rng.randrange(-20, 385)), [cast.hall])
        said = {"categorie": rng.choice(["tag", "rixe"]), "contacts_nouveaux": rng.choice([None, 1, 3])}
        made = note(member, sortie, rng.choice([cast.hall, cast.square_sud]), **said)
        for _ in range(rng.choice([0, 0, 1, 2])):
            later = note(member, sortie, cast.hall, corrige=made, annule=rng.random() < 0.4, **said)
            made = rng.choice([made, later])


def test_the_counts_are_those_of_the_standing_notes(cast: Cast) -> None:
    for seed in range(5):
        Note.objects.update(corrige=None, annule=False)
        Note.objects.all().delete()
        written(cast, Random(seed))
        services = [cast.alm.pk, cast.relais.pk]
        kept = standing(Note.objects.filter(service__in=services, jour__range=(FIRST, LAST)))
        assert 0 < kept.count() < Note.objects.count()
        found = standing_counts(services, FIRST, LAST)
        expected = Counter(kept.values_list("service_id", "categorie", "lieu_id"))
        assert {key: one.notes for key, one in found.items()} == expected
        contacts = kept.aggregate(somme=Sum("contacts_nouveaux"))["somme"]
        assert sum(one.contacts for one in found.values()) == contacts


def test_a_year_without_notes_counts_nothing(cast: Cast) -> None:
    assert standing_counts([cast.alm.pk], FIRST, LAST) == {}


def test_the_year_is_read_in_two_queries_whatever_its_size(cast: Cast) -> None:
    for seed in range(2):
        written(cast, Random(seed))
        with CaptureQueriesContext(connection) as asked:
            standing_counts([cast.alm.pk, cast.relais.pk], FIRST, LAST)
        assert len(asked) == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses from its own statistics")
def test_sqlite_counts_without_reading_the_notes(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        standing_counts([cast.alm.pk, cast.relais.pk], FIRST, LAST)
    plans = []
    with connection.cursor() as cursor:
        for one in asked.captured_queries:
            cursor.execute("EXPLAIN QUERY PLAN " + one["sql"])
            plans.append([row[3] for row in cursor.fetchall()])
    assert plans[0] == ["SEARCH main_courante_note USING COVERING INDEX note_comptee (service_id=?)"]
    assert plans[1][0].startswith("SEARCH main_courante_note USING INDEX sqlite_autoindex_main_courante_note")
