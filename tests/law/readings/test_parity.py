"""The readings agree: on the law and on any set of rules, unknown facts included.

The judge is the plainest reading there is (`law.lecture_simple`): booleans, no compiling at all.
Each fault planted in a fast reading, in the order of the steps or in the grammar is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
import z3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.law import language, steps
from maillage.law.case import Case
from maillage.law.decision import LAW, Law
from maillage.law.facts import FAITS
from maillage.law.language import Regle
from maillage.law.readings import columns, explain, proof
from maillage.law.rules import REGLES
from maillage.law.steps import ISSUES, read_law
from tests.law.cas import CAS, any_case, cases
from tests.law.lecture_simple import OneCase
from tests.law.regles import rule_sets

Verdict = tuple[str, frozenset[str], frozenset[tuple[str, str]]]
"""Outcome, grounds, missing (rule, path): what every reading must say alike."""

Reader = Callable[[Sequence[Regle], Sequence[Case]], list[Verdict]]


def judged(regles: Sequence[Regle], some: Sequence[Case]) -> list[Verdict]:
    """The plainest reading."""
    out = []
    for case in some:
        law = read_law(regles, OneCase(case))
        (issue,) = [i for i in ISSUES if law.issues[i]]
        grounds = frozenset(r for r, cited in law.fondements.items() if cited)
        out.append((issue, grounds, frozenset(k for k, lacks in law.manques.items() if lacks)))
    return out


def explained(regles: Sequence[Regle], some: Sequence[Case]) -> list[Verdict]:
    """The explained reading: one compiled case at a time."""
    law = Law(regles)
    verdicts = [law.decide(c, with_questions=False) for c in some]
    return [
        (v.issue, frozenset(v.fondements), frozenset((m.regle, p) for m in v.manques for p in m.faits))
        for v in verdicts
    ]


def in_columns(regles: Sequence[Regle], some: Sequence[Case]) -> list[Verdict]:
    """The columns reading: every case at once, as packed bits."""
    law = columns.ColumnLaw(regles)
    found = law.decide(columns.columns_of(some), with_missing=True)
    lacks = {k: np.unpackbits(b, bitorder="little") for k, b in found.missing.items()}
    return [
        (
            ISSUES[found.issues[row]],
            frozenset(law.names(int(found.grounds[row]))),
            frozenset(k for k, bits in lacks.items() if bits[row]),
        )
        for row in range(len(some))
    ]


def proved(regles: Sequence[Regle], some: Sequence[Case]) -> list[Verdict]:
    """The proof reading: the formulas evaluated where each rank is that of the case."""
    out = []
    for case in some:
        ranks = {f.chemin: z3.BitVecVal(r, 8) for f, r in zip(FAITS, case.rangs, strict=True)}
        law = proof.World(regles, ranks).law
        (issue,) = [i for i in ISSUES if z3.is_true(z3.simplify(law.issues[i]))]
        grounds = frozenset(r for r, t in law.fondements.items() if z3.is_true(z3.simplify(t)))
        missing = frozenset(k for k, t in law.manques.items() if z3.is_true(z3.simplify(t)))
        out.append((issue, grounds, missing))
    return out


FAST: dict[str, Reader] = {"explained": explained, "columns": in_columns, "proof": proved}
generated = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("name", FAST)
def test_readings_agree_on_the_written_scenarios(name: str) -> None:
    some = CAS if name != "proof" else CAS[::7]
    assert FAST[name](REGLES, some) == judged(REGLES, some)


@pytest.mark.parametrize("name", ["explained", "columns"])
@generated
@given(some=st.lists(cases, min_size=1, max_size=20))
def test_readings_agree_on_any_case_under_the_law(name: str, some: list[Case]) -> None:
    assert FAST[name](REGLES, some) == judged(REGLES, some)


@generated
@given(rule_sets(), st.lists(any_case(), min_size=1, max_size=12))
def test_readings_agree_on_any_law(regles: tuple[Regle, ...], some: list[Case]) -> None:
    expected = judged(regles, some)
    assert explained(regles, some) == expected
    assert in_columns(regles, some) == expected
    assert proved(regles, some[:2]) == expected[:2]


def _disagrees(name: str) -> bool:
    """The parity of one reading fails somewhere: on the scenarios or on cases one fact away."""
    some = [c for c in CAS for c in (c, *_neighbours(c))] if name != "proof" else CAS
    return FAST[name](REGLES, some) != judged(REGLES, some)


def _neighbours(case: Case) -> list[Case]:
    """The case with each fact that may be unknown forgotten in turn."""
    return [
        Case(None, (*case.rangs[:i], f.inconnu, *case.rangs[i + 1 :]), case.jour)
        for i, f in enumerate(FAITS)
        if f.defaut is None
    ]


def _fault_in_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown fact that cannot exclude a prohibition is let through."""
    monkeypatch.setattr(explain.Plan, "_guards", lambda self, bits: ())


def _fault_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The complement of a set takes unknown in."""
    whole = columns._Planes.atom

    def atom(self: columns._Planes, indice: int, fait: language.Fait, rangs: frozenset[int]) -> columns.Bits:
        return whole(self, indice, fait, rangs | {fait.inconnu} if len(rangs) > 6 else rangs)

    monkeypatch.setattr(columns._Planes, "atom", atom)


def _fault_in_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """A set of elements forgets that it may be unknown or empty."""
    monkeypatch.setattr(proof.Proof, "any_of", lambda self, parts: z3.Or(list(parts[:1])))


@pytest.mark.parametrize(
    ("name", "plant"),
    [
        ("explained", _fault_in_explained),
        ("columns", _fault_in_columns),
        ("proof", _fault_in_proof),
    ],
)
def test_a_fault_planted_in_a_reading_is_seen(
    name: str, plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if name != "proof":
        assert not _disagrees(name)
    plant(monkeypatch)
    try:
        seen = _disagrees(name)
    except ValueError:  # no outcome, or two: as good as a disagreement
        seen = True
    assert seen


def test_a_fault_planted_in_the_grammar_is_seen_by_its_own_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """The readings would agree on a wrong opposite: the law of the complement is what sees it."""
    cadre = FAITS[[f.chemin for f in FAITS].index("cadre")]
    formule = language.tous(cadre.parmi("bilateral"), cadre.hors("lieu_public"))
    monkeypatch.setattr(language, "oppose", lambda f: f)
    wrong = language.oppose(formule)
    case = next(c for c in CAS if c.valeur("cadre") == "bilateral")
    both = [language.read(f, OneCase(case)) for f in (formule, wrong)]
    assert both == [True, True]


def test_a_fault_planted_in_the_order_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Permissions before prohibitions: what was received under protection would leave again."""
    received = next(c for c in CAS if LAW.issue(c) == ("permis", ("ORIENT-PRIVE",)))
    received = received.avec({"contenu.origine": "recu_echange_protege"})
    assert judged(REGLES, [received])[0][:2] == ("interdit", {"X-REEMPLOI"})
    order = list(steps.ETAPES)
    order[4], order[5] = order[5], order[4]
    monkeypatch.setattr(steps, "ETAPES", tuple(order))
    assert judged(REGLES, [received])[0][:2] == ("permis", {"ORIENT-PRIVE"})
