"""Replay: the recorded facts give the recorded verdicts; a change moves exactly what it should."""

import numpy as np
import pytest

from maillage.bench.cases import sample_cases
from maillage.law.decision import LAW
from maillage.law.readings.columns import columns_of, columns_of_packed
from maillage.law.replay import LAW as COLUMNS
from maillage.law.replay import Change, counts_of, grounds_of, replay
from maillage.law.steps import ISSUES
from tests.law.cas import CAS, SCENARIOS

PLACE = {s["id"]: i for i, s in enumerate(SCENARIOS)}
RETURN = [
    Change("lecture U-10", {"lecture.U-10": "rapport"}),
    Change("clause de retour", {"clause_retour": True}),
]


def test_changing_nothing_gives_every_recorded_verdict() -> None:
    cases = [*CAS, *sample_cases(2000)]
    result = replay(columns_of_packed(c.packed for c in cases), [])
    recorded = [LAW.issue(c) for c in cases]
    before, after = result.verdicts
    assert [ISSUES[i] for i in after.issues] == [issue for issue, _ in recorded]
    assert [set(COLUMNS.names(int(g))) for g in after.grounds] == [set(f) for _, f in recorded]
    assert result.avant == result.apres == {i: [r[0] for r in recorded].count(i) for i in ISSUES}
    assert np.array_equal(before.grounds, after.grounds)
    assert result.contributions == ()


def test_two_changes_that_need_each_other_are_told_apart() -> None:
    """The agreed return needs the reading and the clause: neither alone does anything."""
    case = CAS[PLACE["L04"]].avec({"lecture.U-10": None, "clause_retour": None})
    columns = columns_of([case])
    result = replay(columns, RETURN)
    assert (result.avant["incomplet"], result.apres["permis"]) == (1, 1)
    assert result.moved("incomplet", "permis") == 1
    assert [(c.nom, c.seul["permis"], c.sans["permis"]) for c in result.contributions] == [
        ("lecture U-10", 0, 0),
        ("clause de retour", 0, 0),
    ]
    assert result.fondements_avant == {"RELAIS-PRESENT": 1}
    assert result.fondements_apres == {"RETOUR-CONVENU": 1}
    assert np.array_equal(columns, columns_of([case]))


def test_a_change_touches_only_the_rows_that_it_names() -> None:
    case = CAS[PLACE["S01"]].avec({"accord_personne": "donne", "accord_titulaire": "donne"})
    rows = np.array([True, False, True])
    result = replay(columns_of([case] * 3), [Change("décision", {"decision_autorite": True}, rows)])
    _, after = result.verdicts
    assert [ISSUES[i] for i in after.issues] == ["permis", "incomplet", "permis"]
    assert counts_of(after, rows) == {
        "obligatoire": 0,
        "permis": 2,
        "incomplet": 0,
        "a_trancher": 0,
        "interdit": 0,
    }
    assert grounds_of(after, COLUMNS, ~rows) == {"ORIENT-PUBLIC": 1, "RELAIS-PRESENT": 1}


def test_a_clause_that_falls_puts_its_fact_back_to_its_default() -> None:
    columns = columns_of([CAS[PLACE["S02"]]])
    result = replay(columns, [Change("sans décision", {"decision_autorite": None})])
    assert (result.avant["permis"], result.apres["incomplet"]) == (1, 1)


def test_the_questions_on_which_exchanges_depend_are_those_of_the_verdicts() -> None:
    columns = columns_of(CAS)
    for question in ("U-1", "U-2", "U-4", "U-10"):
        depends = COLUMNS.depends_on(columns, question)
        told = [question in s["attendu"]["questions"] for s in SCENARIOS]
        # U-1 is told besides where a written mission was enough without it.
        assert [d or question == "U-1" for d in depends] == [t or question == "U-1" for t in told]
    assert set(np.flatnonzero(COLUMNS.depends_on(columns, "U-2"))) == {PLACE["S17"], PLACE["L09"]}


def test_what_another_version_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="une autre version du droit"):
        columns_of_packed([b"\x00" * 51])
    with pytest.raises(KeyError):
        replay(columns_of(CAS[:1]), [Change("?", {"notoriete": True})])
