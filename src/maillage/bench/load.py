"""A hundred users at once on a large installation, on either database, and what a peer takes beside it.

Grows a demonstration (some 33 000 notes) to 10⁵ then 10⁶ notes, with persons and exchanges in
proportion, serves it as `maillage serve` does, and lets users visit. Promise: p95 of any screen
≤ 150 ms at the largest size with 20 users at once (design, section 8). In the same run, on the same
tables, one page of a service's notes: Django's administration, and Datasette on SQLite.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any

from maillage.bench.crowd import alone, crowd, members, served, summary
from maillage.bench.peers import VISITS, peers
from maillage.bench.scale import demonstration, size_on_disk
from maillage.bench.throwaway import run_there

NAME = "load"
# Notes, persons, exchanges; nothing added at first.
SIZES = ((0, 0, 0), (100_000, 10_000, 30_000), (1_000_000, 100_000, 300_000))
USERS, PROMISED_USERS, THINK_S, SECONDS, PROMISED_MS = 100, 20, 6.0, 60.0, 150.0
PROGRAM = (
    "import json, django; django.setup(); "
    "from maillage.base.wall import declare_house; declare_house(); "
    "from maillage.bench.scale import grow; print(json.dumps(grow{size}))"
)


def run() -> dict[str, Any]:
    """Return, for each size, the rows, bytes on disk, seconds to grow, and what the users waited."""
    with demonstration() as env:
        return {
            "database": "postgresql" if "DATABASE_URL" in env else "sqlite",
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
            f"p99 {many['p99_ms']:.0f} ms, {many['par_seconde']} visites/s, "
            f"{many['echecs']} échec(s), {many['refus']} refus voulus, "
            f"mémoire {one['memoire_ko'] / 1000:.0f} Mo ; à vingt, p95 {few['p95_ms']:.0f} ms "
            f"(promis {PROMISED_MS:.0f}, {kept})"
        )
        datasette = "" if one["datasette_ms"] is None else f", Datasette {one['datasette_ms']:.0f} ms"
        said.append(
            f"    les notes d'un service, seul : ici {one['notes_ms']:.0f} ms, "
            f"l'administration de Django {one['admin_ms']:.0f} ms{datasette}"
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
        mediator = next(one for one in users if one[0] == "mediateur")
        notes = alone(server, mediator, "/notes/", VISITS)
    return {
        "lignes": rows,
        "octets": size_on_disk(env),
        "croissance_s": round(grown, 1),
        "vingt": summary(few, SECONDS / 2),
        "cent": summary(many, SECONDS),
        "memoire_ko": memory,
        "notes_ms": notes,
        **peers(env),
    }
