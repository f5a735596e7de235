"""The failover rehearsal: nothing that was acknowledged is lost, and the ledger still holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.campaign.clusters import DATABASE, USER, folder_of_servers
from tests.campaign.grounds import environment, program
from tests.installed import free_port

Record = Callable[[str, object], None]


def rehearsed(tmp_path: Path, rounds: int, mode: str) -> Any:
    """Run the rehearsal on two servers of its own."""
    ports = [str(free_port()), str(free_port())]
    hosts = f"host=127.0.0.1,127.0.0.1&port={','.join(ports)}&target_session_attrs=read-write"
    named = {"DATABASE_URL": f"postgresql://{USER}@/{DATABASE}?{hosts}", "MAILLAGE_FILES": str(tmp_path)}
    with folder_of_servers() as folder:
        around = environment(tmp_path.parent, named)
        return program(around, "failover", str(folder), *ports, str(rounds), mode)


@pytest.mark.campaign
@pytest.mark.requirement("S-38")
def test_a_primary_killed_under_load_loses_nothing_acknowledged(
    tmp_path: Path, record_property: Record
) -> None:
    counted = rehearsed(tmp_path, 5, "safe")
    record_property(
        "figures",
        f"{counted['bascules']} bascules, {counted['acquittees']} notes acquittées, 0 perdue, "
        f"{counted['coupure_s']} s de coupure au plus",
    )
    assert (counted["perdues"], counted["en_double"]) == (0, 0)
    assert counted["acquittees"] > 100
    assert counted["journal"].startswith("Le journal tient : ")


@pytest.mark.campaign
def test_without_a_standby_that_is_waited_for_the_same_loses_some(tmp_path: Path) -> None:
    assert rehearsed(tmp_path, 1, "careless")["perdues"] > 0
