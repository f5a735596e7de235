"""One open question of one partnership, as plain values for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.comptes.acteur import Acteur
from maillage.conventions.enums import Camp
from maillage.conventions.models import LectureAdoptee, Partenariat, PropositionLecture
from maillage.conventions.queries import PRUDENTE, adoption_history, camp_of, lectures_rows, open_propositions
from maillage.law import catalogue
from maillage.law.language import Regle
from maillage.law.questions import Question
from maillage.law.verdict import cite_rule
from maillage.pilotage.dependance import dependents
from maillage.pilotage.masking import Cell
from maillage.pilotage.rejeu import finished_year
from maillage.web.partenariat.samples import Bench, Effect


@dataclass(frozen=True)
class RuleLine:
    """A rule that the question touches."""

    regle: str
    cite: str
    dit: str


@dataclass(frozen=True)
class SignatureLine:
    """One of the three signatures: whose, and by whom when it is given."""

    camp: str
    signed: str
    mine: bool


@dataclass(frozen=True)
class Proposal:
    """A reading waiting for its signatures; `to_sign` when mine is missing."""

    row: PropositionLecture
    signatures: Sequence[SignatureLine]

    @property
    def to_sign(self) -> bool:
        """Say whether the person signed in may sign now."""
        return any(line.mine and not line.signed for line in self.signatures)


@dataclass(frozen=True)
class QuestionSheet:
    """All that a partnership needs to settle a question together."""

    question: Question
    current: str
    adopted: LectureAdoptee | None
    effect: Effect
    rules: Sequence[RuleLine]
    dependents: Cell
    history: Sequence[LectureAdoptee]
    proposal: Proposal | None
    camp: Camp | None

    @property
    def prudent(self) -> bool:
        """Say whether the prudent reading holds."""
        return self.current == PRUDENTE


def question_sheet(acteur: Acteur, partenariat: Partenariat, code: str, on: date) -> QuestionSheet:
    """Gather the sheet of a question with two readings. Raises KeyError for any other."""
    question = catalogue.question(code)
    if not question.a_lecture:
        raise KeyError(code)
    adopted = lectures_rows(partenariat, on).get(code)
    current = adopted.valeur if adopted else PRUDENTE
    row = open_propositions(partenariat).get(code)
    camp = camp_of(acteur, partenariat)
    return QuestionSheet(
        question=question,
        current=current,
        adopted=adopted,
        effect=Bench(partenariat, on).with_other_reading(code, current),
        rules=[_rule(one) for one in catalogue.rules() if code in one.questions],
        dependents=dependents(partenariat, [code], *finished_year())[code],
        history=adoption_history(partenariat, code),
        proposal=Proposal(row, _signatures(row, camp)) if row else None,
        camp=camp,
    )


def _rule(regle: Regle) -> RuleLine:
    return RuleLine(regle.id, cite_rule(regle), regle.dit)


def _signatures(row: PropositionLecture, mine: Camp | None) -> list[SignatureLine]:
    given = {signature.camp: signature for signature in row.signatures.all()}
    return [
        SignatureLine(
            camp.label,
            f"{given[camp].poste.professionnel}, {given[camp].poste.service.nom_court}"
            if camp in given
            else "",
            camp == mine,
        )
        for camp in Camp
    ]
