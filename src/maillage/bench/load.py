"""A hundred users at once on a large installation, on either database, and what a peer takes beside it.

Grows a demonstration (some 33 000 notes) to 10⁵ then 10⁶ notes, with persons and exchanges in
proportion, serves it as `maillage serve` does, and lets users visit. Promise: p95 of any screen
≤ 150 ms at the largest size with 20 users at once (design, section 8). In the same run, on the same
SQLite file: Datasette.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from maillage.bench.crowd import crowd, members, served, summary
from maillage.bench.peers import datasette
from maillage.bench.scale import load_demo, size_on_disk
from maillage.bench.throwaway import run_there, tell

NAME = "load"
# Notes, persons, exchanges; nothing added at first.
SIZES = ((0, 0, 0), (100_000, 10_000, 30_000), (1_000_000, 100_000, 300_000))
USERS, PROMISED_USERS, THINK_S, SECONDS, PROMISED_MS = 100, 20, 6.0, 60.0, 150.0
PROGRAM = (
    "import json, django; django.setup(); "
    "from maillage.bench.scale import grow; print(json.dumps(grow{size}))"
)


def run() -> dict[str, Any]:
    """Return, for each size, the rows, bytes on disk, seconds to grow, and what the users waited."""
    import os

    url = os.environ.get("DATABASE_URL")
    with _database(url) as there, tempfile.TemporaryDirectory(prefix="maillage-charge-") as folder:
        env = load_demo(Path(folder) / "donnees", there)
        return {
            "database": "postgresql" if there else "sqlite",
            "utilisateurs": USERS,
            "attente_s": THINK_S,
            "tailles": [_measure(env, size) for size in SIZES],
        }


def lines(result: Mapping[str, Any]) -> list[str]:
    """Say the figures in French, a size a line."""
    said = [
        f"{result['database']}, {result['utilisateurs']} personnes à la fois, "
        f"{result['attente_s']:.0f} s entre deux gestes :"
    ]
    for one in result["tailles"]:
        many, few, rows = one["cent"], one["vingt"], one["lignes"]
        kept = "tenu" if few["p95_ms"] <= PROMISED_MS else "non tenu"
        said.append(
            f"  {rows['notes']} notes, {rows['personnes']} personnes, {rows['echanges']} échanges "
            f"({one['octets'] / 1e6:.0f} Mo) : p50 {many['p50_ms']:.0f}, p95 {many['p95_ms']:.0f}, "
            f"p99 {many['p99_ms']:.0f} ms, {many['par_seconde']} visites/s, {many['echecs']} échec(s), "
            f"mémoire {one['memoire_ko'] / 1000:.0f} Mo ; à vingt, p95 {few['p95_ms']:.0f} ms "
            f"(promis {PROMISED_MS:.0f}, {kept})"
        )
        if one["datasette_ms"] is not None:
            said.append(
                f"    les notes d'un service : ici {one['notes_ms']:.0f} ms, "
                f"Datasette sur le même fichier {one['datasette_ms']:.0f} ms"
            )
    return said


def _measure(env: dict[str, str], size: tuple[int, int, int]) -> dict[str, Any]:
    start = perf_counter()
    rows = run_there(PROGRAM.format(size=size), env)
    grown = perf_counter() - start
    with served(env) as server:
        users = members(env, USERS)
        # Each process reads its code and its lists once; nobody waits for that on an ordinary day.
        crowd(server, users[:PROMISED_USERS], 5.0, 1.0)
        few = crowd(server, users[:PROMISED_USERS], SECONDS / 2, THINK_S / 4)
        server.figures.clear()
        many = crowd(server, users, SECONDS, THINK_S)
        memory = max(seen for seen, _ in server.figures)
    notes = [one.ms for one in many if one.path == "/notes/"]
    return {
        "lignes": rows,
        "octets": size_on_disk(env),
        "croissance_s": round(grown, 1),
        "vingt": summary(few, SECONDS / 2),
        "cent": summary(many, SECONDS),
        "memoire_ko": memory,
        "notes_ms": sorted(notes)[len(notes) // 2] if notes else 0.0,
        "datasette_ms": None if "DATABASE_URL" in env else datasette(Path(env["MAILLAGE_DATA"])),
    }


@contextmanager
def _database(url: str | None) -> Iterator[str | None]:
    """Make an empty database beside the one of `url`, and drop it; None stays None (SQLite)."""
    if not url:
        yield None
        return
    name = f"charge_{secrets.token_hex(6)}"
    tell(url, f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        tell(url, f"DROP DATABASE {name} WITH (FORCE)")
