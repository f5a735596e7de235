"""Starting texts for the clauses of a convention, each drawn from a practice of the study."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from maillage.etude.pratiques import Pratique, pratique


@dataclass(frozen=True, slots=True)
class TexteDeDepart:
    """A clause to start from: its words, and the fact or the rule of work it writes, empty for neither.

    `metier` says whose fact it is, empty for the whole partnership's.
    """

    cle: str
    titre: str
    texte: str
    etablit: str
    valeur: str | bool | int | None
    metier: str
    pratique: Pratique


@cache
def textes_de_depart() -> tuple[TexteDeDepart, ...]:
    """Return every starting text, in the order of the file."""
    rows = tomllib.loads((files("maillage.etude") / "contenu" / "clauses.toml").read_text("utf-8"))["clauses"]
    return tuple(
        TexteDeDepart(
            row["cle"],
            row["titre"],
            row["texte"],
            row.get("etablit", ""),
            row.get("valeur"),
            row.get("metier", ""),
            pratique(row["pratique"]),
        )
        for row in rows
    )
