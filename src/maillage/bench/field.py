"""An invented year of a partnership's notes, as many as one wants, for the benches that count them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from maillage.bench.throwaway import on_either_database, run_there

SIZES, PROMISED_S = (100_000, 1_000_000), 1.0
YEAR, PLACES, QUARTIERS, BATCH = 2024, 40, 4, 20_000
MONTHS = [date(YEAR, month, 1) for month in range(1, 13)]
COLUMNS = (
    "id", "service_id", "poste_id", "sortie_id", "lieu_id", "jour", "creneau", "categorie", "ambiance",
    "effectif", "publics", "origine", "suites", "texte_scelle", "observee_le", "recue_le", "heure_ecartee",
    "appareil", "annule", "empreinte",
)  # fmt: skip
KEPT = ("service_id", "lieu_id", "quartier", "jour", "creneau", "categorie", "ambiance")


@dataclass(frozen=True)
class Field:
    """What was written: the partnership, and a CSV of the notes for the yardstick (columns `KEPT`)."""

    partenariat: Any
    notes: Path


def at_each_size(program: str, sizes: Sequence[int]) -> dict[str, Any]:
    """Run `program.format(size=…)` in a throw-away installation of its own for each size."""
    found = []
    for size in sizes:
        with on_either_database() as env:
            found.append(run_there(program.format(size=size), env))
    return {"sizes": found}


def growth(sizes: Sequence[Mapping[str, Any]], name: str) -> str:
    """Say how much more time (`name`) the largest size takes than the smallest."""
    times, more = sizes[-1][name] / sizes[0][name], sizes[-1]["notes"] / sizes[0]["notes"]
    return f"{more:.0f} fois plus de notes : {times:.1f} fois plus de temps."


def beside(one: Mapping[str, Any], first: str) -> tuple[str, str]:
    """Say whether the promise is kept by this figure, and what the yardstick took."""
    duck = "DuckDB absent" if one["duckdb_s"] is None else f"DuckDB sur Parquet {one['duckdb_s']:.2f} s"
    return "tenu" if one[first] <= PROMISED_S else "non tenu", duck


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Do it; return the seconds it took, and the seconds this process computed (SQLite's part included).

    On a machine that does something else the second says what the first would be.
    """
    start, computed = perf_counter(), process_time()
    act()
    return perf_counter() - start, process_time() - computed


def write_field(size: int, folder: Path) -> Field:
    """Write a partnership of two services, their daily outings and `size` notes over the year."""
    from django.db import connection, transaction

    from maillage.base.wall import declare_house

    # Not through the command, which would have said it: what fills and counts here is the measure itself.
    declare_house()
    with transaction.atomic():
        partenariat, services = _partnership()
        quarters = _places(partenariat)
        posts = {service.pk: _post(service) for service in services}
        outings = _outings(services)
    names = ", ".join(COLUMNS)
    insert = f"INSERT INTO main_courante_note ({names}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
    file = folder / f"notes-{size}.csv"
    with file.open("w", encoding="ascii") as written, connection.cursor() as cursor:
        written.write(",".join(KEPT) + "\n")
        for batch in _batches(size, posts, outings, list(quarters)):
            with transaction.atomic():
                cursor.executemany(insert, batch)
            written.writelines(_line(row, quarters) for row in batch)
        # What each database does by itself in the end: nothing more is done for the measure's sake.
        tidy = "PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM ANALYZE"
        cursor.execute(tidy)
    return Field(partenariat, file)


