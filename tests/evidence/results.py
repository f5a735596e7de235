"""Remembers the last result of every test that carries a requirement, in var/evidence.json.

`@pytest.mark.requirement("S-05", …)` names what a test shows; `record_property("figures", "…")` adds
what it counted. The table is made by `tools/evidence`.
"""

from __future__ import annotations

import fcntl
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "var" / "evidence.json"
PROPERTY = "requirements"


def name_evidence(items: list[pytest.Item]) -> None:
    """Write on each test what it is evidence of, so that its report says so."""
    for item in items:
        numbers = sorted({str(one) for mark in item.iter_markers("requirement") for one in mark.args})
        if numbers:
            item.user_properties.append((PROPERTY, " ".join(numbers)))


class Recorder:
    """Gathers the outcomes of one run; a test in several cases is green when all of them are."""

    def __init__(self) -> None:
        """Start with nothing, on a day that no test's clock has moved."""
        self.seen: dict[str, dict[str, str]] = {}
        self.today = datetime.now(UTC).strftime("%Y-%m-%d")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the outcome of a marked test: its call, or the step before it that failed."""
        properties = dict(report.user_properties)
        if PROPERTY not in properties or (report.when != "call" and report.outcome == "passed"):
            return
        name = report.nodeid.partition("[")[0]
        known = self.seen.setdefault(name, {"outcome": "passed"})
        known["on"] = self.today
        if report.outcome != "passed" and known["outcome"] != "failed":
            known["outcome"] = report.outcome
        if "figures" in properties:
            known["figures"] = str(properties["figures"])

    def pytest_sessionfinish(self) -> None:
        """Add this run to what is remembered of the earlier ones."""
        if not self.seen or os.environ.get("MAILLAGE_NO_EVIDENCE"):
            return
        STORE.parent.mkdir(exist_ok=True)
        # Several suites run side by side, and may end together.
        with STORE.open("a+", encoding="utf-8") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)
            opened.seek(0)
            kept = json.loads(opened.read() or "{}")
            opened.truncate(0)
            opened.write(json.dumps({**kept, **self.seen}, ensure_ascii=False, indent=1, sort_keys=True))


def pytest_configure(config: pytest.Config) -> None:
    """Listen to this run."""
    config.pluginmanager.register(Recorder(), "evidence")
