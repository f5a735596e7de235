"""The data·inclusion export, judged by data·inclusion's own package, warnings included."""

from __future__ import annotations

import json

import pytest
from data_inclusion.schema.v1.services import Service
from data_inclusion.schema.v1.structures import Structure
from pydantic import ValidationError

from maillage.cli import main
from maillage.directory.data_inclusion import as_json
from maillage.directory.models import Professionnel
from maillage.directory.seed import load_study
from tests.cast import Cast

STRICT = {"ignore_warnings": False}


def test_the_six_cities_pass_the_published_schema(db: None) -> None:
    load_study()
    made = json.loads(as_json())
    structures = [Structure.model_validate(one, context=STRICT) for one in made["structures"]]
    services = [Service.model_validate(one, context=STRICT) for one in made["services"]]
    assert (len(structures), len(services)) == (10, 13)
    assert {one.structure_id for one in services} == {one.id for one in structures}
    assert {one.siret for one in structures if one.nom == "Groupe ADDAP 13"} == {"77555992500042"}
    assert {one.code_insee for one in services} == {"17300", "07319", "87085", "56121", "13055", "45234"}


def test_it_holds_services_and_never_a_person(cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "data-inclusion"]) == 0
    said = capsysbinary.readouterr().out.decode()
    made = json.loads(said)
    assert {one["nom"] for one in made["services"]} >= {cast.alm.nom, cast.relais.nom}
    assert cast.maire.service.nom not in said
    people = Professionnel.objects.all()
    assert [one.nom for one in people if one.nom in said or (one.telephone and one.telephone in said)] == []


def test_the_schema_refuses_what_is_wrong(db: None) -> None:
    load_study()
    made = json.loads(as_json())["services"][0]
    with pytest.raises(ValidationError):
        Service.model_validate(made | {"publics": ["tout-le-monde"]}, context=STRICT)
