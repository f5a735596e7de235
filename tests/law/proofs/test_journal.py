"""The journal: every date, every rule that turns on it, with a case that the law does turn."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from maillage.law.decision import LAW, Law
from maillage.law.facts.jour import BORNES
from maillage.law.proofs.journal import journal_lines, turn_at, turns_between
from maillage.law.proofs.relations import turning_at
from maillage.law.rules import REGLES

JOURNAL = Path(__file__).parents[3] / "docs" / "reference" / "journal-du-droit.md"
TURNING = [(b, r) for b in BORNES for r in REGLES if r.id in turning_at(REGLES, b)]


def test_the_rules_that_turn_are_those_of_the_specification() -> None:
    turning = {b: sorted(turning_at(REGLES, b)) for b in BORNES[2:]}
    assert turning == {
        date(2008, 2, 16): ["EDU-R131-10-5"],
        date(2011, 3, 16): ["CSI-L132-5"],
        date(2016, 3, 16): ["CP-434-3"],
        date(2022, 2, 9): ["CASF-L226-5"],
    }
    assert len(TURNING) == 20


@pytest.mark.parametrize(("borne", "regle"), TURNING, ids=lambda x: getattr(x, "id", str(x)))
def test_each_example_turns_on_that_day(borne: date, regle) -> None:  # type: ignore[no-untyped-def]
    turn = turn_at(REGLES, regle, borne)
    assert turn is not None
    eve, day = (turn.cas.avec({"date": d}) for d in (borne - timedelta(days=1), borne))
    assert (LAW.issue(eve)[0], LAW.issue(day)[0]) == (turn.avant, turn.apres)
    assert turn.avant != turn.apres


def test_the_published_journal_is_the_one_that_the_law_gives() -> None:
    published = JOURNAL.read_text("utf-8").splitlines()
    told = [line for line in published if not line.startswith("  - Exemple")]
    assert told == [line for line in journal_lines(REGLES) if not line.startswith("  - Exemple")]
    assert sum(line.startswith("  - Exemple") for line in published) == len(TURNING)


def test_a_new_version_of_an_article_shows_a_case_that_it_changes() -> None:
    """A return law that asks no clause any more: the cases that waited for one open."""
    kept = next(r for r in REGLES if r.id == "RETOUR-CONVENU")
    without_clause = replace(kept, si=tuple(c for c in kept.si if "clause" not in c.dit))
    after = tuple(without_clause if r is kept else r for r in REGLES)
    (turn,) = turns_between(REGLES, after)
    assert turn.regle.id == "RETOUR-CONVENU"
    assert (turn.avant, turn.apres) == (Law(REGLES).issue(turn.cas)[0], Law(after).issue(turn.cas)[0])
    assert turn.avant != turn.apres
    assert list(turns_between(REGLES, REGLES)) == []
