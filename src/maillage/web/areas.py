"""The list of areas of the site; to add one, append its folder's name.

An area is a package `maillage.web.<name>` whose `urls` module offers `urlpatterns` (full paths,
each with a name), `RULES: dict[str, Rule]` (one rule per name) and, if it stands in the menu,
`NAV: list[NavItem]`. Its addresses are then reversed as `<name>:<url name>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from maillage.web.rules import Rule

AREAS: list[str] = [
    "accueil",
    "notes",
    "garde",
    "messages",
    "tournee",
    "veille",
    "demandes",
    "carnet",
    "api",
    "connexion",
    "journal",
    "sante",
    "style",
    "demonstration",
    "etude",
    "droit",
    "danger",
    "orientations",
    "accompagnements",
    "designations",
    "informations",
    "carte",
    "projets",
    "reciprocite",
    "evaluation",
    "annuaire",
    "partenariat",
    "equipes",
    "formation",
    "metiers",
    "lectures",
    "convention",
    "forme",
    "rejeu",
    "reunions",
    "diagnostics",
    "barometre",
    "coordination",
    "reseau",
    "maisons",
    "heures",
    "registre",
    "acces",
    "administration",
    "ecole",
    "notice",
]


@dataclass(frozen=True)
class NavItem:
    """An entry of the menu: shown to whoever the rule of `view` lets in, smallest `order` first.

    `view` is `<area>:<url name>` and takes no argument; `icon` is a name of front/icons.svg.
    The first four entries a person sees make the phone's bottom bar; «Plus» opens the others.
    """

    label: str
    icon: str
    view: str
    order: int = 50


def area_urls() -> dict[str, ModuleType]:
    """Return each area's `urls` module, by area name, in the order of AREAS."""
    return {area: import_module(f"maillage.web.{area}.urls") for area in AREAS}


@cache
def rule_table() -> dict[str, Rule]:
    """Return every declared rule of the site, by full view name (`area:name`)."""
    return {
        f"{area}:{name}": rule for area, module in area_urls().items() for name, rule in module.RULES.items()
    }


@cache
def nav_items() -> list[NavItem]:
    """Return the menu's entries of all areas, in order of display."""
    entries = [entry for module in area_urls().values() for entry in getattr(module, "NAV", [])]
    return sorted(entries, key=lambda entry: entry.order)
