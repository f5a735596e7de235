"""Full disk, lock, slow disk, kills: refused in one clear sentence, taken again alone, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.campaign.grounds import ROOT
from tests.carnet_site import CarnetSite, carnet_site

Record = Callable[[str, object], None]
NAMESPACE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[CarnetSite]:
    """An installation with an enrolled telephone, copied onto the small disk by the program."""
    with carnet_site(tmp_path) as made:
        made.stop()
        yield made


def needs_small_disks() -> None:
    """Skip where a file system of one's own cannot be mounted."""
    trial = [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    if shutil.which("unshare") is None or subprocess.run(trial, check=False, capture_output=True).returncode:
        pytest.skip("no file system of a few megabytes can be mounted here")


def struck(site: CarnetSite, turns: int) -> Any:
    """Run the faults; skips where no small disk can be mounted."""
    needs_small_disks()
    given = [str(turns), "7", site.known["telephone"], site.known["nadia"]]
    command = [*NAMESPACE, sys.executable, "-m", "tests.campaign.faults", *given]
    done = subprocess.run(
        command, cwd=ROOT, env=site.environment(), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def holds(counted: Any) -> None:
    """Check that each refusal was clear, that each fault passed, and that nothing was lost or doubled."""
    assert (counted["perdues"], counted["en_trop"], counted["saine"]) == (0, 0, True)
    assert counted["peu_claires"] == []
    for fault in ("plein", "verrou"):
        assert {name for name in counted["reponses"] if name.startswith(fault)} == {f"{fault} 503"}


@pytest.mark.requirement("S-38")
def test_each_fault_twice(site: CarnetSite) -> None:
    holds(struck(site, 8))


@pytest.mark.campaign
@pytest.mark.requirement("S-38")
def test_two_hundred_faults(site: CarnetSite, record_property: Record) -> None:
    counted = struck(site, 200)
    answers = ", ".join(f"{name} : {count}" for name, count in counted["reponses"].items())
    record_property("figures", f"200 pannes, {counted['acquittees']} notes acquittées, 0 perdue ({answers})")
    holds(counted)
