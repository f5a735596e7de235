"""Chapter 3 as a real comparison: rows filtered and sorted, missing values last and shown as missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from maillage.etude.enums import FormeDeduite
from maillage.etude.queries import VilleEtudiee

_LIMITS: Final = {"petite": (0, 20_000), "moyenne": (20_000, 100_000), "grande": (100_000, 200_000)}
_SORTS: Final[dict[str, Callable[[VilleEtudiee], int | str | None]]] = {
    "nom": lambda city: city.ville.libelle,
    "population": lambda city: city.population,
    "prevention": lambda city: city.total("prevention_specialisee"),
    "mediation": lambda city: city.total("mediation_sociale"),
    "anciennete": lambda city: city.debut("mediation_sociale"),
}


@dataclass(frozen=True)
class Row:
    """One city in the table; its reservations are the directory's notes on the report's table."""

    city: VilleEtudiee
    forme: str


def rows(cities: Sequence[VilleEtudiee], *, forme: str, taille: str, financeur: str, tri: str) -> list[Row]:
    """The cities that pass the filters (empty: all), sorted; those without the sorted value come last."""
    kept = [
        city
        for city in cities
        if (not forme or city.forme == forme)
        and (not taille or _size(city) == taille)
        and (not financeur or financeur in city.financeurs)
    ]
    key = _SORTS.get(tri)
    if key is not None:
        known = [city for city in kept if key(city) is not None]
        unknown = [city for city in kept if key(city) is None]
        kept = [*sorted(known, key=lambda city: _comparable(key(city))), *unknown]
    return [Row(city, form_label(city.forme)) for city in kept]


def form_label(forme: str) -> str:
    """The form's label, or «non donnée»."""
    return FormeDeduite(forme).libelle if forme else "Forme non donnée"  # type: ignore[call-arg]  # by value


def _comparable(value: int | str | None) -> tuple[int, str]:
    return (value, "") if isinstance(value, int) else (0, str(value))


def _size(city: VilleEtudiee) -> str:
    if city.population is None:
        return ""
    for name, (low, high) in _LIMITS.items():
        if low <= city.population < high:
            return name
    return "tres_grande"
