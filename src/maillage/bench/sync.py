"""How long 200 sealed notes take to be durable, and how many a second twenty telephones can send.

Runs on a throw-away installation of its own (SQLite, `synchronous=FULL`, on the disk): nothing of the
installation at hand is touched. Each note is opened, proved, written and entered in the ledger.
Promise: 200 notes accepted and durable in ≤ 1 s (design, section 8).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maillage.bench.throwaway import run_there, throwaway

NAME = "sync"
PROMISED_S = 1.0
NOTES, TELEPHONES = 200, 20
PROGRAM = "from maillage.bench.sync import measure; measure()"


def run() -> dict[str, Any]:
    """Return seconds for one telephone's 200 notes, notes a second for twenty, and what is on the disk."""
    with tempfile.TemporaryDirectory(prefix="maillage-sync-") as folder:
        return run_there(PROGRAM, throwaway(Path(folder)))


def lines(result: Mapping[str, Any]) -> list[str]:
    """Say the figures in French, beside what was promised."""
    kept = "tenu" if result["secondes_200"] <= PROMISED_S else "non tenu"
    return [
        f"{NOTES} notes scellées, reçues et sur le disque : {result['secondes_200']:.2f} s "
        f"(promis {PROMISED_S:.0f} s, {kept}) ; synchronous={result['synchronous']}",
        f"{TELEPHONES} téléphones à la fois : {result['notes_par_seconde']:.0f} notes par seconde, "
        f"{result['enregistrees']} enregistrées sur {result['envoyees']}",
    ]


def measure() -> None:
    """Fill, send and measure, in a process of its own whose settings are already the throw-away ones."""
    import django

    django.setup()
    from maillage.main_courante.telephones import Fleet

    fleet = Fleet(TELEPHONES)
    one = fleet.send_one(NOTES)
    rate = fleet.send_together(NOTES // 4)
    print(json.dumps({"secondes_200": round(one, 3), "notes_par_seconde": round(rate, 1), **fleet.held()}))  # noqa: T201
