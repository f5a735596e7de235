"""The six cities from the database: figures, and the form deduced once the table's label is removed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.directory.models import Service, Territoire
from maillage.directory.seed import load_study
from maillage.etude.deduction import deduce
from maillage.etude.enums import Ville
from maillage.etude.queries import city_answers, funder_kinds, studied_cities


@pytest.fixture
def study(db: None) -> None:
    """The directory with the report's table."""
    load_study()


def test_without_the_table_s_label_the_facts_give_its_six_categories(study: None) -> None:
    table = {city.ville: city.forme for city in studied_cities()}
    for commune in Territoire.objects.filter(code__in=[v.insee for v in Ville]):
        del commune.attributs["etude"]
        commune.save(update_fields=["attributs"])
    bare = studied_cities()
    assert {city.forme for city in bare} == {""}
    assert {city.ville: str(deduce(city_answers(city)).forme) for city in bare} == table
    assert table[Ville.LA_ROCHELLE] == "convention"


def test_the_employers_come_from_the_database_and_not_from_our_notes(study: None) -> None:
    sep, spmr = Service.objects.get(code="sep-orleans"), Service.objects.get(code="spmr-orleans")
    assert sep.structure_id == spmr.structure_id
    spmr.structure = Service.objects.get(code="alpms-larochelle").structure
    spmr.save(update_fields=["structure"])
    (orleans,) = [city for city in studied_cities() if city.ville is Ville.ORLEANS]
    assert city_answers(orleans)["employeur_mediation"] == "association"
    assert str(deduce(city_answers(orleans)).forme) == "informel"


def test_figures_are_the_table_s_and_what_is_missing_is_none(study: None) -> None:
    found = {
        city.ville: (
            city.total("prevention_specialisee"),
            city.total("mediation_sociale"),
            city.debut("prevention_specialisee"),
            city.debut("mediation_sociale"),
            city.quartiers,
        )
        for city in studied_cities()
    }
    assert found == {
        Ville.LA_ROCHELLE: (6, 24, 1976, 1999, 2),
        Ville.LE_TEIL: (2, 4, 2002, 2005, None),
        Ville.LIMOGES: (10, 15, 1980, 2002, 5),
        Ville.LORIENT: (4, 7, 2002, 2015, 4),
        Ville.MARSEILLE: (None, 38, None, 2014, 3),
        Ville.ORLEANS: (12, 179, 2013, 2001, 4),
    }


def test_the_cities_are_read_in_a_constant_number_of_queries(study: None) -> None:
    with CaptureQueriesContext(connection) as six:
        assert len(studied_cities()) == 6
    Service.objects.exclude(ville__code="56121").update(dans_etude=False)
    with CaptureQueriesContext(connection) as one:
        assert len(studied_cities()) == 1
    assert len(six) == len(one) == 6


@pytest.mark.parametrize(
    ("financeur", "kinds"),
    [
        ("Contrat de ville", {"etat"}),
        ("ville de Marseille", {"ville"}),
        ("département des Bouches-du-Rhône", {"departement"}),
        ("Communauté d'agglomération", {"intercommunalite"}),
        ("Etat (subvention Adultes Relais)", {"etat"}),
        ("Conseil régional (programme régional de sûreté et de sécurité dans les transports)", {"region"}),
        ("autres", set()),
    ],
)
def test_a_funder_s_name_tells_its_kind(financeur: str, kinds: set[str]) -> None:
    assert funder_kinds(financeur) == kinds


def test_an_empty_directory_gives_no_city(db: None) -> None:
    assert studied_cities() == ()
