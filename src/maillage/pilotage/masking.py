"""Small numbers are not shown: below five, one would recognise someone (law, U-12).

Nor are they left to be found by subtraction: where a sum is known, a number hidden alone takes a
neighbour with it, and a change of fewer than five is not shown either.

`diagnostics.masking` solves a family of sums exactly; a replay compares two judgements of the same
exchanges under as many changes as one likes, several hundred figures that overlap, and answers while one
waits. It hides more than it must instead, row by row, and shares the threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maillage.diagnostics.masking import INSIDE

SMALLEST_SHOWN = INSIDE

Cell = int | None
"""A number that may be shown, or None: between one and four, or what would tell such a number."""
Counts = Mapping[str, int]
Cells = dict[str, Cell]


def masked_row(counts: Counts, near: Counts | None = None) -> Cells:
    """Hide the small cells of a row whose total is known; `near` is a row already shown."""
    shown = _hidden(counts, near or {})
    _hide_a_neighbour([(shown, counts, key) for key in counts])
    return shown


def masked_columns(rows: Sequence[Counts], near: Sequence[Counts] = ()) -> list[Cells]:
    """Hide the small cells of rows whose sum is known, column by column; `near` is shown already."""
    shown = [_hidden(counts, near[rank] if rank < len(near) else {}) for rank, counts in enumerate(rows)]
    for key in rows[0] if rows else ():
        _hide_a_neighbour([(cells, counts, key) for cells, counts in zip(shown, rows, strict=True)])
    return shown


def masked_count(count: int) -> Cell:
    """Hide one number, alone, that is small."""
    return None if 0 < count < SMALLEST_SHOWN else count


def difference(count: int, reference: int) -> Cell:
    """Return how much a count moved, None when it moved by one to four."""
    moved = count - reference
    return moved if moved == 0 or abs(moved) >= SMALLEST_SHOWN else None


def _hidden(counts: Counts, near: Counts) -> Cells:
    return {
        key: None if key in near and difference(count, near[key]) is None else masked_count(count)
        for key, count in counts.items()
    }


def _hide_a_neighbour(line: Sequence[tuple[Cells, Counts, str]]) -> None:
    """Hide the smallest number of a line where one alone is hidden: its sum would tell it."""
    if sum(cells[key] is None for cells, _, key in line) != 1:
        return
    others = [(counts[key], cells, key) for cells, counts, key in line if cells[key]]
    if others:
        _, cells, key = min(others, key=lambda one: one[0])
        cells[key] = None
