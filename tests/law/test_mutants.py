"""Mutation testing: a rule broken in any small way is seen by a kept case, or is provably the same.

About 3 300 mutants; one in fifty here, all of them in the campaign.
"""

from __future__ import annotations

import pytest

from maillage.law.decision import LAW
from maillage.law.readings.proof import World, free_ranks
from maillage.law.rules import REGLES
from tests.law.mutants import broken_laws, extra_cases, kept_cases, short_verdict, told
from tests.scenarios.ecrire_mutants import by_proof


def test_the_cases_kept_against_mutants_have_their_verdict() -> None:
    extra = extra_cases()
    assert len(extra) > 1000
    assert [short_verdict(case) for case, _ in extra] == [verdict for _, verdict in extra]


def _unseen(step: int) -> tuple[int, list[str]]:
    """Mutants made, and the names of those that no kept case sees and that are not the same law."""
    kept = [*kept_cases(), *(case for case, _ in extra_cases())]
    expected = [told(LAW, case) for case in kept]
    near: dict[str, list[int]] = {}
    for number, case in enumerate(kept):
        for regle in LAW.issue(case)[1]:
            near.setdefault(regle, []).append(number)
    old = World(REGLES, free_ranks())
    made, unseen = 0, []
    for number, (name, regle, law) in enumerate(broken_laws()):
        if number % step:
            continue
        made += 1
        first = near.get(regle.id, [])
        order = [*first, *(i for i in range(len(kept)) if i not in set(first))]
        if all(told(law, kept[i]) == expected[i] for i in order) and by_proof(old, law) is not None:
            unseen.append(name)
    return made, unseen


def test_one_mutant_in_fifty_is_seen_or_provably_the_same_law() -> None:
    made, unseen = _unseen(50)
    assert unseen == []
    assert made > 60


@pytest.mark.campaign
def test_every_mutant_is_seen_or_provably_the_same_law() -> None:
    made, unseen = _unseen(1)
    assert unseen == []
    assert made > 3000
