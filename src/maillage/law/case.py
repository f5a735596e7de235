"""One case: the sending of one kind of information, by one person, to one recipient, one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from maillage.law.facts import FAIT_PAR_CHEMIN, FAITS, INDICE
from maillage.law.facts.jour import periode
from maillage.law.language import Fait, Genre

Valeur = str | bool | tuple[str, ...] | date | None
"""A fact as the wire says it: code, boolean, set of codes, day; None where unknown."""

DEFAUTS: tuple[int, ...] = tuple(f.rang_par_defaut for f in FAITS)
"""The ranks of a case that says nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case ready to be decided: one rank per fact of `FAITS`, and the day as it was given."""

    id: str | int | None
    rangs: tuple[int, ...]
    jour: date | None

    def valeur(self, chemin: str) -> Valeur:
        """The value of one fact, None where unknown; KeyError for a path that does not exist."""
        if chemin == "date":
            return self.jour
        fait = FAIT_PAR_CHEMIN[chemin]
        return value_of(fait, self.rangs[INDICE[chemin]])

    @property
    def packed(self) -> bytes:
        """The ranks as bytes, one per fact, to store beside the wire case and replay in columns.

        Valid for the law's VERSION only: keep it with them, and pack again from the wire otherwise.
        """
        return bytes(self.rangs)

    def avec(self, faits: Mapping[str, Valeur]) -> Case:
        """The same case with some facts replaced (None: as if missing).

        Raises KeyError for an unknown path, ValueError for a value outside the fact's list.
        """
        rangs, jour = list(self.rangs), self.jour
        for chemin, valeur in faits.items():
            fait = FAIT_PAR_CHEMIN[chemin]
            rangs[INDICE[chemin]] = rank_of(fait, valeur)
            if fait.genre is Genre.DATE:
                jour = valeur if isinstance(valeur, date) else None
        return Case(self.id, tuple(rangs), jour)

    def to_wire(self) -> dict[str, object]:
        """The case as the wire writes it: every fact, unknown ones as null."""
        out: dict[str, object] = {"id": self.id}
        lecture: dict[str, object] = {}
        for fait in FAITS:
            valeur = self.valeur(fait.chemin)
            plain: object = list(valeur) if isinstance(valeur, tuple) else valeur
            if isinstance(valeur, date):
                plain = valeur.isoformat()
            room, _, key = fait.chemin.rpartition(".")
            if fait.genre is Genre.LECTURE:
                lecture[key] = plain
            elif room:
                inner = out.setdefault(room, {})
                assert isinstance(inner, dict)
                inner[key] = plain
            else:
                out[key] = plain
        out["lecture"] = lecture
        return out


def new_case(faits: Mapping[str, Valeur], *, identifiant: str | int | None = None) -> Case:
    """A case from paths and values; every other fact takes its default."""
    return Case(identifiant, DEFAUTS, None).avec(faits)


def value_of(fait: Fait, rang: int) -> Valeur:
    """The value that a rank stands for (not for the day, of which only the period is kept)."""
    if rang == fait.inconnu:
        return None
    if fait.genre is Genre.ENSEMBLE:
        return tuple(v for i, v in enumerate(fait.valeurs) if rang >> i & 1)
    valeur = fait.valeurs[rang]
    return valeur == "true" if fait.genre is Genre.BOOLEEN else valeur


def rank_of(fait: Fait, valeur: Valeur) -> int:
    """The rank of a value; None gives the default. ValueError when it is not one of the fact's."""
    if valeur is None:
        return fait.rang_par_defaut
    if isinstance(valeur, date):
        if fait.genre is not Genre.DATE:
            raise ValueError(f"{fait.chemin}: une date n'y a pas sa place")
        return periode(valeur)
    if isinstance(valeur, bool):
        return fait.rang("true" if valeur else "false")
    if isinstance(valeur, tuple):
        return _mask(fait, valeur)
    if fait.genre in (Genre.ENSEMBLE, Genre.DATE, Genre.BOOLEEN):
        raise ValueError(f"{fait.chemin}: {valeur!r} n'est pas du bon type")
    return fait.rang(valeur)


def _mask(fait: Fait, elements: Iterable[str]) -> int:
    """The rank of a set of elements."""
    if fait.genre is not Genre.ENSEMBLE:
        raise ValueError(f"{fait.chemin}: n'est pas un ensemble")
    rang = 0
    for element in elements:
        rang |= fait.rang(element)
    return rang
