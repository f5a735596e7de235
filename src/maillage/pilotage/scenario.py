"""What one wants to try: another form, clauses added or taken away, other readings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from maillage.conventions.enums import Forme
from maillage.conventions.faits import BY_CLAUSE
from maillage.directory.enums import Metier
from maillage.directory.queries import PARTS
from maillage.law.facts.lectures import PRUDENTE, QUESTIONS_A_LECTURE, RAPPORT

READINGS = (PRUDENTE, RAPPORT)
TRADES = (Metier.MEDIATION_SOCIALE.value, Metier.PREVENTION_SPECIALISEE.value)
KEYS = frozenset({"fait", "valeur", "titre", "preuve", "service", "metier", "debut", "fin", "cle"})


class ScenarioError(ValueError):
    """What was asked cannot be tried; the message is one French sentence."""


@dataclass(frozen=True)
class TriedClause:
    """A clause to try: the fact (without actor prefix), its value, whose it is, between which days.

    `service` is a service's code, `metier` a trade; with neither, the fact is the whole partnership's.
    """

    titre: str
    fait: str
    valeur: str | bool
    service: str = ""
    metier: str = ""
    debut: date | None = None
    fin: date | None = None
    preuve: str = ""
    cle: str = ""


@dataclass(frozen=True)
class Scenario:
    """What to try; an empty one leaves everything as it was.

    `forme` replaces what clauses established by that form's model clauses; `sans` takes away clauses
    recorded (identifiers); `clauses` are added; `lectures` holds {question: reading}.
    """

    forme: str = ""
    clauses: Sequence[TriedClause] = ()
    sans: frozenset[str] = frozenset()
    lectures: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a form, a question or a reading that does not exist."""
        if self.forme and self.forme not in Forme.values:
            raise ScenarioError(
                f"La forme « {self.forme} » n'existe pas ; il y a : {', '.join(Forme.values)}."
            )
        for question, reading in self.lectures.items():
            if question not in QUESTIONS_A_LECTURE:
                raise ScenarioError(
                    f"La question « {question} » n'a pas deux lectures ; il y a : "
                    f"{', '.join(QUESTIONS_A_LECTURE)}."
                )
            if reading not in READINGS:
                raise ScenarioError(f"{question} se lit « prudente » ou « rapport », pas « {reading} ».")


@cache
def models() -> Mapping[str, tuple[TriedClause, ...]]:
    """Return the model clauses of each form."""
    text = files("maillage.pilotage").joinpath("data/modeles.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text)
    return {forme: clauses_of(written.get(forme, [])) for forme in Forme.values}


def clauses_of(rows: object) -> tuple[TriedClause, ...]:
    """Read clause rows {fait, valeur, preuve, debut, fin…}. Raises ScenarioError, naming the row."""
    if not isinstance(rows, list):
        raise ScenarioError("Les clauses forment une liste.")
    return tuple(_clause(row, rank) for rank, row in enumerate(rows, start=1))


def _clause(row: object, rank: int) -> TriedClause:
    where = f"Clause {rank}"
    if not isinstance(row, dict):
        raise ScenarioError(f"{where} : c'est un objet qui est attendu.")
    unknown = sorted(set(row) - KEYS)
    if unknown:
        raise ScenarioError(f"{where} : « {unknown[0]} » n'y a pas sa place.")
    fait, metier = _name(row, where), str(row.get("metier") or "")
    if metier and metier not in TRADES:
        raise ScenarioError(f"{where} : le métier est {' ou '.join(TRADES)}, pas « {metier} ».")
    clause = TriedClause(
        titre=str(row.get("titre") or f"{fait} : {row['valeur']}"),
        fait=fait,
        valeur=row["valeur"],
        service=str(row.get("service") or ""),
        metier=metier,
        debut=_day(row.get("debut"), where),
        fin=_day(row.get("fin"), where),
        preuve=str(row.get("preuve") or ""),
        cle=str(row.get("cle") or ""),
    )
    if fait in PARTS and not (clause.service or clause.metier):
        raise ScenarioError(f"{where} : « {fait} » est le fait d'un service ; dites lequel, ou quel métier.")
    return clause


def _name(row: Mapping[str, object], where: str) -> str:
    fait = str(row.get("fait", "")).removeprefix("emetteur.").removeprefix("destinataire.")
    if not fait:
        raise ScenarioError(f"{where} : il manque « fait ».")
    if fait not in BY_CLAUSE:
        raise ScenarioError(
            f"{where} : une clause n'établit pas « {fait} », mais : {', '.join(sorted(BY_CLAUSE))}."
        )
    valeur = row.get("valeur")
    # Python takes 1 for True; the law's vocabulary does not.
    if valeur not in BY_CLAUSE[fait] or type(valeur) is int:
        raise ScenarioError(f"{where} : « {fait} » ne peut pas valoir « {valeur} ».")
    return fait


def _day(value: object, where: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ScenarioError(f"{where} : « {value} » n'est pas un jour écrit AAAA-MM-JJ.") from None
