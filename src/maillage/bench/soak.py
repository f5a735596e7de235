"""Ten minutes of a hundred users: memory and open files stay flat, and nothing fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.bench.crowd import crowd, members, served, summary
from maillage.bench.scale import demonstration

NAME = "soak"
USERS, THINK_S, SECONDS = 100, 6.0, 600.0
# The first minute fills caches and pools.
SETTLED = 0.2


def run() -> dict[str, Any]:
    """Return what the users waited, and memory (kB) and open files once settled and at the end."""
    with demonstration() as env, served(env) as server:
        visits = crowd(server, members(env, USERS), SECONDS, THINK_S)
        seen = server.figures
    early = seen[int(len(seen) * SETTLED) :]
    half = len(early) // 2
    return {
        "secondes": SECONDS,
        **summary(visits, SECONDS),
        "memoire_ko": [max(one for one, _ in early[:half]), max(one for one, _ in early[half:])],
        "fichiers": [max(one for _, one in early[:half]), max(one for _, one in early[half:])],
    }


def lines(result: Mapping[str, Any]) -> list[str]:
    """Say the figures in French."""
    (before, after), (opened, left) = result["memoire_ko"], result["fichiers"]
    return [
        f"{USERS} personnes pendant {result['secondes'] / 60:.0f} minutes : {result['visites']} visites, "
        f"{result['echecs']} échec(s), {result['refus']} refus voulus, "
        f"p95 {result['p95_ms']:.0f} ms ; mémoire {before / 1000:.0f} puis "
        f"{after / 1000:.0f} Mo, fichiers ouverts {opened} puis {left}"
    ]
