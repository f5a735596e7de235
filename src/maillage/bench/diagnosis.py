"""How long a diagnosis takes to count its months, beside the same count in DuckDB over Parquet.

Fills the installation's database with the notes of an invented partnership, in one transaction that is
never kept. Promise: the first month counted in a second at most at a million notes, time growing no
faster than notes, memory bounded by one month.
"""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

NAME = "diagnosis"
NEEDS_INSTALLATION = True
SIZES = (100_000, 1_000_000)
PROMISED_S, YEAR, PLACES, BATCH = 1.0, 2024, 40, 20_000
COLUMNS = (
    "id", "service_id", "poste_id", "sortie_id", "lieu_id", "jour", "creneau", "categorie", "ambiance",
    "effectif", "publics", "origine", "suites", "texte_scelle", "observee_le", "recue_le", "heure_ecartee",
    "appareil", "annule", "empreinte",
)  # fmt: skip
YARDSTICK = """
    SELECT service_id, {column}, count(*) FROM '{file}'
    WHERE jour >= DATE '{first}' AND jour < DATE '{last}' GROUP BY ALL
"""


def run() -> dict[str, Any]:
    """Seconds for the first month and for the year, peak memory in MB, DuckDB's seconds, at each size."""
    from django.db import connection

    return {"database": connection.vendor, "sizes": [_at(size) for size in SIZES]}


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    said = []
    for one in result["sizes"]:
        kept = "tenu" if one["first_month_s"] <= PROMISED_S else "non tenu"
        duck = "DuckDB absent" if one["duckdb_s"] is None else f"DuckDB sur Parquet {one['duckdb_s']:.2f} s"
        said.append(
            f"{result['database']}, {one['notes']} notes : premier mois {one['first_month_s']:.2f} s "
            f"(promis {PROMISED_S:.0f} s, {kept}), l'année {one['year_s']:.1f} s ({duck} pour l'année), "
            f"tables masquées {one['masked_s']:.2f} s, mémoire {one['peak_mb']:.0f} Mo."
        )
    small, large = result["sizes"][0], result["sizes"][-1]
    times, more = large["year_s"] / small["year_s"], large["notes"] / small["notes"]
    return [*said, f"{more:.0f} fois plus de notes : {times:.1f} fois plus de temps."]


def _at(size: int) -> dict[str, Any]:
    from django.db import transaction

    with transaction.atomic():
        try:
            return _measured(size)
        finally:
            transaction.set_rollback(True)


def _measured(size: int) -> dict[str, Any]:
    from maillage.diagnostics.counting import month_counts, places_of
    from maillage.diagnostics.figures import Ground, figures_of
    from maillage.diagnostics.masking import INSIDE

    partenariat, places = _partnership()
    rows = _written(size, partenariat, places)
    months = [date(YEAR, month, 1) for month in range(1, 13)]
    start = perf_counter()
    month_counts(partenariat, months[0])
    first = perf_counter() - start
    start = perf_counter()
    counted = {month: month_counts(partenariat, month) for month in months}
    year = perf_counter() - start
    start = perf_counter()
    lieux = {str(lieu.pk): lieu for lieu in places_of(partenariat).select_related("territoire")}
    figures_of(Ground(lieux, {month: counted[month] for month in months[:3]}), INSIDE)
    masked = perf_counter() - start
    tracemalloc.start()
    month_counts(partenariat, months[1])
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {
        "notes": size,
        "first_month_s": first,
        "year_s": year,
        "masked_s": masked,
        "peak_mb": peak,
        "duckdb_s": _duckdb(rows, months),
    }


def _partnership() -> tuple[Any, list[UUID]]:
    from maillage.base.identifiers import new_id
    from maillage.conventions.models import Partenariat, Participation
    from maillage.directory.enums import GenreLieu, GenreTerritoire, Metier, Role
    from maillage.directory.models import Lieu, Poste, Professionnel, Service, Structure, Territoire

    mark = str(new_id())
    ground = Territoire.objects.create(genre=GenreTerritoire.SECTEUR, code=mark[:24], nom="Mesure")
    partenariat = Partenariat.objects.create(code=f"mesure-{mark}", nom="Mesure", invente=True)
    partenariat.territoires.add(ground)
    structure, person = (
        Structure.objects.create(nom="Mesure"),
        Professionnel.objects.create(prenom="M", nom="M"),
    )
    for metier in (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE):
        service = Service.objects.create(
            code=f"{metier.value[:8]}-{mark}",
            structure=structure,
            metier=metier,
            nom="Mesure",
            nom_court="Mesure",
        )
        Participation.objects.create(partenariat=partenariat, service=service, debut=date(YEAR, 1, 1))
        Poste.objects.create(
            professionnel=person,
            service=service,
            role=Role.MEDIATEUR,
            intitule="Mesure",
            debut=date(YEAR, 1, 1),
        )
    lieux = [Lieu(territoire=ground, nom=f"Lieu {one}", genre=GenreLieu.SQUARE) for one in range(PLACES)]
    return partenariat, [lieu.pk for lieu in Lieu.objects.bulk_create(lieux)]


