"""The filter reading: the database gives, row by row, the outcome that the law gives case by case."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.bench.cases import sample_cases
from maillage.law.case import Case
from maillage.law.facts import FAITS, INDICE
from maillage.law.language import Genre, Regle
from maillage.law.rules import REGLES
from maillage.law.steps import ISSUES, read_law
from maillage.sharing import filter as reading
from maillage.sharing.filter import Column, ground_filter, law_filter
from tests.law.cas import CAS, any_case, cases
from tests.law.lecture_simple import OneCase
from tests.law.regles import rule_sets

pytestmark = pytest.mark.django_db

CODED = tuple(f for f in FAITS if f.genre in (Genre.ENUMERATION, Genre.LECTURE))[:6]
"""Facts that the table holds a second time, as codes of the wire."""


def _row_model() -> Any:
    """A table with one column of ranks per fact, in a registry of its own."""
    fields: dict[str, Any] = {"id": models.IntegerField(primary_key=True)}
    fields |= {f"f{i}": models.SmallIntegerField(null=True) for i in range(len(FAITS))}
    fields |= {f"c{INDICE[f.chemin]}": models.CharField(max_length=40, null=True) for f in CODED}
    meta = type("Meta", (), {"app_label": "essai", "apps": Apps(), "db_table": "essai_cas"})
    return type("Row", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})


ROW = _row_model()
COLUMNS = {f.chemin: Column(f"f{i}") for i, f in enumerate(FAITS)}


@pytest.fixture(autouse=True)
def _table(db: None) -> None:
    """The table, for one test."""
    # Not by the schema editor: SQLite refuses it inside the transaction of a test.
    types = [f"f{i} smallint" for i in range(len(FAITS))] + [
        f"c{INDICE[f.chemin]} varchar(40)" for f in CODED
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE essai_cas (id integer PRIMARY KEY, {', '.join(types)})")


def _store(some: list[Case]) -> list[int]:
    """Store cases; a missing fact is NULL, as is an unknown one."""
    ROW.objects.all().delete()
    for number, case in enumerate(some, start=1):
        stored: dict[str, Any] = {
            f"f{i}": None if r == f.rang_par_defaut else r
            for i, (f, r) in enumerate(zip(FAITS, case.rangs, strict=True))
        }
        stored |= {f"c{INDICE[f.chemin]}": case.valeur(f.chemin) for f in CODED}
        ROW(id=number, **stored).save(force_insert=True)
    return list(ROW.objects.order_by("pk").values_list("pk", flat=True))


def _expected(regles: tuple[Regle, ...], some: list[Case]) -> list[str]:
    return [next(i for i in ISSUES if read_law(regles, OneCase(c)).issues[i]) for c in some]


def _filtered(
    regles: tuple[Regle, ...], ids: list[int], known: dict[str, int], **more: Any
) -> list[list[str]]:
    """For each row, the outcomes whose filter lets it through."""
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    columns = {**COLUMNS, **more.get("columns", {})}
    for issue in ISSUES:
        query = law_filter(issue, columns=columns, known=known, regles=regles)
        for pk in ROW.objects.filter(query).values_list("pk", flat=True):
            found[pk].append(issue)
    return list(found.values())


generated = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@generated
@given(rule_sets(), st.lists(any_case(), min_size=1, max_size=6))
def test_filter_agrees_on_any_law(regles: tuple[Regle, ...], some: list[Case]) -> None:
    ids = _store(some)
    assert _filtered(regles, ids, {}) == [[i] for i in _expected(regles, some)]


@generated
@given(st.lists(cases, min_size=1, max_size=6), st.sets(st.sampled_from(FAITS), min_size=30, max_size=45))
def test_what_python_knows_becomes_a_constant(some: list[Case], known: set[Any]) -> None:
    """Every row shares the known facts: the query no longer reads their columns."""
    first = some[0].rangs
    shared = {f.chemin: first[INDICE[f.chemin]] for f in known}
    same = [
        Case(None, tuple(shared.get(f.chemin, r) for f, r in zip(FAITS, c.rangs, strict=True)), None)
        for c in some
    ]
    ids = _store(same)
    ROW.objects.update(**{f"f{INDICE[c]}": 0 for c in shared})
    assert _filtered(REGLES, ids, shared) == [[i] for i in _expected(REGLES, same)]


def test_codes_are_read_as_ranks_are() -> None:
    some = [*CAS[:30], *sample_cases(20)]
    ids = _store(some)
    coded = {f.chemin: Column(f"c{INDICE[f.chemin]}", codes=True) for f in CODED}
    assert _filtered(REGLES, ids, {}, columns=coded) == [[i] for i in _expected(REGLES, some)]


def test_one_query_says_which_rows_rest_on_a_rule(django_assert_num_queries: Any) -> None:
    some = [*CAS]
    ids = _store(some)
    expected = [
        pk for pk, c in zip(ids, some, strict=True) if read_law(REGLES, OneCase(c)).fondements["ORIENT-PRIVE"]
    ]
    with django_assert_num_queries(1):
        query = ground_filter("ORIENT-PRIVE", columns=COLUMNS, known={})
        assert list(ROW.objects.filter(query).order_by("pk").values_list("pk", flat=True)) == expected
    assert expected != []


def test_a_fault_planted_in_the_filter_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """NULL let into both sides: an unknown fact would help."""
    whole = reading._among

    def wrong(column: Column, fait: Any, rangs: frozenset[int]) -> Any:
        return whole(column, fait, rangs | {fait.rang_par_defaut})

    some = [c.avec({"cadre": None}) for c in CAS[::4]]
    ids = _store(some)
    expected = [[i] for i in _expected(REGLES, some)]
    assert _filtered(REGLES, ids, {}) == expected
    monkeypatch.setattr(reading, "_among", wrong)
    assert _filtered(REGLES, ids, {}) != expected
