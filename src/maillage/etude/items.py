"""The report as data: every statement that matters, restated, pointed to, and tied to where it works.

The rows live in `contenu/*.toml`, one file per section. An item's identifier is its pointer: `6a.3b` is
the second item drawn from the third paragraph of section 6a. `contenu/empreintes.toml` keeps the
fingerprint of each paragraph pointed to, so that a pointer can be checked against the report without a
word of it being kept here.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeVar

from maillage.etude.enums import Acteur, Libelle, Nature, Theme, Ville
from maillage.etude.rapport import Passage, passage_at

_POINTER: Final = re.compile(r"^(?P<section>[a-z]+|\d{1,2}[a-f]?)\.(?P<paragraph>\d+)(?P<letter>[a-z])$")
_KEYS: Final = frozenset({"id", "dit", "nature", "theme", "acteurs", "villes", "ecran", "droit"})

L = TypeVar("L", bound=Libelle)

SECTIONS: Final[Mapping[str, str]] = {
    "couverture": "Page de titre",
    "1": "Avant-propos",
    "2": "Méthodologie et cadre de l'étude",
    "3": "Les dispositifs des six villes",
    "4": "Ce que chacun pense de l'autre",
    "5": "Typologie de partenariats",
    "6a": "Projets ponctuels",
    "6b": "Partage d'informations",
    "7": "La convention de La Rochelle",
    "8a": "Le pilotage d'Orléans",
    "8b": "Le pilotage de Marseille",
    "9a": "Clarté de la commande publique",
    "9b": "Volonté des directions",
    "9c": "Connaissance mutuelle des métiers",
    "9d": "Cadre de l'échange d'informations",
    "9e": "Formalisation du partenariat",
    "9f": "Confiance",
    "10": "Préconisations",
    "10a": "Un cadre contractuel",
    "10b": "Former et professionnaliser",
    "10c": "Faire durer les équipes",
    "10d": "Clarifier le cadre de la prévention",
    "remerciements": "Remerciements",
    "annexes": "Annexes",
}
"""Sections of the report that items point to, in reading order, titled in our own words."""


class ContentError(Exception):
    """A row of the study's content is malformed; the message names the file's item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: where it stands in the report, what it says in our words, where it works here.

    `ecran` is a key of :data:`maillage.etude.ecrans.ECRANS` (or ``ville:``, ``pratique:``, ``regle:`` and
    a name); `droit` says what the law does not allow, or allows otherwise. At least one of them is given.
    """

    id: str
    section: str
    paragraphe: int
    dit: str
    nature: Nature
    theme: Theme
    acteurs: tuple[Acteur, ...]
    villes: tuple[Ville, ...]
    ecran: str
    droit: str

    @property
    def pointeur(self) -> str:
        """Say where to look in the report, for a reader."""
        return f"{section_label(self.section)}, paragraphe {self.paragraphe}"

    @property
    def passage(self) -> Passage | None:
        """The passage itself, where the installer gave the report and it is the same report."""
        found = passage_at(self.section, self.paragraphe)
        known = fingerprints().get(f"{self.section}.{self.paragraphe}")
        return found if found is not None and found.empreinte == known else None


def section_label(section: str) -> str:
    """Name a section the way people cite it: «§ 6a», «Annexes»."""
    return f"§ {section}" if section[0].isdigit() else SECTIONS[section]


@cache
def items() -> tuple[Item, ...]:
    """All items, in the report's order. Raises ContentError at first use if a row is malformed."""
    found = [_item(row) for name in _content_files() for row in _load(name)["items"]]
    order = {section: rank for rank, section in enumerate(SECTIONS)}
    found.sort(key=lambda item: (order[item.section], item.paragraphe, item.id))
    return tuple(found)


@cache
def _by_id() -> Mapping[str, Item]:
    return {item.id: item for item in items()}


def item(identifier: str) -> Item:
    """One item by its identifier. Raises KeyError."""
    return _by_id()[identifier]


def items_of(section: str) -> tuple[Item, ...]:
    """Items of one section, or of a whole chapter when a bare number is given ("9" gives 9a to 9f)."""
    return tuple(i for i in items() if i.section == section or re.sub(r"[a-f]$", "", i.section) == section)


def items_about(ville: Ville) -> tuple[Item, ...]:
    """Items that concern one city by name."""
    return tuple(i for i in items() if ville in i.villes)


@cache
def fingerprints() -> Mapping[str, str]:
    """Fingerprint of each paragraph pointed to, by "section.paragraph"."""
    return {str(k): str(v) for k, v in _load("empreintes.toml")["empreintes"].items()}


def _content_files() -> Iterable[str]:
    folder = files("maillage.etude") / "contenu"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    return [name for name in names if name[0].isdigit() or name == "annexes.toml"]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("maillage.etude") / "contenu" / name).read_text(encoding="utf-8"))


def _item(row: Mapping[str, Any]) -> Item:
    identifier = str(row.get("id", "?"))
    pointer = _POINTER.match(identifier)
    unknown = set(row) - _KEYS
    if pointer is None or pointer["section"] not in SECTIONS or unknown:
        raise ContentError(f"{identifier} : pointeur ou champ inconnu {sorted(unknown)}")
    if not row.get("ecran") and not row.get("droit"):
        raise ContentError(f"{identifier} : ni écran ni raison de droit")
    return Item(
        id=identifier,
        section=pointer["section"],
        paragraphe=int(pointer["paragraph"]),
        dit=str(row["dit"]),
        nature=_member(Nature, row["nature"], identifier),
        theme=_member(Theme, row["theme"], identifier),
        acteurs=tuple(_member(Acteur, name, identifier) for name in row.get("acteurs", [])),
        villes=tuple(_member(Ville, name, identifier) for name in row.get("villes", [])),
        ecran=str(row.get("ecran", "")),
        droit=str(row.get("droit", "")),
    )


def _member(kind: type[L], value: str, identifier: str) -> L:
    try:
        return kind(value)  # type: ignore[call-arg]  # the label is part of the member, not of the lookup
    except ValueError as error:
        raise ContentError(f"{identifier} : {value!r} n'est pas dans {kind.__name__}") from error
