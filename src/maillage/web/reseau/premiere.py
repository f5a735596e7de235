"""The first edition of the comparison: the report's own six cities, as its table gives them."""

from __future__ import annotations

from maillage.directory.enums import Metier
from maillage.etude.queries import studied_cities
from maillage.reseau.queries import Ville, by_name

ANNEE = 2017
TRADES = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)


def first_edition() -> list[Ville]:
    """Return the six cities of the study, by name; what its table leaves out is None."""
    return by_name(
        Ville(
            code=city.ville.value,
            nom=city.ville.libelle,
            forme=city.forme,
            habitants=city.population,
            quartiers=city.quartiers,
            postes={trade.value: city.total(trade) for trade in TRADES},
        )
        for city in studied_cities()
    )
