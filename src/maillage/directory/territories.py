"""The official territories shipped with the product: six cities, their EPCI, départements, régions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from maillage.directory.enums import GenreTerritoire
from maillage.directory.models import Territoire

Key = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One territory to be stored; `parent` is the key (kind, code) of the one that contains it."""

    genre: GenreTerritoire
    code: str
    nom: str
    parent: Key | None = None
    population: int | None = None
    millesime: int | None = None
    attributs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Return what makes the territory unique."""
        return (str(self.genre), self.code)


@cache
def shipped() -> Mapping[str, Any]:
    """Read `data/territories.json`, published under Licence Ouverte 2.0 (its `_meta` says from where)."""
    text = files("maillage.directory").joinpath("data/territories.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def load_territories() -> dict[Key, Territoire]:
    """Store every shipped territory and its place in the others; return them by (kind, code).

    Running again changes nothing and keeps what was added since (geometry, indicators).
    """
    stored = store_rows(_rows())
    for ville in shipped()["villes"]:
        epci = stored[(str(GenreTerritoire.EPCI), ville["epci"]["siren"])]
        communes = [
            stored[(str(GenreTerritoire.COMMUNE), commune["code_insee"])]
            for commune in ville["communes_de_l_epci"]
        ]
        epci.communes.set(communes)
    return stored


def store_rows(rows: Iterable[Row]) -> dict[Key, Territoire]:
    """Create or refresh these territories, parents first; return them by (kind, code).

    A parent that is not among the rows is looked up; an absent one leaves the territory without parent.
    """
    wanted = {row.key: row for row in rows}
    stored = {
        (found.genre, found.code): found
        for found in Territoire.objects.filter(genre__in={key[0] for key in wanted})
    }
    Territoire.objects.bulk_create([_fresh(row) for key, row in wanted.items() if key not in stored])
    stored |= {
        (found.genre, found.code): found
        for found in Territoire.objects.filter(genre__in={key[0] for key in wanted} | _parent_kinds(wanted))
    }
    for row in wanted.values():
        _refresh(stored[row.key], row, stored)
    Territoire.objects.bulk_update(
        [stored[key] for key in wanted],
        ["nom", "population", "millesime", "attributs", "parent"],
        batch_size=100,
    )
    return stored


def _parent_kinds(wanted: Mapping[Key, Row]) -> set[str]:
    return {row.parent[0] for row in wanted.values() if row.parent is not None}


def _fresh(row: Row) -> Territoire:
    return Territoire(genre=row.genre, code=row.code, nom=row.nom)


def _refresh(territoire: Territoire, row: Row, stored: Mapping[Key, Territoire]) -> None:
    territoire.nom = row.nom
    territoire.population = row.population
    territoire.millesime = row.millesime
    territoire.attributs = {**territoire.attributs, **row.attributs}
    territoire.parent = stored.get(row.parent) if row.parent else None


def _rows() -> list[Row]:
    data, found = shipped(), list[Row]()
    found += [
        Row(GenreTerritoire.REGION, region["code"], region["nom"], attributs={"zone": region["zone"]})
        for region in data["regions"]
    ]
    found += [
        Row(
            GenreTerritoire.DEPARTEMENT,
            departement["code"],
            departement["nom"],
            parent=(str(GenreTerritoire.REGION), departement["region"]) if departement["region"] else None,
            attributs={"zone": departement["zone"]},
        )
        for departement in data["departements"]
    ]
    for ville in data["villes"]:
        found += _city_rows(ville, data["_meta"]["millesime"])
    return found


def _city_rows(ville: Mapping[str, Any], millesime: int) -> list[Row]:
    """Return the EPCI, its member communes, the city itself and its municipal arrondissements."""
    epci = ville["epci"]
    found = [
        Row(
            GenreTerritoire.EPCI,
            epci["siren"],
            epci["nom"],
            population=epci["population_municipale"],
            millesime=millesime,
            attributs={"type": epci["type"], "par_millesime": ville["epci_par_millesime"]},
        )
    ]
    for commune in ville["communes_de_l_epci"]:
        if commune["code_insee"] != ville["code_insee"]:
            found.append(_commune(commune, epci["siren"], millesime))
    found.append(_commune(ville, epci["siren"], millesime))
    for arrondissement in ville.get("arrondissements_municipaux", []):
        found.append(
            Row(
                GenreTerritoire.ARRONDISSEMENT,
                arrondissement["code_insee"],
                arrondissement["nom"],
                parent=(str(GenreTerritoire.COMMUNE), ville["code_insee"]),
                population=arrondissement["population_municipale"],
                millesime=millesime,
                attributs={"codes_postaux": arrondissement["codes_postaux"]},
            )
        )
    return found


def _commune(commune: Mapping[str, Any], epci: str, millesime: int) -> Row:
    attributs: dict[str, Any] = {"siren": commune["siren"], "epci": epci}
    for name in ("codes_postaux", "population_par_millesime_du_paquet"):
        if name in commune:
            attributs[name] = commune[name]
    return Row(
        GenreTerritoire.COMMUNE,
        commune["code_insee"],
        commune["nom"],
        parent=(str(GenreTerritoire.DEPARTEMENT), departement_of(commune["code_insee"])),
        population=commune["population_municipale"],
        millesime=millesime,
        attributs=attributs,
    )


def departement_of(code_insee: str) -> str:
    """Return the département of a commune's INSEE code: two characters, three overseas."""
    return code_insee[:3] if code_insee.startswith(("97", "98")) else code_insee[:2]


class UnknownCommune(Exception):
    """Nothing shipped names this commune, and no name was given."""


def store_commune(code_insee: str, nom: str = "") -> Territoire:
    """Store one commune with what contains it, and return it; a shipped one needs no name.

    One already stored keeps its name unless `nom` gives another. Raises UnknownCommune.
    """
    rows = {row.key: row for row in _rows()}
    key = (str(GenreTerritoire.COMMUNE), code_insee)
    known = Territoire.objects.filter(genre=key[0], code=code_insee).first()
    row = rows.get(key)
    if row is None:
        said = nom or (known.nom if known else "")
        if not said:
            raise UnknownCommune(code_insee)
        row = Row(
            GenreTerritoire.COMMUNE,
            code_insee,
            said,
            parent=(str(GenreTerritoire.DEPARTEMENT), departement_of(code_insee)),
            population=known.population if known else None,
            millesime=known.millesime if known else None,
        )
    chain = [row]
    while chain[-1].parent in rows:
        chain.append(rows[chain[-1].parent])
    return store_rows(reversed(chain))[key]
