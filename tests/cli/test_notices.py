"""The notices of the day from the command line."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.core import mail

from maillage.base import clock
from maillage.base.clock import PARIS
from maillage.cli import main
from maillage.directory.models import Poste
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import AdresseAvis, Consigne
from tests.cast import Cast


def test_it_sends_once_and_says_so(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    AdresseAvis.objects.create(service=cast.alm, courriel="alm@exemple.fr")
    poste: Poste = cast.karim.poste
    with time_machine.travel(datetime(2026, 3, 11, 10, tzinfo=PARIS), tick=False):
        Consigne.objects.create(
            service=cast.alm,
            poste=poste,
            lieu=cast.hall,
            geste=Geste.PASSER,
            creee_le=clock.now(),
            jusquau=clock.today(),
        )
        said = []
        for _ in range(2):
            assert main(["notices", "run", "--site", "https://maillage.exemple/"]) == 0
            said.append(capsys.readouterr().out.splitlines())
    assert said == [
        ["Avis envoyés : 1", "Services sans rien en attente : 0", "Guichets techniques relancés : 0"],
        ["Avis envoyés : 0", "Services sans rien en attente : 0", "Guichets techniques relancés : 0"],
    ]
    assert "Pour les lire : https://maillage.exemple/\n" in mail.outbox[0].body


def test_a_wrong_address_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notices", "run", "--site", "maillage"]) == 2
    assert capsys.readouterr().err == (
        "maillage : « maillage » n'est pas une adresse (attendu : https://…).\n"
    )
