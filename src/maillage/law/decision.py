"""Decide one case under the law: the public door of this package.

`decide(case)` reads no clock, no file, no network: one case gives one verdict, always the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from maillage.law.alternatives import ALTERNATIVES
from maillage.law.case import Case
from maillage.law.facts import INDICE
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR
from maillage.law.facts.lectures import QUESTIONS_A_LECTURE
from maillage.law.language import Regle
from maillage.law.readings.explain import CompiledRule, Failing, Found, Plan
from maillage.law.rules import REGLES
from maillage.law.steps import OBLIGENT, Etape, Niveau
from maillage.law.verdict import Constat, Manque, Recit, Verdict, headline

_LECTURES = tuple((q, INDICE[f"lecture.{q}"]) for q in QUESTIONS_A_LECTURE)
_ALINEAS_U1 = frozenset(f"CASF-L121-6-2-al{n}" for n in (1, 5, 6, 7))
_U1_EMETTEUR, _U1_DESTINATAIRE = "U-1 à l'émetteur", "U-1 au destinataire"

Signature = tuple[str, tuple[tuple[int, frozenset[str]], ...]]


class Law:
    """A set of rules that can decide; `LAW` is the one in force, tests build others."""

    def __init__(self, regles: Sequence[Regle]) -> None:
        self.regles = tuple(regles)
        self.recits = tuple(Recit(r) for r in self.regles)
        self.plan = Plan(
            self.regles,
            {
                **{a.code: a.quand for a in ALTERNATIVES},
                _U1_EMETTEUR: EMETTEUR.part_action_sociale.parmi("mission_ecrite"),
                _U1_DESTINATAIRE: DESTINATAIRE.part_action_sociale.parmi("mission_ecrite"),
            },
        )
        flips = [(self.plan.tables[i][0] ^ self.plan.tables[i][1], q) for q, i in _LECTURES]
        self._flips = tuple((mask, question) for mask, question in flips if mask)

    def decide(self, case: Case, *, with_questions: bool = True) -> Verdict:
        """The explained verdict; without questions, `questions` stays empty and costs nothing."""
        raw = self.plan.bits(case.rangs)
        etape, found = self.plan.answer(raw)
        others = self.plan.holding(raw)
        obliges = etape.issue in OBLIGENT
        explication = [headline(etape.issue)]
        for rule, failing in found:
            explication += self.recits[rule.indice].sentences(case.jour, failing)
        return Verdict(
            case.id,
            etape.issue,
            tuple([rule.regle.id for rule, _ in found]),
            _obligations(found) if obliges else (),
            () if obliges else tuple([_missing(r, f) for r, f in found if f]),
            self._questions(raw, etape, found, others) if with_questions else (),
            () if obliges or etape.niveau is Niveau.ECHOUE else _alternatives(others),
            tuple(explication),
            case.jour,
            tuple([Constat(rule.regle, failing) for rule, failing in found]),
        )

    def issue(self, case: Case) -> tuple[str, tuple[str, ...]]:
        """Only the outcome and the grounds, for replays and comparisons."""
        etape, found = self.plan.answer(self.plan.bits(case.rangs))
        return etape.issue, tuple(rule.regle.id for rule, _ in found)

    def _questions(self, raw: int, etape: Etape, found: Found, others: tuple[str, ...]) -> tuple[str, ...]:
        """The open questions on which this verdict turns."""
        here = _signature(etape, found)
        asked = {}
        for mask, question in self._flips:
            if _signature(*self.plan.answer(raw ^ mask)) != here:
                asked[question] = True
        if etape.issue == "a_trancher":
            for _, failing in found:
                asked |= {v.question: True for _, v in failing if v.question in ("U-8", "U-13")}
        elif etape.issue in OBLIGENT and _rests_on_a_written_mission(found, others):
            asked["U-1"] = True
        return tuple(sorted(asked, key=lambda q: int(q[2:])))


def _signature(etape: Etape, found: Found) -> Signature:
    """What a change of reading may change: the outcome, the grounds, what is missing."""
    return etape.issue, tuple(
        [(rule.indice, frozenset([v.chemin for _, v in failing])) for rule, failing in found]
    )


def _rests_on_a_written_mission(found: Found, others: tuple[str, ...]) -> bool:
    """L121-6-2 holds thanks to someone whose part in social action is a written mission (U-1)."""
    cited = {rule.regle.id for rule, _ in found} & _ALINEAS_U1
    if not cited:
        return False
    return _U1_EMETTEUR in others or ("CASF-L121-6-2-al5" in cited and _U1_DESTINATAIRE in others)


def _obligations(found: Found) -> tuple[str, ...]:
    """The duties attached to the grounds, each once."""
    if len(found) == 1:
        return found[0][0].regle.obligations
    return tuple(dict.fromkeys(o for rule, _ in found for o in rule.regle.obligations))


def _missing(rule: CompiledRule, failing: Failing) -> Manque:
    """What one rule lacks, each path once."""
    leve_par = {voie.chemin: voie.leve_par for _, voie in failing}
    return Manque(rule.regle.id, tuple(leve_par), leve_par)


def _alternatives(others: tuple[str, ...]) -> tuple[str, ...]:
    """What may be said or done instead, in the order of the table."""
    return tuple([code for code in others if code.startswith("ALT-")])


LAW = Law(REGLES)


def decide(case: Case, *, with_questions: bool = True) -> Verdict:
    """Decide one case under the law as it is written here.

    `with_questions=False` skips the search for the open questions on which the verdict turns.
    """
    return LAW.decide(case, with_questions=with_questions)
