"""How long a list of exchanges judged by the database takes: the first page, in one query.

Runs on the installation's database (SQLite or PostgreSQL) in a temporary table, gone at the end.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from time import perf_counter
from typing import Any

from maillage.bench.cases import USUAL, sample_cases
from maillage.law.facts import FAITS, INDICE

NAME = "filter"
NEEDS_INSTALLATION = True
EXCHANGES, DISTINCT, PAGE, ROUNDS, PROMISED_MS = 300_000, 20_000, 50, 20, 50.0
KNOWN = ("emetteur.", "destinataire.", "lecture.", "cadre", "finalite", "date", "forme_partenariat")
"""What Python knows when someone opens a list: who asks, of whom, in what frame, for what purpose."""
STORED = tuple(f for f in FAITS if not f.chemin.startswith(KNOWN))
TABLE = "mesure_du_filtre"


def run() -> dict[str, Any]:
    """Milliseconds for the first page of lawful exchanges (median), rows in all, number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    model = _model()
    with connection.cursor() as cursor:
        columns = ", ".join(f"f{INDICE[f.chemin]} smallint" for f in STORED)
        cursor.execute(f"CREATE TEMPORARY TABLE {TABLE} (id integer PRIMARY KEY, {columns})")
        try:
            _fill(cursor)
            lawful = model.objects.filter(_query())
            page = lawful.order_by("-id")[:PAGE]
            with CaptureQueriesContext(connection) as asked:
                found = len(page.values_list("pk", flat=True))
            spent = [_timed(page) for _ in range(ROUNDS)]
            total = lawful.count()
        finally:
            cursor.execute(f"DROP TABLE {TABLE}")
    return {
        "database": connection.vendor,
        "exchanges": EXCHANGES,
        "lawful": total,
        "page": found,
        "queries": len(asked),
        "first_page_ms": statistics.median(spent),
    }


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    kept = "tenu" if result["first_page_ms"] <= PROMISED_MS else "non tenu"
    return [
        f"{result['database']} : {result['page']} premières lignes parmi {result['exchanges']} échanges, "
        f"{result['queries']} requête, {result['first_page_ms']:.1f} ms (promis {PROMISED_MS:.0f}, {kept}) ; "
        f"{result['lawful']} échanges licites en tout."
    ]


def _model() -> Any:
    """The temporary table as a model, in a registry of its own."""
    from django.apps.registry import Apps
    from django.db import models

    fields: dict[str, Any] = {"id": models.IntegerField(primary_key=True)}
    fields |= {f"f{INDICE[f.chemin]}": models.SmallIntegerField(null=True) for f in STORED}
    meta = type("Meta", (), {"app_label": "mesures", "apps": Apps(), "db_table": TABLE})
    return type("Exchange", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})


def _query() -> Any:
    """The rows that the law imposes or permits, between two people that Python knows."""
    from maillage.sharing.filter import Column, law_filter

    columns = {f.chemin: Column(f"f{INDICE[f.chemin]}") for f in STORED}
    between = USUAL[0]
    known = {f.chemin: between.rangs[INDICE[f.chemin]] for f in FAITS if f not in STORED}
    return law_filter("permis", "obligatoire", columns=columns, known=known)


def _fill(cursor: Any) -> None:
    """Invented exchanges; NULL where a fact is missing."""
    places = [INDICE[f.chemin] for f in STORED]
    usual = [f.rang_par_defaut for f in STORED]
    distinct = [
        [None if c.rangs[p] == d else c.rangs[p] for p, d in zip(places, usual, strict=True)]
        for c in sample_cases(DISTINCT)
    ]
    marks = ", ".join(["%s"] * (len(STORED) + 1))
    rows = ((number, *distinct[number % DISTINCT]) for number in range(EXCHANGES))
    cursor.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", rows)  # noqa: S608 - our own names


def _timed(page: Any) -> float:
    """Milliseconds to read the page once, query building included."""
    start = perf_counter()
    list(page.all().values_list("pk", flat=True))
    return (perf_counter() - start) * 1000
