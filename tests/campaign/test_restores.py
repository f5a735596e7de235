"""Fifty restores, each from the backup of the one before it after a day's work: none may differ."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.campaign.grounds import Ground, cluster, program, this_run

Record = Callable[[str, object], None]
LEDGER, OWN_LINES = "audit.Ligne", {"audit.Ligne", "audit.Chaine", "audit.TeteSignee"}


@dataclass
class Generations:
    """What a series of restores did."""

    restores: int = 0
    busy: int = 0
    rows: int = 0
    tables: int = 0
    different: int = 0
    verified: str = ""

    def said(self) -> str:
        """Return the figures in one sentence."""
        return (
            f"{self.restores} restaurations, dont {self.busy} d'une sauvegarde prise pendant que d'autres "
            f"écrivaient ; {self.tables} tables, {self.rows} lignes relues, {self.different} différente"
        )


def generations(grounds: Sequence[Ground], folder: Path, turns: int) -> Generations:
    """Live, save, restore elsewhere, go on from there; the grounds are used in turn."""
    outcome = Generations()
    around = grounds[0].fresh("ville-0")
    program(around, "city", "begin")
    ledger(around, "export", folder / "premier.jsonl")
    for turn in range(turns):
        file, busy = folder / f"{turn}.sauvegarde", bool(turn % 2)
        held = program(around, "city", "live", str(turn), str(file), "busy" if busy else "quiet")
        ground = grounds[(turn + 1) % len(grounds)]
        around = ground.fresh(f"ville-{turn + 1}")
        found = program(around, "city", "restore", str(file))
        grounds[turn % len(grounds)].drop(f"ville-{turn}")
        outcome.restores, outcome.busy = outcome.restores + 1, outcome.busy + busy
        outcome.rows += sum(one["lignes"] for one in found.values())
        outcome.tables = len(found)
        outcome.different += len(differences(held, found))
    ledger(around, "export", folder / "dernier.jsonl")
    key = ledger(around, "key").strip()
    earlier = ("--against", str(folder / "premier.jsonl"))
    outcome.verified = ledger(around, "verify", folder / "dernier.jsonl", "--key", key, *earlier)
    return outcome


def differences(held: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Return the tables that differ: before the backup, in it, and once restored.

    The restoration itself adds one line to the ledger and signs its heads.
    """
    said = held["garde"]
    guilty = [name for name, digest in (held["avant"] or said).items() if said[name] != digest]
    guilty += [name for name in found if name not in OWN_LINES and found[name] != said[name]]
    if found[LEDGER]["lignes"] != said[LEDGER]["lignes"] + 1:
        guilty.append(LEDGER)
    return guilty


def ledger(around: Mapping[str, str], *given: object) -> str:
    """Run `maillage ledger` in an installation; return what it prints."""
    command = [sys.executable, "-m", "maillage.cli", "ledger", *map(str, given)]
    done = subprocess.run(command, env=dict(around), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def holds(outcome: Generations, turns: int) -> None:
    """Check that nothing differed and that the ledger tells the whole story."""
    assert (outcome.restores, outcome.different) == (turns, 0)
    assert outcome.verified.startswith("Le journal tient : ")


@pytest.mark.own_database
@pytest.mark.requirement("S-39")
def test_two_restores_of_an_installation_at_work(tmp_path: Path) -> None:
    holds(generations([this_run(tmp_path)], tmp_path, 2), 2)


@pytest.mark.campaign
@pytest.mark.requirement("S-39")
def test_fifty_restores_on_sqlite(tmp_path: Path, record_property: Record) -> None:
    fifty([Ground(tmp_path)], tmp_path, record_property)


@pytest.mark.campaign
@pytest.mark.requirement("S-39")
def test_fifty_restores_on_postgresql(tmp_path: Path, record_property: Record) -> None:
    with cluster() as url:
        fifty([Ground(tmp_path, url)], tmp_path, record_property)


@pytest.mark.campaign
@pytest.mark.requirement("S-39")
def test_fifty_moves_from_one_database_to_the_other(tmp_path: Path, record_property: Record) -> None:
    with cluster() as url:
        fifty([Ground(tmp_path), Ground(tmp_path, url)], tmp_path, record_property)


def fifty(grounds: Sequence[Ground], folder: Path, record_property: Record) -> None:
    outcome = generations(grounds, folder, 50)
    where = " et ".join("PostgreSQL" if ground.url else "SQLite" for ground in grounds)
    record_property("figures", f"{where} : {outcome.said()}")
    holds(outcome, 50)
