"""The demo's rights: a card that opens, a support due to be erased, two requests, a school that orients."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from maillage.base import clock
from maillage.demo import accounts, year
from maillage.demo.cities import LA_ROCHELLE, ORLEANS
from maillage.demo.rights import write_rights
from maillage.directory.enums import Role
from maillage.directory.seed import load_study
from maillage.orientations.models import Orientation
from maillage.sharing.cartes import open_card, own_view
from maillage.sharing.models import DemandeAcces, Information
from maillage.sharing.retention import supports_due

pytestmark = pytest.mark.django_db


def test_what_there_is_to_show(tmp_path: Path) -> None:
    load_study()
    logins = []
    for city in (LA_ROCHELLE, ORLEANS):
        small = replace(city, notes_par_jour=1.0, orientations=30, personnes=30)
        logins += year.load_city(small, lambda step: None)
    accounts.create_accounts(logins)
    write_rights(tmp_path / "cartes.json")
    ((told),) = json.loads((tmp_path / "cartes.json").read_text())
    card = open_card(code=told["code"], numero=told["numero"], adresse="192.0.2.1")
    assert card is not None
    assert own_view(card).arretable
    assert supports_due(clock.today()).count() == 1
    asked = DemandeAcces.objects.values_list("demandeur", flat=True)
    assert (len(asked), "personne" in asked) == (2, True)
    sent = Orientation.objects.get(poste_emetteur__role=Role.CHEF_ETABLISSEMENT)
    assert sent.recue_le is not None
    assert Information.objects.filter(alinea="A", personne=None).count() == 1
