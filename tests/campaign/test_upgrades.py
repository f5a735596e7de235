"""An upgrade killed at each step ends as if nobody had: schema, triggers, policies and rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.campaign.grounds import Ground, cluster, program, this_run
from tools import check_migrations

Record = Callable[[str, object], None]
CHAINS = 20


def killed(ground: Ground, chains: int, *apps: str) -> Any:
    """Kill the upgrade of an installation that holds the tests' cast; return what was counted."""
    around = ground.fresh("ville")
    program(around, "city", "begin")
    counted = program(around, "upgrades", str(chains), "7", *apps)
    assert (counted["differentes"], counted["oubliees"]) == ([], [])
    # The previous version works on the new tables, but for those that the release check named.
    assert set(counted["genees"]) <= hindered()
    assert counted["arrets"] >= chains * counted["migrations"]
    return counted


def hindered() -> set[str]:
    """Return the tables (`app.model`) of the refusals known to `tools/check_migrations.py`."""
    lines = [line.split() for line in check_migrations.known() if line.split()[1].endswith("Field")]
    return {f"{line[0].split('.')[0]}.{line[2].split('.')[0]}" for line in lines}


def said(where: str, counted: Any) -> str:
    """Return the figures in one sentence."""
    return (
        f"{where} : {counted['migrations']} migrations de {counted['instructions']} instructions, "
        f"{counted['arrets']} arrêts, 0 différence sur {counted['objets']} objets du schéma, "
        f"{counted['declencheurs']} déclencheurs et {counted['lignes']} lignes ; version d'avant : "
        f"{counted['lues']} tables lues, {counted['ecrites']} écrites, {len(counted['genees'])} gênées"
    )


@pytest.mark.own_database
@pytest.mark.requirement("S-39")
def test_an_upgrade_killed_at_its_edges_goes_on(tmp_path: Path) -> None:
    assert killed(this_run(tmp_path), 3, "coordination")["migrations"] == 2


@pytest.mark.campaign
@pytest.mark.requirement("S-39")
def test_twenty_kills_in_each_migration_on_sqlite(tmp_path: Path, record_property: Record) -> None:
    record_property("figures", said("SQLite", killed(Ground(tmp_path), CHAINS)))


@pytest.mark.campaign
@pytest.mark.requirement("S-39")
def test_twenty_kills_in_each_migration_on_postgresql(tmp_path: Path, record_property: Record) -> None:
    with cluster() as url:
        record_property("figures", said("PostgreSQL", killed(Ground(tmp_path, url), CHAINS)))
