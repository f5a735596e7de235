"""The full figures: 500 browser kills, 5 000 operations, 1 000 kills of the server, 200 power cuts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.campaign.storm import storm
from tests.carnet_site import CarnetSite, carnet_site

Record = Callable[[str, object], None]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[CarnetSite]:
    """One installation for each test: they break it."""
    with carnet_site(tmp_path) as made:
        yield made


def run(site: CarnetSite, program: str, *given: str) -> Any:
    """Run one of the harnesses on an installation whose server is stopped; it writes nowhere else."""
    site.stop()
    elsewhere = site.data.parent / "ailleurs"
    elsewhere.mkdir(exist_ok=True)
    command = [sys.executable, "-m", f"tests.campaign.{program}", *given]
    done = subprocess.run(
        command, cwd=elsewhere, env=site.environment(), check=True, capture_output=True, text=True
    )
    assert list(elsewhere.iterdir()) == []
    return json.loads(done.stdout.splitlines()[-1])


def power(site: CarnetSite, mode: str, cuts: int, notes: int) -> Any:
    return run(site, "power", mode, str(cuts), str(notes), "7")


def kills(site: CarnetSite, count: int) -> Any:
    return run(site, "kills", str(count), "7", site.known["telephone"], site.known["nadia"])


@pytest.mark.requirement("S-37")
def test_power_cuts_lose_no_acknowledged_note(site: CarnetSite) -> None:
    counted = power(site, "FULL", 20, 60)
    assert (counted["perdues"], counted["bases_abimees"]) == (0, 0)
    assert counted["promises"] > 30


@pytest.mark.requirement("S-37")
def test_the_same_cuts_without_full_synchronisation_lose_some(site: CarnetSite) -> None:
    counted = power(site, "NORMAL", 20, 60)
    assert counted["coupures_avec_perte"] > 0


@pytest.mark.requirement("S-38")
def test_ten_kills_of_the_server_lose_and_double_nothing(site: CarnetSite) -> None:
    counted = kills(site, 10)
    assert (counted["perdues"], counted["en_trop"]) == (0, 0)
    assert counted["acquittees"] > 10


@pytest.mark.requirement("S-37")
@pytest.mark.campaign
def test_two_hundred_power_cuts(site: CarnetSite, record_property: Record) -> None:
    counted = power(site, "FULL", 200, 2000)
    record_property("figures", f"{counted['promises']} notes promises, 200 coupures, 0 perdue")
    assert (counted["coupures"], counted["perdues"], counted["bases_abimees"]) == (200, 0, 0)


@pytest.mark.campaign
def test_two_hundred_power_cuts_without_full_synchronisation(site: CarnetSite) -> None:
    assert power(site, "NORMAL", 200, 2000)["coupures_avec_perte"] > 0


@pytest.mark.requirement("S-37")
@pytest.mark.campaign
def test_a_thousand_kills_of_the_server(site: CarnetSite, record_property: Record) -> None:
    counted = kills(site, 1000)
    record_property("figures", f"{counted['acquittees']} notes acquittées, 1 000 arrêts, 0 perdue")
    assert (counted["arrets"], counted["perdues"], counted["en_trop"]) == (1000, 0, 0)


@pytest.mark.requirement("S-25")
@pytest.mark.campaign
def test_five_hundred_kills_of_the_browser_and_five_thousand_notes(
    site: CarnetSite, tmp_path: Path, record_property: Record
) -> None:
    with sync_playwright() as playwright:
        outcome = storm(site, playwright, tmp_path, kills=500, notes=10, seed=7)
    record_property("figures", outcome.said())
    assert outcome.faults() == []
    assert (outcome.kills, outcome.gestures) == (500, 5000)
