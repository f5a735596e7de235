"""The next three steps: each rests on a recommendation and on a practice of the report; pure Python."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from maillage.etude.deduction import Deduction
from maillage.etude.items import Item, item
from maillage.etude.prerequis import Constat
from maillage.etude.questionnaire import Reponses

NOMBRE: Final = 3


@dataclass(frozen=True, slots=True)
class Pas:
    """One step: what to do, in a sentence, and the two items of the report it rests on."""

    cle: str
    titre: str
    phrase: str
    preconisation: Item
    pratique: Item
    quand: Mapping[str, Sequence[str]]
    etats: Mapping[str, Sequence[str]]
    formes: Sequence[str]

    def convient(self, reponses: Reponses, deduction: Deduction, constats: Sequence[Constat]) -> bool:
        """Whether this step answers the situation: every kind of condition it sets must hold."""
        states = {c.prerequis.cle: c.etat for c in constats}
        return (
            (not self.formes or deduction.forme in self.formes)
            and all(reponses[cle] in options for cle, options in self.quand.items())
            and all(states[cle] in wanted for cle, wanted in self.etats.items())
        )


@cache
def all_steps() -> tuple[Pas, ...]:
    """Every step we may propose, most urgent first."""
    text = (files("maillage.etude") / "contenu" / "pas.toml").read_text(encoding="utf-8")
    return tuple(_read(row) for row in tomllib.loads(text)["pas"])


def next_steps(reponses: Reponses, deduction: Deduction, constats: Sequence[Constat]) -> tuple[Pas, ...]:
    """The three most urgent steps that fit; some fit any situation, so there are always three."""
    fitting = (p for p in all_steps() if p.convient(reponses, deduction, constats))
    return tuple(p for p, _ in zip(fitting, range(NOMBRE), strict=False))


def _read(row: Mapping[str, Any]) -> Pas:
    return Pas(
        cle=row["cle"],
        titre=row["titre"],
        phrase=row["phrase"],
        preconisation=item(row["preconisation"]),
        pratique=item(row["pratique"]),
        quand=row.get("quand", {}),
        etats=row.get("etats", {}),
        formes=row.get("formes", ()),
    )
