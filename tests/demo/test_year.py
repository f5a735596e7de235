"""The demo: the study's staff, the engine's verdicts, invented people, the same from one seed."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Count

from maillage.comptes.enums import EtatCompte
from maillage.demo import year
from maillage.demo.accounts import Login
from maillage.demo.cities import CITIES, LA_ROCHELLE, LE_TEIL, ORLEANS, City
from maillage.demo.names import FIRST_NAMES, LAST_NAMES
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Professionnel, Service
from maillage.directory.seed import load_study
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.main_courante.models import Note
from maillage.orientations.models import Orientation, Retour
from maillage.sharing.models import Echange

pytestmark = pytest.mark.django_db


def _small(city: City) -> City:
    return replace(city, notes_par_jour=2.0, orientations=30, personnes=12)


def _load(*cities: City) -> list[Login]:
    load_study()
    return [login for city in cities for login in year.load_city(_small(city), lambda step: None)]


def test_services_are_staffed_as_the_study_counts() -> None:
    _load(LA_ROCHELLE, ORLEANS)
    counts = {
        (row["service__code"], row["role"]): row["n"]
        for row in Poste.objects.exclude(intitule__contains="(inventé)")
        .values("service__code", "role")
        .annotate(n=Count("pk"))
    }
    assert counts == {
        ("adei-larochelle", Role.EDUCATEUR): 4,
        ("adei-larochelle", Role.CHEF_DE_SERVICE): 2,
        ("alpms-larochelle", Role.DIRECTION): 1,
        ("alpms-larochelle", Role.CHEF_DE_SERVICE): 5,
        ("alpms-larochelle", Role.ACCUEIL): 1,
        ("alpms-larochelle", Role.CORRESPONDANT_DE_NUIT): 10,
        ("alpms-larochelle", Role.MEDIATEUR): 7,
        ("sep-orleans", Role.EDUCATEUR): 12,
        ("spmr-orleans", Role.CHEF_DE_SERVICE): 5,
        ("spmr-orleans", Role.ACCUEIL): 3,
        ("spmr-orleans", Role.MEDIATEUR): 21,
        ("spmr-orleans", Role.PARENT_RELAIS): 150,
    }


def test_every_recorded_verdict_is_the_engines() -> None:
    _load(LA_ROCHELLE, LE_TEIL)
    exchanges = list(Echange.objects.all())
    assert len(exchanges) >= 60
    for exchange in exchanges:
        assert decide(parse_case(exchange.cas)).to_wire() == exchange.verdict


def test_only_what_the_law_lets_out_was_sent() -> None:
    _load(LA_ROCHELLE, LE_TEIL)
    for orientation in Orientation.objects.all():
        leaving = Echange.objects.filter(pk=orientation.echange, issue__in=("permis", "obligatoire"))
        assert leaving.exists() == (orientation.envoyee_le is not None)


def test_returns_come_back_only_where_the_reading_was_adopted() -> None:
    _load(*CITIES)
    cities = set(Retour.objects.values_list("orientation__partenariat__code", flat=True))
    assert cities <= {"larochelle", "orleans"}
    assert (
        Echange.objects.filter(nature="orientation_suite", issue="permis").count() == Retour.objects.count()
    )


def test_the_same_day_gives_the_same_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    from maillage.base import clock

    fixed = clock.parse_moment("2026-06-01T10:00")
    monkeypatch.setattr(clock, "now", lambda: fixed)
    seen = []
    for _ in range(2):
        with transaction.atomic():
            logins = _load(LE_TEIL)
            notes = list(
                Note.objects.order_by("pk").values_list("pk", "categorie", "observee_le", "lieu__nom")
            )
            people = list(Professionnel.objects.order_by("nom", "prenom").values_list("nom", "prenom"))
            seen.append((notes, people, [login.to_json() for login in logins]))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert len(seen[0][0]) > 50


def test_each_partnership_has_those_it_needs() -> None:
    logins = _load(LE_TEIL)
    roles = {login.poste.role for login in logins if login.state == EtatCompte.ACTIF}
    assert {Role.MEDIATEUR, Role.EDUCATEUR, Role.DPO, Role.DIRECTION} <= roles
    directions = [login for login in logins if login.poste.role == Role.DIRECTION]
    assert {login.poste.service.code for login in directions} == {"pej-leteil", "adsea07-leteil"}
    assert Service.objects.filter(code="dpo-leteil").exists()


def test_no_real_person_of_the_study_is_named() -> None:
    report = Path(__file__).parents[2].parent / "shared" / "report.md"
    if not report.exists():
        pytest.skip("le rapport n'est pas ici")
    thanks = report.read_text(encoding="utf-8").split("## REMERCIEMENTS")[-1].split("## ANNEXES")[0]
    words = {word.strip(",.-()").casefold() for word in thanks.split()}
    assert [name for name in LAST_NAMES if name.casefold() in words] == []
    assert len(FIRST_NAMES) > 150
