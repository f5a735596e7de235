"""The partnership's pages as plain values: form and its history, clauses, readings, and their effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.conventions.models import Clause, FormePartenariat, LectureAdoptee, Partenariat
from maillage.conventions.queries import PRUDENTE, lectures_rows
from maillage.conventions.travail import REGLES, RegleTravail
from maillage.directory.queries import in_force
from maillage.law import catalogue
from maillage.law.questions import Question
from maillage.web.partenariat.samples import Bench, Effect

SIDES = ("emetteur.", "destinataire.")


@dataclass(frozen=True)
class FormLine:
    """One form the partnership had, and whether it is today's."""

    forme: FormePartenariat
    current: bool


@dataclass(frozen=True)
class ClauseLine:
    """One clause: the fact it establishes in French, its state that day, and what it changes.

    `regle` is the rule of work it writes, None when it establishes a fact of the law.
    """

    clause: Clause
    fait: str
    valeur: str
    state: str
    effect: Effect | None
    regle: RegleTravail | None = None

    @property
    def in_force(self) -> bool:
        """Say whether the clause holds that day."""
        return self.state == "en cours"


@dataclass(frozen=True)
class ReadingLine:
    """One open question: the reading that holds, who adopted it, and what the other one would change."""

    question: Question
    current: str
    adopted: LectureAdoptee | None
    effect: Effect

    @property
    def prudent(self) -> bool:
        """Say whether the prudent reading, the default, holds."""
        return self.current == PRUDENTE


def form_history(partenariat: Partenariat, on: date) -> Sequence[FormLine]:
    """Return the forms, the latest first; the latest begun among those in force is the current one."""
    rows = list(partenariat.formes.order_by("-debut", "-pk"))
    current = next((row for row in rows if in_force(row, on)), None)
    return [FormLine(row, row is current) for row in rows]


def clause_lines(partenariat: Partenariat, on: date, bench: Bench) -> Sequence[ClauseLine]:
    """Return every clause, those in force first, with what each changes today."""
    rows = partenariat.clauses.select_related("service").order_by("-debut", "titre", "pk")
    lines = [_clause_line(row, on, bench) for row in rows]
    return sorted(lines, key=lambda line: not line.in_force)


def _clause_line(row: Clause, on: date, bench: Bench) -> ClauseLine:
    fait, valeur = _said(row)
    state = "en cours" if in_force(row, on) else "à venir" if row.debut > on else "terminée"
    rule = REGLES.get(row.fait)
    effect = bench.without_clause(row.pk) if state == "en cours" and rule is None else None
    return ClauseLine(row, fait, valeur, state, effect, rule)


def _said(row: Clause) -> tuple[str, str]:
    """Return the fact and its value in French; as written when the law no longer knows them."""
    if row.fait in REGLES:
        return REGLES[row.fait].dit, REGLES[row.fait].say(row.valeur)
    for path in (row.fait, *(f"{side}{row.fait}" for side in SIDES)):
        try:
            fait, valeur = catalogue.fact_label(path), catalogue.value_label(path, row.valeur)
        except (KeyError, ValueError):
            continue
        # The line says whose fact it is by naming the service.
        return fait.removesuffix(" de l'émetteur"), valeur
    return row.fait, str(row.valeur)


def reading_lines(partenariat: Partenariat, on: date, bench: Bench) -> Sequence[ReadingLine]:
    """Return every question that a partnership may settle, adopted readings first."""
    adopted = lectures_rows(partenariat, on)
    lines = []
    for question in catalogue.questions():
        if not question.a_lecture:
            continue
        row = adopted.get(question.code)
        current = row.valeur if row is not None else PRUDENTE
        effect = bench.with_other_reading(question.code, current)
        lines.append(ReadingLine(question, current, row, effect))
    return sorted(lines, key=lambda line: line.adopted is None)
