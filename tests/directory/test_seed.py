"""The study's directory: the figures of chapter 3 and the official territories, stored once."""

from __future__ import annotations

import pytest

from maillage.directory.models import Effectif, Financement, NoteEtude, Service, Structure, Territoire
from maillage.directory.seed import load_study, study_table
from maillage.directory.territories import departement_of, shipped

pytestmark = pytest.mark.django_db

CODES = [
    "adei-larochelle",
    "alpms-larochelle",
    "adsea07-leteil",
    "pej-leteil",
    "alsea-limoges",
    "mediation-limoges",
    "sauvegarde56-lorient",
    "mediation-lorient",
    "addap13-prevention",
    "addap13-msu",
    "addap13-ter",
    "sep-orleans",
    "spmr-orleans",
]


def _counts() -> list[int]:
    tables = (Territoire, Structure, Service, Effectif, Financement, NoteEtude)
    return [table.objects.count() for table in tables]


def test_loading_twice_stores_once_and_keeps_what_was_filled_in() -> None:
    load_study()
    before = _counts()
    Service.objects.filter(code="adei-larochelle").update(telephone="05 46 00 00 00")
    Territoire.objects.filter(code="17300").update(indicateurs={"tx": {"valeur": 1}})
    load_study()
    assert _counts() == before
    assert Service.objects.get(code="adei-larochelle").telephone == "05 46 00 00 00"
    assert Territoire.objects.get(code="17300").indicateurs == {"tx": {"valeur": 1}}


def test_the_thirteen_services_have_their_codes_in_the_order_of_the_table() -> None:
    load_study()
    assert list(Service.objects.order_by("rang").values_list("code", flat=True)) == CODES


def test_staff_and_shares_are_those_of_the_table() -> None:
    load_study()
    ordered = iter(Service.objects.order_by("rang"))
    for ville in study_table()["villes"]:
        for line in [*ville["prevention"], *ville["mediation"]]:
            service = next(ordered)
            assert service.nom_dans_le_tableau.startswith(line["nom_dans_le_tableau"])
            assert service.creation == (line["creation"] or "")
            if "equipe" in line:
                staff = service.effectifs.order_by("rang").values_list("fonction", "nombre")
                assert dict(staff) == line["equipe"]
            if "financement_pct" in line:
                shares = service.financements.order_by("rang").values_list("financeur", "part")
                assert dict(shares) == line["financement_pct"]


def test_marseille_prevention_staff_is_a_range_and_has_no_creation_year() -> None:
    service = load_study()["addap13-prevention"]
    assert list(service.effectifs.values_list("nombre", "nombre_max")) == [(20, 30)]
    assert (service.creation, service.annee_creation) == ("", None)


def test_la_rochelle_state_share_is_kept_as_approximate() -> None:
    service = load_study()["alpms-larochelle"]
    assert list(service.financements.filter(environ=True).values_list("financeur", "part")) == [
        ("Etat central", 20)
    ]


def test_territories_are_those_published() -> None:
    load_study()
    counts = {
        genre: Territoire.objects.filter(genre=genre).count()
        for genre in ("region", "departement", "epci", "commune", "arrondissement", "quartier", "ligne")
    }
    assert counts == {
        "region": 26,
        "departement": 109,
        "epci": 6,
        "commune": 202,
        "arrondissement": 16,
        "quartier": 4,
        "ligne": 1,
    }
    marseille = Territoire.objects.get(genre="commune", code="13055")
    inside = marseille.enfants.filter(genre="arrondissement").values_list("population", flat=True)
    assert sum(number or 0 for number in inside) == marseille.population == 886040
    for ville in shipped()["villes"]:
        epci = Territoire.objects.get(genre="epci", code=ville["epci"]["siren"])
        assert epci.communes.count() == ville["epci"]["nb_communes"]


def test_a_city_knows_its_departement_and_region() -> None:
    load_study()
    parent = Territoire.objects.get(genre="commune", code="07319").parent
    assert parent is not None
    assert parent.parent is not None
    assert (parent.nom, parent.parent.nom) == ("Ardèche", "Auvergne-Rhône-Alpes")


def test_contradictions_are_kept_as_notes() -> None:
    load_study()
    by_city = NoteEtude.objects.values_list("territoire__nom", flat=True)
    assert {nom: list(by_city).count(nom) for nom in by_city} == {
        "La Rochelle": 1,
        "Le Teil": 3,
        "Limoges": 1,
        "Lorient": 1,
        "Marseille": 3,
        "Orléans": 1,
    }
    seven = NoteEtude.objects.get(texte__contains="en compte sept")
    assert seven.service is not None
    assert seven.service.code == "addap13-prevention"


def test_the_study_form_of_each_city_is_kept() -> None:
    load_study()
    forms = {
        ville.nom: (ville.attributs["etude"]["forme"], ville.attributs["etude"]["qpv_etudies"])
        for ville in Territoire.objects.filter(genre="commune", attributs__has_key="etude")
    }
    assert forms == {
        "La Rochelle": ("convention", 2),
        "Le Teil": ("informel", None),
        "Limoges": ("informel", 5),
        "Lorient": ("informel", 4),
        "Marseille": ("pilotage_unique", 3),
        "Orléans": ("pilotage_unique", 4),
    }


@pytest.mark.parametrize(("code", "expected"), [("17300", "17"), ("2A004", "2A"), ("97411", "974")])
def test_departement_of_a_commune(code: str, expected: str) -> None:
    assert departement_of(code) == expected
