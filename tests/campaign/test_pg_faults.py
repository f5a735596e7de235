"""PostgreSQL's disks full, its tables locked, its processes killed: the same promises as on SQLite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.campaign.clusters import USER, folder_of_servers
from tests.campaign.grounds import ROOT, environment
from tests.campaign.pg_faults import ADDRESS, BASE, FAULTS, LOCK_MS
from tests.campaign.test_faults import NAMESPACE, needs_small_disks
from tests.installed import free_port

NAMESPACES = [*NAMESPACE, "--net"]
# What the product waits for, in much less time than a town's installation does.
HERE = {"keepalives_idle": 1, "keepalives_interval": 1, "keepalives_count": 2, "tcp_user_timeout": 2000}
THERE = {"lock_timeout": LOCK_MS} | {
    f"tcp_{name.removeprefix('tcp_')}": value for name, value in HERE.items()
}
WAITS = {**HERE, "options": " ".join(f"-c {name}={value}" for name, value in THERE.items())}
Record = Callable[[str, object], None]


def struck(tmp_path: Path, turns: int) -> Any:
    """Run the faults on a cluster of its own; skips without a server, or where nothing can be mounted."""
    needs_small_disks()
    if os.geteuid():
        pytest.skip("only root may both mount a disk and start a server that is not root's")
    port, files = str(free_port()), tmp_path / "fichiers"
    files.mkdir()
    url = f"postgresql://{USER}@{ADDRESS}:{port}/{BASE}?{urlencode(WAITS, quote_via=quote)}"
    around = environment(tmp_path, {"DATABASE_URL": url, "MAILLAGE_FILES": str(files)})
    with folder_of_servers() as folder:
        given = [str(folder / "disques"), port, str(turns), "7"]
        command = [*NAMESPACES, sys.executable, "-m", "tests.campaign.pg_faults", *given]
        done = subprocess.run(command, cwd=ROOT, env=around, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def holds(counted: Any) -> None:
    """Check that each refusal was clear, that the first try after it passed, that nothing was lost."""
    assert (counted["perdues"], counted["en_trop"], counted["saine"]) == (0, 0, True)
    assert (counted["peu_claires"], counted["essais_avant_reprise"]) == ([], 1)
    assert counted["journal"] > counted["acquittees"]
    refused = {f"{fault} 503" for fault in ("tables", "journal", "verrou", "arret", "ligne")}
    allowed = {f"{fault} {said}" for fault in FAULTS for said in ("503", "acceptation")}
    assert refused <= set(counted["reponses"]) <= allowed | {"reprise acceptation"}
    assert not {f"{fault} acceptation" for fault in ("verrou", "arret", "ligne")} & set(counted["reponses"])
    # A frozen connection may hold the lock that another one waits for: refused, or accepted late.
    assert counted["reponses"]["fige acceptation"] > 0


@pytest.mark.requirement("S-38")
def test_each_fault_once(tmp_path: Path) -> None:
    holds(struck(tmp_path, len(FAULTS)))


@pytest.mark.campaign
@pytest.mark.requirement("S-38")
def test_two_hundred_faults(tmp_path: Path, record_property: Record) -> None:
    counted = struck(tmp_path, 200)
    answers = ", ".join(f"{name} : {count}" for name, count in counted["reponses"].items())
    record_property(
        "figures", f"PostgreSQL : 200 pannes, {counted['acquittees']} notes acquittées, 0 perdue ({answers})"
    )
    holds(counted)
