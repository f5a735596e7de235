"""What the report establishes of each of the six cities, question by question, and where it contradicts
itself."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from maillage.etude.enums import Ville
from maillage.etude.items import Item, item
from maillage.etude.questionnaire import Reponses, validate


@dataclass(frozen=True, slots=True)
class Fait:
    """One answer of a city: the question, the answer, the item that carries it, and how we know («dit»,
    «déduit»)."""

    question: str
    reponse: str
    item: Item
    maniere: str
    note: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A place where the report disagrees with itself or with official data; kept, never mended."""

    dit: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """One city as the report shows it: in a sentence, its facts, what the report praises and criticises,
    what it lets be seen without remark (`reserves`, our reading), where it contradicts itself."""

    ville: Ville
    resume: str
    faits: tuple[Fait, ...]
    loue: tuple[Item, ...]
    critique: tuple[Item, ...]
    reserves: tuple[Item, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def reponses(self) -> Reponses:
        """The city's answers to the twelve questions; what the report does not say stays unknown."""
        return validate({f.question: f.reponse for f in self.faits})


@cache
def portraits() -> tuple[Portrait, ...]:
    """The six portraits, in the report's order."""
    text = (files("maillage.etude") / "contenu" / "villes.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return tuple(_portrait(ville, rows[str(ville)]) for ville in Ville)


def portrait(ville: Ville) -> Portrait:
    """One city's portrait."""
    return portraits()[list(Ville).index(ville)]


def _portrait(ville: Ville, row: Mapping[str, Any]) -> Portrait:
    return Portrait(
        ville=ville,
        resume=row["resume"],
        faits=tuple(
            Fait(cle, reponse, item(pointeur), maniere, note)
            for cle, (reponse, pointeur, maniere, note) in row["faits"].items()
        ),
        loue=tuple(item(pointeur) for pointeur in row["loue"]),
        critique=tuple(item(pointeur) for pointeur in row["critique"]),
        reserves=tuple(item(pointeur) for pointeur in row["reserves"]),
        contradictions=tuple(
            Contradiction(c["dit"], tuple(item(pointeur) for pointeur in c["items"]))
            for c in row["contradictions"]
        ),
    )
