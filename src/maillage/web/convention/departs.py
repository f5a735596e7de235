"""Texts to start a clause from: the study's practices, and what other cities gave of their conventions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.conventions.enums import OrigineClause
from maillage.conventions.faits import say_fact
from maillage.conventions.models import Partenariat
from maillage.conventions.travail import is_work
from maillage.etude.clauses import textes_de_depart
from maillage.reseau.queries import latest, sheets


@dataclass(frozen=True)
class Depart:
    """A text to start from: where it comes from, and what it would write, as the form takes it.

    `etablit` is a choice of the clause form (`fait=valeur`), empty when the text only organises.
    """

    cle: str
    origine: OrigineClause
    source: str
    titre: str
    texte: str
    etablit: str = ""
    metier: str = ""
    dit: str = ""
    pratique: str = ""

    @property
    def work(self) -> bool:
        """Say whether it writes a rule of work, not a fact of the law."""
        return is_work(self.etablit)

    def initial(self) -> dict[str, str]:
        """Return what the form shows when one starts from this text."""
        return {
            "titre": self.titre,
            "texte": self.texte,
            "etablit": self.etablit,
            "metier": self.metier,
            "origine": self.origine.value,
            "source": self.source,
        }


def departs(partenariat: Partenariat) -> Sequence[Depart]:
    """Return the study's texts, then those of the other cities, by city."""
    return [*_of_the_study(), *_of_the_cities(partenariat)]


def depart(partenariat: Partenariat, cle: str) -> Depart | None:
    """Return one text by its key, None when there is none such (any more)."""
    return next((one for one in departs(partenariat) if one.cle == cle), None) if cle else None


def _of_the_study() -> list[Depart]:
    return [
        Depart(
            f"etude-{one.cle}",
            OrigineClause.ETUDE,
            one.pratique.titre,
            one.titre,
            one.texte,
            f"{one.etablit}={one.valeur}" if one.etablit else "",
            one.metier,
            say_fact(one.etablit, one.valeur),
            one.pratique.cle,
        )
        for one in textes_de_depart()
    ]


def _of_the_cities(partenariat: Partenariat) -> list[Depart]:
    """Return what other cities gave; what a clause wrote there is theirs, so it starts by writing nothing."""
    given = [one for one in sheets(latest(), "clauses") if one.code != partenariat.code]
    return [
        Depart(f"ville-{one.code}-{rank}", OrigineClause.VILLE, one.ville, one.titre, one.texte)
        for rank, one in enumerate(given, 1)
    ]
