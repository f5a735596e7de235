"""Each test that counts as evidence goes red on a build broken on purpose."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.evidence.breaks import BREAKS
from tests.evidence.planted import Break
from tests.evidence.requirements import REQUIREMENTS
from tests.evidence.results import ROOT, STORE

FAILED = 1
# One database, made once: what is broken is the code, never a table.
SETTINGS = """from maillage.config.settings_essai import *

DATABASES["default"]["TEST"] = {"NAME": %r}
"""
# What the phone and the disk must hold has harnesses of its own (tests/campaign, tests/browser).
OWN_HARNESS = {"S-25", "S-26", "S-27", "S-28", "S-29", "S-37", "S-40"}
# Each requirement of the door gets its fault; these wait for theirs.
STILL_WITHOUT: list[str] = []


@pytest.mark.parametrize("fault", BREAKS, ids=lambda fault: fault.name)
def test_a_fault_finds_its_place(fault: Break) -> None:
    source = (ROOT / "src" / "maillage" / fault.path).read_text("utf-8")
    assert source.count(fault.before) == 1
    assert fault.before != fault.after


def test_every_requirement_of_the_door_has_its_fault() -> None:
    planted = {fault.requirement for fault in BREAKS}
    assert sorted(set(REQUIREMENTS) - OWN_HARNESS - planted) == STILL_WITHOUT
    assert len({fault.name for fault in BREAKS}) == len(BREAKS)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code that may be broken."""
    place = tmp_path_factory.mktemp("copie")
    for part in ("src", "tests", "tools"):
        shutil.copytree(ROOT / part, place / part)
    shutil.copy(ROOT / "pyproject.toml", place)
    (place / "reglages_pannes.py").write_text(SETTINGS % str(place / "essai.sqlite3"), "utf-8")
    return place


@pytest.mark.campaign
@pytest.mark.parametrize("fault", BREAKS, ids=lambda fault: fault.name)
def test_a_fault_is_seen(fault: Break, copy: Path) -> None:
    path = copy / "src" / "maillage" / fault.path
    sound = path.read_text("utf-8")
    path.write_text(sound.replace(fault.before, fault.after), "utf-8")
    try:
        done = run(copy, fault)
    finally:
        path.write_text(sound, "utf-8")
    seen = done.returncode == FAILED and " error" not in done.stdout.splitlines()[-1]
    remember(fault, seen=seen)
    assert seen, done.stdout[-2000:]


def run(copy: Path, fault: Break) -> subprocess.CompletedProcess[str]:
    """Run the tests of a fault on the broken copy, in a process of its own."""
    around = {**os.environ, "PYTHONPATH": f"{copy / 'src'}:{copy}", "MAILLAGE_NO_EVIDENCE": "1"}
    around.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "pytest", "-q", "-x", *(f"tests/{one}" for one in fault.tests)]
    if fault.postgresql:
        command = ["tools/pg", *command]
    else:
        command += ["--reuse-db", "--ds=reglages_pannes"]
    return subprocess.run(command, cwd=copy, env=around, capture_output=True, text=True, check=False)


def remember(fault: Break, *, seen: bool) -> None:
    """Note for the evidence table that a fault was seen, or was not."""
    kept = json.loads(STORE.read_text("utf-8")) if STORE.is_file() else {}
    kept[f"break {fault.name}"] = {
        "outcome": "passed" if seen else "failed",
        "on": datetime.now(UTC).strftime("%Y-%m-%d"),
    }
    STORE.parent.mkdir(exist_ok=True)
    STORE.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
