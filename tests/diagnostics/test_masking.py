"""No small number can be worked out: shown figures are solved exactly, as a reader would (S-13)."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
import z3

from maillage.diagnostics.masking import INSIDE, CannotHide, Cell, Row, Why, leaks, masked_split, protect

pytestmark = pytest.mark.requirement("S-13")


def table(counts: Sequence[Sequence[int]], name: str = "t") -> list[Row]:
    """A table with both its margins and its total: the hardest ordinary case."""
    height, width = len(counts), len(counts[0])
    cells = {(r, c): counts[r][c] for r in range(height) for c in range(width)}
    groups = {f"{name}-{r}-{c}": {(r, c)} for r, c in cells}
    groups |= {f"{name}-row-{r}": {(r, c) for c in range(width)} for r in range(height)}
    groups |= {f"{name}-col-{c}": {(r, c) for r in range(height)} for c in range(width)}
    groups |= {f"{name}-all": set(cells)}
    return [Row(key, frozenset(of), sum(cells[one] for one in of)) for key, of in groups.items()]


def attack(rows: Sequence[Row], shown: dict[str, Cell], threshold: int) -> list[str]:
    """Solve all that is shown in whole numbers; return the small figures with one possible value."""
    solver = z3.Solver()
    parts = {part: z3.Int(str(part)) for row in rows for part in row.parts}
    solver.add([unknown >= 0 for unknown in parts.values()])
    for row in rows:
        cell, total = shown[row.key], z3.Sum([parts[part] for part in row.parts])
        if cell.value is not None:
            solver.add(total == cell.value)
        elif cell.why is Why.SMALL:
            solver.add(total >= 1, total < threshold)
    assert solver.check() == z3.sat
    found = []
    for row in rows:
        if 0 < row.value < threshold:
            total = z3.Sum([parts[part] for part in row.parts])
            if solver.check(total != row.value) == z3.unsat:
                found.append(row.key)
    return found


def test_the_attack_finds_a_planted_hole() -> None:
    rows = table([[3, 20], [30, 40]])
    naive = {row.key: Cell(None, Why.SMALL) if 0 < row.value < INSIDE else Cell(row.value) for row in rows}
    assert attack(rows, naive, INSIDE) == ["t-0-0"]


@pytest.mark.parametrize("seed", range(12))
def test_the_attack_finds_nothing_in_a_protected_table(seed: int) -> None:
    rng = Random(seed)
    rows = table([[rng.choice((0, 1, 2, 3, 4, 6, 9, 30)) for _ in range(3)] for _ in range(4)])
    assert attack(rows, protect(rows, threshold=INSIDE), INSIDE) == []


def test_a_neighbour_is_hidden_and_says_so() -> None:
    rows = [Row("a", frozenset("a"), 3), Row("b", frozenset("b"), 8), Row("c", frozenset("c"), 20)]
    rows.append(Row("all", frozenset("abc"), 31))
    assert protect(rows, threshold=INSIDE) == {
        "a": Cell(None, Why.SMALL), "b": Cell(None, Why.PROTECTS), "c": Cell(20), "all": Cell(31)
    }  # fmt: skip


def test_two_hidden_fours_whose_sum_is_known_are_not_left_to_be_found() -> None:
    rows = [Row("a", frozenset("a"), 4), Row("b", frozenset("b"), 4), Row("c", frozenset("c"), 9)]
    rows.append(Row("all", frozenset("abc"), 17))
    assert attack(rows, protect(rows, threshold=INSIDE), INSIDE) == []


def test_two_zooms_do_not_tell_the_rest() -> None:
    quartier, commune = Row("quartier", frozenset("ab"), 20), Row("commune", frozenset("abc"), 23)
    shown = protect([quartier, commune], threshold=INSIDE)
    assert [cell.value for cell in shown.values()] == [None, 23]


def test_two_editions_do_not_tell_a_month() -> None:
    summer = Row("été", frozenset({6, 7, 8}), 40)
    longer = Row("été et septembre", frozenset({6, 7, 8, 9}), 42)
    assert leaks([summer, longer], [frozenset({9})]) == [summer, longer]
    assert protect([longer], threshold=INSIDE, before=[summer])["été et septembre"].value is None


def test_what_is_published_can_no_more_be_hidden() -> None:
    before = [Row("été", frozenset({6, 7}), 40), Row("été et août", frozenset({6, 7, 8}), 42)]
    with pytest.raises(CannotHide):
        protect([Row("autre", frozenset({9}), 40)], threshold=INSIDE, before=before)


def test_the_same_parts_have_one_value() -> None:
    with pytest.raises(ValueError, match="freeze"):
        protect([Row("b", frozenset("a"), 7)], threshold=INSIDE, before=[Row("a", frozenset("a"), 6)])


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(6, 20, 6), (3, 20, None), (18, 20, None), (0, 20, 0), (20, 20, 20)]
)
def test_a_share_tells_neither_part_nor_rest(part: int, whole: int, shown: int | None) -> None:
    assert masked_split(part, whole, INSIDE).value == shown


def test_two_figures_just_under_the_threshold_take_a_neighbour_and_not_the_whole_table() -> None:
    """Ten and ten, under eleven: their sum known, each could only be ten."""
    places = {"a": 10, "b": 10, "c": 12, "d": 300}
    rows = [Row(one, frozenset({one}), many) for one, many in places.items()]
    total = Row("total", frozenset(places), sum(places.values()))
    cells = protect(rows, threshold=11, before=[total])
    assert {key: cell.why for key, cell in cells.items()} == {
        "a": Why.SMALL,
        "b": Why.SMALL,
        "c": Why.PROTECTS,
        "d": Why.SHOWN,
    }
    assert cells["d"].value == 300