def _written(size: int, partenariat: Any, places: Sequence[UUID]) -> list[tuple[Any, ...]]:
    """Write the notes, an outing a day and service; return what the yardstick counts of each."""
    from django.db import connection

    from maillage.directory.models import Poste, Service

    services = list(Service.objects.filter(partenariats=partenariat))
    posts = {service.pk: Poste.objects.get(service=service).pk for service in services}
    outings = _outings(services)
    names = ", ".join(COLUMNS)
    insert = f"INSERT INTO main_courante_note ({names}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
    kept: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for batch in _batches(size, services, posts, outings, places):
            cursor.executemany(insert, batch)
            kept += [(str(row[1]), str(row[4]), row[5], *row[6:9]) for row in batch]
        cursor.execute("ANALYZE")
    return kept


def _outings(services: Sequence[Any]) -> dict[tuple[UUID, date], UUID]:
    from datetime import datetime, time

    from maillage.base.clock import PARIS
    from maillage.main_courante.models import Sortie

    days = [date(YEAR, 1, 1) + timedelta(days=back) for back in range(366)]
    rows = [
        Sortie(service=one, genre="tournee", jour=day, debut=datetime.combine(day, time(20), PARIS))
        for one in services
        for day in days
    ]
    return {(row.service_id, row.jour): row.pk for row in Sortie.objects.bulk_create(rows, batch_size=500)}


def _batches(
    size: int,
    services: Sequence[Any],
    posts: Mapping[UUID, UUID],
    outings: Mapping[Any, UUID],
    places: Sequence[UUID],
) -> Iterator[list[tuple[Any, ...]]]:
    from django.db import connection

    rng, first = Random(f"{NAME}-{size}"), date(YEAR, 1, 1)  # noqa: S311 - figures to measure with
    native = connection.features.has_native_uuid_field

    def key(one: UUID) -> UUID | str:
        return one if native else one.hex

    for begun in range(0, size, BATCH):
        batch = []
        for rank in range(begun, min(begun + BATCH, size)):
            # Notes are written as days go by.
            service, day = rng.choice(services), first + timedelta(days=366 * rank // size)
            batch.append(
                (
                    key(UUID(int=rng.getrandbits(128), version=4)), key(service.pk), key(posts[service.pk]),
                    key(outings[service.pk, day]), key(rng.choice(places)), day,
                    rng.choice(("soiree", "nuit", "nuit_profonde")),
                    rng.choice(("regroupement", "tag", "rixe", "rien_a_signaler")),
                    rng.choice(("ras", "ras", "tensions")), "2_4", '["16_21"]', "ronde", '["rien"]',
                    b"", f"{day} 20:00:00+00:00", f"{day} 20:00:00+00:00", False, "", False, "",
                )
            )  # fmt: skip
        yield batch


def _duckdb(rows: Sequence[tuple[Any, ...]], months: Sequence[date]) -> float | None:
    """Seconds for the year's tables in DuckDB over a Parquet file it wrote; None when it is not there."""
    try:
        import duckdb
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        text, file = Path(folder) / "notes.csv", Path(folder) / "notes.parquet"
        with text.open("w", encoding="ascii") as written:
            written.write("service_id,lieu_id,jour,creneau,categorie,ambiance\n")
            written.writelines(",".join(map(str, row)) + "\n" for row in rows)
        base.execute(f"COPY (SELECT * FROM read_csv('{text}')) TO '{file}' (FORMAT parquet)")  # noqa: S608
        start = perf_counter()
        for month in months:
            until = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
            for column in ("lieu_id", "creneau", "categorie", "ambiance", "jour"):
                base.execute(YARDSTICK.format(column=column, file=file, first=month, last=until)).fetchall()
        return perf_counter() - start
