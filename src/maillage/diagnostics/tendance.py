"""Whether there is more trouble at the end of a diagnosis than at its beginning, or only more writing.

What is compared is the share of passages where a tension was noted, never a number of notes: more
people who write, more outings, more notes of one thing move the numbers and leave the share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MOVED = 10
"""From how many points of share on a difference is told; under it, chance is as good an answer."""
WRITING_MOVED = 20
"""From how many points on a change of what is written may explain a change of what is seen."""
ENOUGH = 20


def trend(months: Sequence[Mapping[str, Any]], written: Sequence[tuple[int, int]]) -> str:
    """Say in one sentence how a trade's last months differ from its first ones; empty when nothing is sure.

    `months` are the months' shown rates (`passages`, `tendus`, `part`), `written` for each the outings of
    which something was written, and all of them. Halves are compared; an odd month in the middle is left.
    """
    half = len(months) // 2
    sides = [months[:half], months[-half:]] if half else []
    if not sides or any(one["part"] is None for side in sides for one in side):
        return ""
    passages = [sum(one["passages"] for one in side) for side in sides]
    if min(passages) < ENOUGH:
        return ""
    first, last = (
        round(100 * sum(one["tendus"] for one in side) / many)
        for side, many in zip(sides, passages, strict=True)
    )
    said = f"{first} % des passages, puis {last} %"
    if abs(last - first) < MOVED:
        return f"Pas plus de tensions à la fin qu'au début : {said}."
    more = last > first
    caveat = _caveat(written[:half], written[-half:], more=more)
    return f"{'Plus' if more else 'Moins'} de tensions à la fin qu'au début : {said}.{caveat}"


def _caveat(before: Sequence[tuple[int, int]], after: Sequence[tuple[int, int]], *, more: bool) -> str:
    """Say that writing moved the same way, when it did: the trouble may not have."""
    counts = [[sum(values) for values in zip(*side, strict=True)] for side in (before, after)]
    if not all(out for _, out in counts):
        return ""
    first, last = (round(100 * wrote / out) for wrote, out in counts)
    moved = last - first if more else first - last
    if moved < WRITING_MOVED:
        return ""
    return (
        f" On a aussi écrit plus {'souvent' if more else 'rarement'} de ses sorties ({_tenths(first)}, puis "
        f"{_tenths(last)}) : {'la hausse' if more else 'la baisse'} peut venir de là."
    )


def _tenths(share: int) -> str:
    return f"{round(share / 10)} sur 10"
