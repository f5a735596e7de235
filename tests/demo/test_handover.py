"""What the round finds in the demo: desks, reports at every stage, consignes, mailboxes nowhere."""

from dataclasses import replace

import pytest
from django.db.models import Count

from maillage.demo import year
from maillage.demo.cities import LA_ROCHELLE
from maillage.directory.enums import Metier
from maillage.directory.seed import load_study
from maillage.main_courante.models import AdresseAvis, Consigne, Guichet, Signalement

pytestmark = pytest.mark.django_db


def test_mediators_have_desks_reports_and_consignes() -> None:
    load_study()
    year.load_city(replace(LA_ROCHELLE, notes_par_jour=6.0, orientations=5, personnes=5), lambda step: None)
    assert {row.etat.value for row in Signalement.objects.all()} >= {"envoye", "prevu", "repare"}
    assert all(row.note.lieu_id == row.lieu_id for row in Signalement.objects.select_related("note"))
    for rows in (Guichet.objects.all(), Consigne.objects.all(), Signalement.objects.all()):
        trades = set(rows.values_list("service__metier", flat=True).order_by())
        assert trades == {Metier.MEDIATION_SOCIALE.value}
    shared = Guichet.lieux.through.objects.order_by().values("lieu").annotate(desks=Count("guichet"))
    assert {row["desks"] for row in shared} == {1}
    addresses = [*AdresseAvis.objects.values_list("courriel", flat=True)]
    addresses += Guichet.objects.values_list("courriel", flat=True)
    assert len(addresses) >= 4
    assert all(address.endswith("@demo.invalid") for address in addresses)
