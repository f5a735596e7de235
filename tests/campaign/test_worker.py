"""The unattended work under kill −9: whatever dies, each piece ends done once, and nothing is stuck."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from maillage.base import clock
from maillage.base.installation import mark_demo
from tests.installed import ROOT, Installed

START = datetime(2026, 3, 12, 10, 0, tzinfo=clock.PARIS)
KILLS = 20


@pytest.mark.requirement("S-38")
@pytest.mark.campaign
def test_twenty_killed_workers_leave_every_piece_done_once(tmp_path: Path) -> None:
    data = tmp_path / "donnees"
    mark_demo(data)
    installed = Installed(Path(sys.executable), tmp_path, {"PYTHONPATH": str(ROOT / "src")})
    installed.run("init")
    rng, moment = Random(7), START
    command = [sys.executable, "-m", "maillage.cli", "work"]
    began = time.monotonic()
    set_clock(data, moment)
    installed.run("work")
    whole = time.monotonic() - began
    for _ in range(KILLS):
        moment += timedelta(days=1)
        set_clock(data, moment)
        worker = subprocess.Popen(
            command, cwd=tmp_path, env=installed.environment(), stdout=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0.3, 1.0) * whole)
        worker.kill()
        worker.wait()
        set_clock(data, moment + timedelta(minutes=16))
        installed.run("work")
    with sqlite3.connect(data / "maillage.sqlite3") as opened:
        rows = opened.execute("SELECT nom, periode, fini_le FROM operations_travail").fetchall()
    done = Counter(name for name, _period, end in rows if end is not None and name != "avis")
    assert done == {"conservation": KILLS + 1, "signatures": KILLS + 1}
    assert [row for row in rows if row[2] is None and row[0] != "avis"] == []


def set_clock(data: Path, moment: datetime) -> None:
    (data / "clock").write_text(moment.isoformat(), encoding="ascii")
