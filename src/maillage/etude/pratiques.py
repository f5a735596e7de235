"""Practices to take: what, who, steps, conditions, limits, law, and a draft to start from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from maillage.etude.enums import Ville
from maillage.etude.items import Item, item

_FILES: Final = ("pratiques_projets.toml", "pratiques_cadre.toml")

GENRES: Final[Mapping[str, str]] = {
    "projet": "Brouillon de projet",
    "reunion": "Ordre du jour",
    "clause": "Brouillon de clauses",
}
"""What «S'en inspirer» prepares, by kind; the key is also the room it belongs to."""


@dataclass(frozen=True, slots=True)
class Brouillon:
    """A draft to start from: its kind, what it is about, and the lines to fill in or keep."""

    genre: str
    objet: str
    lignes: tuple[str, ...]

    @property
    def libelle(self) -> str:
        """What the visitor takes away."""
        return GENRES[self.genre]


@dataclass(frozen=True, slots=True)
class Pratique:
    """One practice, as a sheet."""

    cle: str
    titre: str
    villes: tuple[Ville, ...]
    quoi: str
    qui: str
    etapes: tuple[str, ...]
    conditions: tuple[str, ...]
    limites: tuple[str, ...]
    droit: str
    items: tuple[Item, ...]
    brouillon: Brouillon


@cache
def pratiques() -> tuple[Pratique, ...]:
    """Every sheet, projects first."""
    folder = files("maillage.etude") / "contenu"
    rows = [r for name in _FILES for r in tomllib.loads((folder / name).read_text("utf-8"))["pratiques"]]
    return tuple(_read(row) for row in rows)


def pratique(cle: str) -> Pratique:
    """One sheet by its key. Raises KeyError."""
    return {p.cle: p for p in pratiques()}[cle]


def pratiques_in(ville: Ville) -> tuple[Pratique, ...]:
    """Sheets of the practices seen in one city."""
    return tuple(p for p in pratiques() if ville in p.villes)


def _read(row: Mapping[str, Any]) -> Pratique:
    draft = row["brouillon"]
    return Pratique(
        cle=row["cle"],
        titre=row["titre"],
        villes=tuple(Ville(v) for v in row["villes"]),  # type: ignore[call-arg]  # looked up by value
        quoi=row["quoi"],
        qui=row["qui"],
        etapes=tuple(row["etapes"]),
        conditions=tuple(row["conditions"]),
        limites=tuple(row["limites"]),
        droit=row["droit"],
        items=tuple(item(pointeur) for pointeur in row["items"]),
        brouillon=Brouillon(draft["genre"], draft["objet"], tuple(draft["lignes"])),
    )