def duckdb_seconds(field: Field, queries: Sequence[str]) -> float | None:
    """Seconds for these queries ({file} is the Parquet file) in DuckDB; None when it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    parquet = field.notes.with_suffix(".parquet")
    with duckdb.connect() as base:
        base.execute(f"COPY (SELECT * FROM read_csv('{field.notes}')) TO '{parquet}' (FORMAT parquet)")  # noqa: S608
        start = perf_counter()
        for query in queries:
            base.execute(query.format(file=parquet)).fetchall()
        return perf_counter() - start


def _partnership() -> tuple[Any, list[Any]]:
    from maillage.conventions.models import Partenariat, Participation
    from maillage.directory.enums import Metier
    from maillage.directory.models import Service, Structure

    partenariat = Partenariat.objects.create(code="mesure", nom="Mesure", invente=True)
    structure = Structure.objects.create(nom="Mesure")
    services = [
        Service.objects.create(
            code=f"mesure-{metier.value[:9]}",
            structure=structure,
            metier=metier,
            nom=f"Mesure, {metier.label.lower()}",
            nom_court=str(metier.label),
        )
        for metier in (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
    ]
    for service in services:
        Participation.objects.create(partenariat=partenariat, service=service, debut=MONTHS[0])
    return partenariat, services


def _places(partenariat: Any) -> dict[UUID, int]:
    """Return {place: the rank of its quartier}."""
    from maillage.directory.enums import GenreLieu, GenreTerritoire
    from maillage.directory.models import Lieu, Territoire

    grounds = [
        Territoire.objects.create(
            genre=GenreTerritoire.SECTEUR, code=f"mesure-{rank}", nom=f"Quartier {rank}"
        )
        for rank in range(QUARTIERS)
    ]
    partenariat.territoires.add(*grounds)
    rows = [
        Lieu(territoire=grounds[one % QUARTIERS], nom=f"Lieu {one}", genre=GenreLieu.SQUARE)
        for one in range(PLACES)
    ]
    return {lieu.pk: rank % QUARTIERS for rank, lieu in enumerate(Lieu.objects.bulk_create(rows))}


def _post(service: Any) -> UUID:
    from maillage.directory.enums import Role
    from maillage.directory.models import Poste, Professionnel

    person = Professionnel.objects.create(prenom="M", nom="M", invente=True)
    row = Poste.objects.create(
        professionnel=person, service=service, role=Role.MEDIATEUR, intitule="Mesure", debut=MONTHS[0]
    )
    return UUID(str(row.pk))


def _outings(services: Sequence[Any]) -> dict[tuple[UUID, date], UUID]:
    from maillage.base.clock import PARIS
    from maillage.main_courante.models import Sortie

    def at(day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), PARIS)

    rows = [
        Sortie(service=one, genre="tournee", jour=day, debut=at(day, 18), fin=at(day, 23))
        for one in services
        for day in (MONTHS[0] + timedelta(days=back) for back in range(366))
    ]
    return {(row.service_id, row.jour): row.pk for row in Sortie.objects.bulk_create(rows, batch_size=500)}


def _batches(
    size: int, posts: Mapping[UUID, UUID], outings: Mapping[tuple[UUID, date], UUID], places: Sequence[UUID]
) -> Iterator[list[tuple[Any, ...]]]:
    from django.db import connection

    rng, services = Random(f"mesure-{size}"), list(posts)  # noqa: S311 - figures to measure with
    native = connection.features.has_native_uuid_field

    def key(one: UUID) -> UUID | str:
        return one if native else one.hex

    for begun in range(0, size, BATCH):
        batch = []
        for rank in range(begun, min(begun + BATCH, size)):
            # Notes are written as days go by.
            service, day = rng.choice(services), MONTHS[0] + timedelta(days=366 * rank // size)
            batch.append(
                (
                    key(UUID(int=rng.getrandbits(128), version=4)), key(service), key(posts[service]),
                    key(outings[service, day]), key(rng.choice(places)), day,
                    rng.choice(("soiree", "nuit", "nuit_profonde")),
                    rng.choice(("regroupement", "tag", "rixe", "rien_a_signaler")),
                    rng.choice(("ras", "ras", "tensions")), "2_4", '["16_21"]', "ronde", '["rien"]',
                    b"", f"{day} 20:00:00+00:00", f"{day} 20:00:00+00:00", False, "", False, "",
                )
            )  # fmt: skip
        yield batch


def _line(row: Sequence[Any], quarters: Mapping[UUID, int]) -> str:
    place = row[4] if isinstance(row[4], UUID) else UUID(row[4])
    return ",".join(map(str, (row[1], place, quarters[place], row[5], *row[6:9]))) + "\n"
