"""Which places a service sees: those of the ground it covers, alone or by partnership, that day."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.conventions.models import Participation
from maillage.directory.enums import GenreLieu, GenreTerritoire
from maillage.directory.models import Lieu, Territoire
from maillage.directory.queries import lieux_of, territoires_of
from tests.cast import Cast


def _names(owner: object, on: date | None = None) -> list[str]:
    return [lieu.nom for lieu in lieux_of(owner, on)]  # type: ignore[arg-type]


@pytest.mark.requirement("S-11")
def test_each_partnership_sees_its_own_places_only(cast: Cast) -> None:
    assert _names(cast.alm) == ["Hall 4"]
    assert _names(cast.ici) == ["Hall 4"]
    assert _names(cast.mediation_sud) == ["Square"]
    assert _names(cast.ailleurs) == ["Square"]


@pytest.mark.requirement("S-11")
def test_a_shared_partnership_brings_its_places_while_it_lasts(cast: Cast) -> None:
    Participation.objects.create(
        partenariat=cast.ailleurs, service=cast.alm, debut=date(2026, 1, 1), fin=date(2026, 1, 31)
    )
    assert _names(cast.alm, date(2025, 12, 31)) == ["Hall 4"]
    assert _names(cast.alm, date(2026, 1, 31)) == ["Square", "Hall 4"]
    assert _names(cast.alm, date(2026, 2, 1)) == ["Hall 4"]


def test_a_commune_brings_the_places_of_its_quartiers_once(cast: Cast) -> None:
    town = cast.quartier.parent
    assert town is not None
    cast.alm.territoires.set([town])
    line = Territoire.objects.create(genre=GenreTerritoire.LIGNE, code="L1", nom="Ligne 1")
    Lieu.objects.create(territoire=line, nom="Gare", genre=GenreLieu.GARE)
    Lieu.objects.create(territoire=cast.quartier, nom="Cave", genre=GenreLieu.CAVE, actif=False)
    assert _names(cast.alm) == ["Hall 4"]
    cast.alm.territoires.add(line)
    assert _names(cast.alm) == ["Gare", "Hall 4"]
    assert {one.nom for one in territoires_of(cast.alm)} == {"Ligne 1", "Port-Rouge", "Villeneuve"}
