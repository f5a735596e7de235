"""Statistics on a standby: old within the minute and said so, never a right, never later than the bound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.campaign.clusters import folder_of_servers
from tests.campaign.grounds import environment, program
from tests.campaign.standby import ROLE
from tests.installed import free_port

HERE = "Les statistiques se comptent dans la principale."


def screens(outings: int, *, standby: bool, told: int) -> dict[str, Any]:
    """What both screens show: outings, until when if on the standby, and the withdrawals told."""
    return {"sorties": [outings] * 2, "heure": [standby] * 2, "retraits": told}


@pytest.mark.campaign
@pytest.mark.requirement("S-38")
def test_a_standby_counts_for_screens_and_nothing_else(tmp_path: Path) -> None:
    ports = [free_port(), free_port()]
    named = {
        "DATABASE_URL": f"postgresql://ville@127.0.0.1:{ports[0]}/ville",
        "MAILLAGE_REPLICA_URL": f"postgresql://{ROLE}@127.0.0.1:{ports[1]}/ville",
        "MAILLAGE_FILES": str(tmp_path),
    }
    with folder_of_servers() as folder:
        seen = program(environment(tmp_path.parent, named), "standby", str(folder), *map(str, ports))
    assert seen.pop("docteur, suit").startswith("Elle suit jusqu'à ")
    assert seen == {
        "suit": screens(3, standby=True, told=0),
        "en pause, dans la minute": screens(3, standby=True, told=1),
        "papier": 4,
        "en pause, au-delà": screens(4, standby=False, told=1),
        "reprise": screens(4, standby=True, told=1),
        "refusé": ["sharing_ouverture", "dossiers_adhesion", "sharing_transmissiondanger", "texte", "0"],
        "se croit à jour": True,
        "ligne coupée, au-delà": screens(5, standby=False, told=1),
        "promue": screens(5, standby=False, told=1),
        "docteur, promue": f"La base nommée réplique accepte d'écrire : elle n'en suit aucune. {HERE}",
        "arrêtée": screens(5, standby=False, told=1),
        "docteur, arrêtée": f"La réplique ne répond pas. {HERE}",
    }
