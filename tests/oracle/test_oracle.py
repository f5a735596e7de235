"""The product, the oracle and the Cedar policies answer alike, on generated worlds."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.oracle import rules
from tests.oracle.cedar import Cedar
from tests.oracle.play import hour, settle
from tests.oracle.worlds import DAYS, draw

pytestmark = pytest.mark.requirement("S-06", "S-09", "S-11", "S-14", "S-15")
HERE = Path(__file__).parent
DECISIONS = 1_000_000


@dataclass
class Tally:
    """What was asked: how many answers, how many were yes, and where the three differ."""

    asked: int = 0
    yes: Counter[str] = field(default_factory=Counter)
    differ: list[Any] = field(default_factory=list)

    def add(self, where: tuple[int, int, int], answers: list[dict[str, list[bool]]]) -> None:
        """Count one post at one moment, answered by the product, the oracle and Cedar."""
        product, oracle, cedar = answers
        for question, found in product.items():
            self.asked += len(found)
            self.yes[question] += sum(found)
            three = zip(found, oracle[question], cedar[question], strict=True)
            self.differ += [
                (where, question, number, said) for number, said in enumerate(three) if len(set(said)) > 1
            ]


def compare(seed: int, tally: Tally, *, moments: int, orientations: int, supports: int) -> None:
    """Play one world and ask the three about every post at several moments; leave nothing behind."""
    story, cedar, random = draw(seed, orientations=orientations, supports=supports), Cedar(), Random(seed)
    with transaction.atomic():
        with time_machine.travel(hour(0), tick=False):
            played = settle(story)
        for at in sorted(random.randrange(20, DAYS) * 1440 + random.randrange(1440) for _ in range(moments)):
            played.until(at)
            for poste in range(len(story.world.postes)):
                with time_machine.travel(hour(at), tick=False):
                    product = played.answers(poste)
                oracle = rules.decisions(story.world, poste, at)
                tally.add((seed, poste, at), [product, oracle, cedar.decisions(story.world, poste, at)])
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_three_agree() -> None:
    tally = Tally()
    compare(3, tally, moments=3, orientations=16, supports=8)
    assert tally.differ == []
    assert tally.asked > 5000
    assert min(tally.yes[question] for question in ("emise", "emise_nom", "recue", "accompagnement")) > 0


@pytest.mark.campaign
@pytest.mark.django_db
def test_the_three_agree_on_a_million_decisions(record_property: Any) -> None:
    tally, seed = Tally(), 100
    while tally.asked < DECISIONS:
        compare(seed, tally, moments=12, orientations=40, supports=20)
        seed += 1
        assert tally.differ == []
    said = f"{tally.asked} décisions dans {seed - 100} mondes, {sum(tally.yes.values())} oui, 0 désaccord"
    record_property("figures", said)
    assert min(tally.yes.values()) > 0


def test_the_oracle_imports_nothing_of_the_product() -> None:
    for name in ("rules.py", "worlds.py", "cedar.py"):
        imported = {
            module
            for node in ast.walk(ast.parse((HERE / name).read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for module in (
                [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            )
        }
        assert {one for one in imported if str(one).startswith(("maillage", "django"))} == set()


def test_a_fault_in_one_statement_is_seen() -> None:
    story, cedar, tally = draw(5, orientations=20, supports=8), Cedar(), Tally()
    at = 80 * 1440
    for poste in range(len(story.world.postes)):
        said = rules.decisions(story.world, poste, at)
        wrong = {**said, "recue": [not one for one in said["recue"]]}
        tally.add((5, poste, at), [wrong, said, cedar.decisions(story.world, poste, at)])
    assert {question for _where, question, _number, _said in tally.differ} == {"recue"}
