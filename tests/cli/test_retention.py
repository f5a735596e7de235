"""The daily work: closes, erases and reminds once, and says how many."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from maillage.base import clock
from maillage.cli import main
from maillage.dossiers.models import Personne
from maillage.orientations.models import Relance
from tests.cast import Cast
from tests.door import prepare, send


def run(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """Run the command and return its lines."""
    assert main(["retention", "run", *options]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.requirement("S-40")
def test_it_counts_then_does_then_has_nothing_left(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    send(cast)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        send(cast)
        prepare(cast)
    with time_machine.travel(clock.now() + timedelta(days=45), tick=False):
        planned = [
            "Orientations à clore et effacer : 1",
            "Accompagnements à effacer : 0",
            "Échanges arrivés à terme à effacer : 0",
            "Heures arrivées à terme à effacer : 0",
            "Rappels à faire aux services : 1",
        ]
        assert run(capsys, "--dry-run") == planned
        assert (Relance.objects.count(), Personne.objects.filter(effacee_le__isnull=False).count()) == (0, 0)
        for count in (1, 0):
            assert run(capsys) == [
                f"Orientations closes et effacées : {count}",
                "Accompagnements effacés : 0",
                "Échanges arrivés à terme effacés : 0",
                "Heures arrivées à terme effacées : 0",
                f"Rappels faits aux services : {count}",
                "Clés retirées des sauvegardes : 0",
            ]
    assert (Relance.objects.count(), Personne.objects.filter(effacee_le__isnull=False).count()) == (1, 1)
