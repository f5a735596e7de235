"""A small town for the directory's tests: two services, their titles and posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from maillage.directory.enums import GenreTerritoire, Metier, Role
from maillage.directory.models import Poste, Professionnel, Service, Structure, Territoire


@pytest.fixture
def commune(db: None) -> Territoire:
    return Territoire.objects.create(genre=GenreTerritoire.COMMUNE, code="99001", nom="Villeneuve")


@pytest.fixture
def prevention(commune: Territoire) -> Service:
    structure = Structure.objects.create(nom="Association des rues")
    return Service.objects.create(
        code="prevention",
        structure=structure,
        metier=Metier.PREVENTION_SPECIALISEE,
        nom="Prévention",
        nom_court="Prévention",
        ville=commune,
    )


@pytest.fixture
def mediation(commune: Territoire) -> Service:
    structure = Structure.objects.create(nom="Commune")
    return Service.objects.create(
        code="mediation",
        structure=structure,
        metier=Metier.MEDIATION_SOCIALE,
        nom="Médiation",
        nom_court="Médiation",
        ville=commune,
    )


@pytest.fixture
def post() -> Callable[..., Poste]:
    """Return a maker of posts: an educator of a private association unless told otherwise."""

    def make(service: Service, nom: str = "Un", **given: Any) -> Poste:
        fields: dict[str, Any] = {
            "role": Role.EDUCATEUR,
            "intitule": "Éducatrice de rue",
            "fonction": "educateur_prevention",
            "emploi": "salarie_prive",
            "debut": date(2020, 1, 1),
        }
        person = Professionnel.objects.create(prenom="Ana", nom=nom)
        return Poste.objects.create(professionnel=person, service=service, **(fields | given))

    return make
