"""A demonstration grown to many years of work: notes, persons and exchanges, for the benches that serve it.

The six cities keep their last year as it is; what is added lies in the ten years before, so that lists
of today stay those of a real evening and the tables are as large as asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from maillage.bench.throwaway import on_either_database, run_there

YEARS, WEEKS = 10, 52
BATCH, LIVE_DAYS = 2_000, 300
LOAD = (
    "import json, django; django.setup(); from pathlib import Path; "
    "from maillage.base.wall import declare_house; declare_house(); "
    "from maillage.demo.year import load; "
    "print(json.dumps({{'comptes': load(Path({folder!r}), lambda step: None)}}))"
)
NOTES, PERSONS, EXCHANGES = "main_courante_note", "dossiers_personne", "sharing_echange"


@contextmanager
def demonstration() -> Iterator[dict[str, str]]:
    """Load the demonstration on PostgreSQL when DATABASE_URL is set, on SQLite otherwise; then drop it.

    Yields the environment of what serves it.
    """
    with on_either_database() as env:
        folder = data_folder(env)
        folder.mkdir(exist_ok=True)
        run_there(LOAD.format(folder=str(folder)), env)
        yield env | {"MAILLAGE_HTTPS": "0"}


def data_folder(env: Mapping[str, str]) -> Path:
    """Return the folder of an installation's files; on SQLite, of its database too."""
    return Path(env.get("MAILLAGE_FILES") or env["MAILLAGE_DATA"])


def grow(notes: int, persons: int, exchanges: int) -> dict[str, int]:
    """Grow the installation to these numbers of rows; return how many there are.

    Runs in a process where Django is set up.
    """
    _add_persons(persons - _count(PERSONS))
    _copy(
        NOTES,
        notes - _count(NOTES),
        # Words belong to their own row, and would not open in another.
        {"texte_scelle": "%(empty)s", "corrige_id": "NULL", "sortie_id": "NULL"},
        dates=("jour",),
        moments=("observee_le", "recue_le"),
    )
    changed = {"envoi": "%(uuid)s", "orientation": "NULL"}
    _copy(EXCHANGES, exchanges - _count(EXCHANGES), changed, moments=("le",))
    _tidy()
    return {"notes": _count(NOTES), "personnes": _count(PERSONS), "echanges": _count(EXCHANGES)}


def _count(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


def _add_persons(count: int) -> None:
    """Add persons whose support by a prevention service began and ended in the ten years before."""
    from maillage.directory.enums import Role
    from maillage.directory.models import Poste
    from maillage.sharing.bulk import load_persons

    # Grown again, it draws others.
    rng = Random(f"charge-{_count(PERSONS)}")  # noqa: S311 - figures to measure with
    crews = list(Poste.objects.filter(role=Role.EDUCATEUR).values_list("pk", "service").order_by("pk"))
    for begun in range(0, count, BATCH):
        load_persons([_person(*rng.choice(crews), rng) for _ in range(min(BATCH, count - begun))])


def _person(poste: UUID, service: UUID, rng: Random) -> Any:
    from maillage.base.clock import PARIS, today
    from maillage.sharing.bulk import PersonToLoad, Support
    from maillage.sharing.enums import MotifCloture, Nature, PorteeOuverture

    start = today() - timedelta(days=rng.randrange(LIVE_DAYS, YEARS * 365))
    end = start + timedelta(days=rng.randrange(30, LIVE_DAYS))
    opened = datetime.combine(start, time(10), PARIS)
    one, support = (UUID(int=rng.getrandbits(128), version=4) for _ in range(2))
    return PersonToLoad(
        id=one,
        service=service,
        nature=Nature.ACCOMPAGNEE,
        appellation=f"Mesure {rng.randrange(1000)}",
        tranche_age="18_20",
        creee_le=opened,
        dernier_contact_le=end,
        support=Support(support, start, [(poste, start, end)], clos_le=end, motif=MotifCloture.values[0]),
        openings=[(service, PorteeOuverture.ACCOMPAGNEMENT, "adhesion", opened)],
    )


def _copy(
    table: str,
    count: int,
    changed: dict[str, str],
    dates: tuple[str, ...] = (),
    moments: tuple[str, ...] = (),
) -> None:
    """Insert `count` copies of a table's rows, each with a new identifier, `WEEKS` or more before."""
    from django.db import connection, transaction

    sqlite = connection.vendor == "sqlite"
    words = {
        "uuid": "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()",
        "empty": "x''" if sqlite else "''::bytea",
    }
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        stock, left, turn = _count(table), count, 1
        cursor.execute(f"CREATE TEMPORARY TABLE modele AS SELECT * FROM {table}")  # noqa: S608
        while left > 0:
            days = 7 * WEEKS * (1 + turn % YEARS)
            said = {"id": words["uuid"]} | {name: text % words for name, text in changed.items()}
            for name in dates:
                said[name] = f"date({name}, '-{days} days')" if sqlite else f"{name} - {days}"
            for name in moments:
                later = f"datetime({name}, '-{days} days')" if sqlite else f"{name} - interval '{days} days'"
                said[name] = later
            values = ", ".join(said.get(name, name) for name in columns)
            with transaction.atomic():
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608
                    f"SELECT {values} FROM modele LIMIT {left}"
                )
            left, turn = left - min(left, stock), turn + 1
        cursor.execute("DROP TABLE modele")


def _tidy() -> None:
    """Do what each database does by itself in the end: nothing more for the measure's sake."""
    from django.db import connection

    with connection.cursor() as cursor:
        order = "PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM ANALYZE"
        cursor.execute(order)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA optimize")


def size_on_disk(env: Mapping[str, str]) -> int:
    """Return the bytes that the database of this installation takes on the disk."""
    if "DATABASE_URL" not in env:
        return sum(one.stat().st_size for one in data_folder(env).glob("maillage.sqlite3*"))
    import psycopg

    with psycopg.connect(env["DATABASE_URL"]) as opened:
        row: Any = opened.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0])
