"""What the study's pages say beyond items: the three forms, the legal texts since then, who speaks."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from maillage.etude.enums import FormeDeduite, Ville
from maillage.etude.items import Item, item


@dataclass(frozen=True, slots=True)
class FormePage:
    """One form of partnership: cities, definition, advantages and limits by items, and the facts it
    establishes."""

    forme: FormeDeduite
    titre: str
    resume: str
    villes: tuple[Ville, ...]
    definition: tuple[Item, ...]
    avantages: tuple[Item, ...]
    limites: tuple[Item, ...]
    droit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texte:
    """One legal text of the annexes: items, identifiers of the engine's rules, what changed since 2017."""

    cle: str
    titre: str
    cite: str
    items: tuple[Item, ...]
    regles: tuple[str, ...]
    change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Depuis:
    """Something that came after the report, or that it does not cite: when, what, and the rule that bears
    it."""

    quand: str
    dit: str
    regle: str


@dataclass(frozen=True, slots=True)
class Voix:
    """One position from which the report speaks, by office and never by name."""

    titre: str
    dit: str
    items: tuple[Item, ...]


@cache
def formes() -> tuple[FormePage, ...]:
    """The three forms, weakest first."""
    return tuple(
        FormePage(
            forme=FormeDeduite(row["cle"]),  # type: ignore[call-arg]  # looked up by value
            titre=row["titre"],
            resume=row["resume"],
            villes=tuple(Ville(v) for v in row["villes"]),  # type: ignore[call-arg]  # looked up by value
            definition=_items(row["definition"]),
            avantages=_items(row["avantages"]),
            limites=_items(row["limites"]),
            droit=tuple(row["droit"]),
        )
        for row in _load("formes.toml")["formes"]
    )


@cache
def textes() -> tuple[Texte, ...]:
    """The legal texts of the annexes, in their order."""
    return tuple(
        Texte(r["cle"], r["titre"], r["cite"], _items(r["items"]), tuple(r["regles"]), tuple(r["change"]))
        for r in _load("textes.toml")["textes"]
    )


@cache
def depuis() -> tuple[Depuis, ...]:
    """What changed around the report's texts."""
    return tuple(Depuis(*line) for line in _load("textes.toml")["depuis"]["lignes"])


@cache
def voix() -> tuple[Voix, ...]:
    """The positions from which the report speaks."""
    return tuple(Voix(r["titre"], r["dit"], _items(r["items"])) for r in _load("voix.toml")["voix"])


def _items(pointers: Sequence[str]) -> tuple[Item, ...]:
    return tuple(item(pointer) for pointer in pointers)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("maillage.etude") / "contenu" / name).read_text(encoding="utf-8"))
