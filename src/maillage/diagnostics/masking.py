"""Which figures of a family of tables may be shown, so that no small number can be worked out (S-13).

Every figure is a sum of *parts*, the finest things counted. Figures between one and the threshold are
hidden; then whatever the figures left on show would tell by addition and subtraction is looked for by
exact elimination, and one more figure is hidden until nothing is told. Figures already published
cannot be hidden any more: when they are all that tells, the publication is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

INSIDE = 5
"""The smallest count shown to members of the partnership."""
PUBLISHED = 11
"""The smallest count printed in what leaves it."""


class Why(Enum):
    """Why a figure is what it is; the value is said on screen."""

    SHOWN = ""
    SMALL = "moins de {seuil}"
    PROTECTS = "masquée pour protéger une autre"
    THEIRS = "chez qui reçoit"


class CannotHide(ValueError):
    """What was published before already tells too much beside these figures; French sentence."""


@dataclass(frozen=True)
class Row:
    """One figure: its name, the parts it adds up, its value (a count, never negative)."""

    key: str
    parts: frozenset[Hashable]
    value: int


@dataclass(frozen=True)
class Cell:
    """A figure as shown: its value, or None and why."""

    value: int | None
    why: Why = Why.SHOWN


Vector = dict[int, Fraction]
Bounds = tuple[int, int | None]


def protect(
    rows: Sequence[Row],
    *,
    threshold: int,
    before: Sequence[Row] = (),
    withheld: Collection[str] = (),
) -> dict[str, Cell]:
    """Return each figure, shown or hidden; `before` are figures already shown elsewhere for good.

    `withheld` names figures hidden from other readers: shown to these, they would tell by comparison.

    Raises CannotHide when hiding every new figure would not be enough, ValueError when two rows share
    a key or add up the same parts to different values.
    """
    _check(rows, before)
    hidden = {row.key: Why.PROTECTS for row in rows if row.key in withheld}
    hidden |= {row.key: Why.SMALL for row in rows if 0 < row.value < threshold}
    targets = _targets([*rows, *before], threshold)
    while True:
        shown = [row for row in rows if row.key not in hidden]
        told = leaks([*before, *shown], targets) or _squeezed(rows, hidden, before, threshold)
        if told is None:
            break
        for key in _least(told, shown):
            hidden[key] = Why.PROTECTS
    return {row.key: Cell(None, hidden[row.key]) if row.key in hidden else Cell(row.value) for row in rows}


def masked(value: int, threshold: int) -> Cell:
    """Hide one number that stands alone, with no sum beside it."""
    return Cell(None, Why.SMALL) if 0 < value < threshold else Cell(value)


def masked_split(part: int, whole: int, threshold: int) -> Cell:
    """Show a part of a whole only when neither it, nor what is left, nor the whole is small."""
    if 0 < part < threshold or 0 < whole < threshold:
        return Cell(None, Why.SMALL)
    return Cell(None, Why.PROTECTS) if 0 < whole - part < threshold else Cell(part)


def leaks(shown: Sequence[Row], targets: Iterable[frozenset[Hashable]]) -> list[Row] | None:
    """Return figures whose sums and differences give one of `targets`, None when none is given."""
    index = _classes([*(row.parts for row in shown), *targets])
    basis = _Basis()
    for rank, row in enumerate(shown):
        basis.add(_vector(row.parts, index), rank)
    for target in targets:
        if (used := basis.expresses(_vector(target, index))) is not None:
            return [shown[rank] for rank in used]
    return None


class _Basis:
    """Rows reduced one by one; each keeps which figures it was made of."""

    def __init__(self) -> None:
        self.pivots: dict[int, tuple[Vector, Vector]] = {}

    def add(self, vector: Vector, rank: int) -> None:
        """Take one more figure in."""
        left, made = self._reduced(vector, {rank: Fraction(1)})
        if left:
            pivot = min(left)
            scale = left[pivot]
            self.pivots[pivot] = (
                {at: value / scale for at, value in left.items()},
                {at: value / scale for at, value in made.items()},
            )

    def expresses(self, vector: Vector) -> list[int] | None:
        """Return the figures that combine into this vector, None when they do not."""
        left, made = self._reduced(vector, {})
        return None if left else sorted(made)

    def _reduced(self, vector: Vector, made: Vector) -> tuple[Vector, Vector]:
        left, made = dict(vector), dict(made)
        while wanted := sorted(left.keys() & self.pivots.keys()):
            row, origin = self.pivots[wanted[0]]
            times = left[wanted[0]]
            _subtract(left, row, times)
            _subtract(made, origin, times)
        return left, made


def _subtract(vector: Vector, other: Vector, times: Fraction) -> None:
    for at, value in other.items():
        left = vector.get(at, Fraction(0)) - times * value
        if left:
            vector[at] = left
        else:
            vector.pop(at, None)


def _check(rows: Sequence[Row], before: Sequence[Row]) -> None:
    if len({row.key for row in rows}) != len(rows):
        raise ValueError("two figures have the same key")
    values: dict[frozenset[Hashable], int] = {}
    for row in [*before, *rows]:
        if values.setdefault(row.parts, row.value) != row.value:
            raise ValueError(f"«{row.key}» was counted twice, differently: freeze what was published")


def _targets(rows: Sequence[Row], threshold: int) -> list[frozenset[Hashable]]:
    """The small sums nobody may work out: figures, and what is left of one when another is taken away."""
    small: dict[frozenset[Hashable], int] = {}
    for row in rows:
        small[row.parts] = row.value
        for other in rows:
            if other.parts < row.parts:
                small[row.parts - other.parts] = row.value - other.value
    return [parts for parts, value in small.items() if 0 < value < threshold]


def _classes(sets: Iterable[frozenset[Hashable]]) -> dict[Hashable, int]:
    """Number the parts; those that no set tells apart share a number."""
    member: dict[Hashable, list[int]] = {}
    for rank, parts in enumerate(sets):
        for part in parts:
            member.setdefault(part, []).append(rank)
    numbers: dict[tuple[int, ...], int] = {}
    return {part: numbers.setdefault(tuple(ranks), len(numbers)) for part, ranks in member.items()}


def _vector(parts: frozenset[Hashable], index: Mapping[Hashable, int]) -> Vector:
    return {number: Fraction(1) for number in {index[part] for part in parts}}


def _squeezed(
    rows: Sequence[Row], hidden: Mapping[str, Why], before: Sequence[Row], threshold: int
) -> list[Row] | None:
    """Return the figures among which a hidden one has only one possible value left.

    A reader knows that a small figure is between one and the threshold, and that nothing is negative:
    bounds are narrowed along every figure until they move no more.
    """
    index = _classes(row.parts for row in [*rows, *before])
    numbers = {id(row): sorted({index[part] for part in row.parts}) for row in [*rows, *before]}
    known: list[tuple[Row, Bounds]] = [(row, _limits(row, hidden, threshold)) for row in [*rows, *before]]
    bounds: dict[int, Bounds] = dict.fromkeys(index.values(), (0, None))
    moved = True
    while moved:
        moved = False
        for row, limits in known:
            moved = _narrow(bounds, numbers[id(row)], limits) or moved
    for row, _ in known:
        low, high = _sum(bounds, numbers[id(row)])
        if hidden.get(row.key) is Why.SMALL and low == high:
            return _beside(row, [one for one, _ in known if one.key not in hidden], numbers)
    return None


def _beside(row: Row, shown: Sequence[Row], numbers: Mapping[int, Sequence[int]]) -> list[Row]:
    """Return what is shown of the sums that hold this figure: those sums, and their other figures."""
    around = set(numbers[id(row)])
    sums = [set(numbers[id(one)]) for one in shown if around & set(numbers[id(one)])]
    wider = around.union(*sums)
    return [one for one in shown if wider & set(numbers[id(one)])]


def _limits(row: Row, hidden: Mapping[str, Why], threshold: int) -> Bounds:
    match hidden.get(row.key):
        case Why.SMALL:
            return 1, threshold - 1
        case Why.PROTECTS:
            return 0, None
        case _:
            return row.value, row.value


def _sum(bounds: Mapping[int, Bounds], numbers: Sequence[int]) -> Bounds:
    highs = [bounds[number][1] for number in numbers]
    low = sum(bounds[number][0] for number in numbers)
    return low, None if None in highs else sum(high for high in highs if high is not None)


def _narrow(bounds: dict[int, Bounds], numbers: Sequence[int], limits: Bounds) -> bool:
    moved = False
    for number in numbers:
        low, high = bounds[number]
        others_low, others_high = _sum(bounds, [other for other in numbers if other != number])
        if others_high is not None:
            low = max(low, limits[0] - others_high)
        if limits[1] is not None:
            most = limits[1] - others_low
            high = most if high is None else min(high, most)
        if (low, high) != bounds[number]:
            bounds[number] = (low, high)
            moved = True
    return moved


def _least(told: Sequence[Row], shown: Sequence[Row]) -> set[str]:
    """Choose what to hide among the figures that tell: the smallest that is not nothing."""
    can = {row.key for row in shown}
    choice = sorted((row for row in told if row.key in can), key=lambda row: (row.value == 0, row.value))
    if not choice:
        raise CannotHide("Ce qui est déjà publié permettrait de retrouver un petit nombre par soustraction.")
    return {row.key for row in shown if row.parts == choice[0].parts}
