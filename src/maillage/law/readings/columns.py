"""The columns reading: the whole law over millions of cases, one bit per case and per truth.

Facts come as columns of ranks (uint8). The law is folded once into a straight list of instructions,
equal ones merged; a chunk of rows then runs through it as packed bits, eight cases to a byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.law.case import Case
from maillage.law.facts import FAITS, INDICE
from maillage.law.language import Fait, Genre, Regle
from maillage.law.steps import ISSUES, read_law

Ranks = NDArray[np.uint8]
Bits = NDArray[np.uint8]
Key = tuple[str, tuple[int, ...]]

TRUE, FALSE = 0, 1
CHUNK = 1 << 16
BYTES_PER_ROW = len(FAITS) + 1 + 8
"""What a row costs: its ranks in, its outcome and its grounds out."""


class Program:
    """A reading whose truths are registers: folding a formula appends instructions to a list."""

    def __init__(self) -> None:
        self.code: list[Key] = [("true", ()), ("false", ())]
        self._known: dict[Key, int] = {}
        self._atoms: dict[tuple[Fait, frozenset[int]], int] = {}
        self.atoms: dict[int, tuple[int, Fait, frozenset[int]]] = {}

    def fact(self, fait: Fait, rangs: frozenset[int]) -> int:
        """A register for an atom."""
        register = self._atoms.get((fait, rangs))
        if register is None:
            register = self._emit(("atom", (len(self.atoms),)))
            self._atoms[fait, rangs] = register
            self.atoms[register] = (INDICE[fait.chemin], fait, rangs)
        return register

    def all_of(self, parts: Sequence[int]) -> int:
        """Conjunction, simplified."""
        kept = tuple(sorted(set(parts) - {TRUE}))
        if FALSE in kept:
            return FALSE
        return self._one("and", kept, TRUE)

    def any_of(self, parts: Sequence[int]) -> int:
        """Disjunction, simplified."""
        kept = tuple(sorted(set(parts) - {FALSE}))
        if TRUE in kept:
            return TRUE
        return self._one("or", kept, FALSE)

    def none_of(self, part: int) -> int:
        """Complement, simplified."""
        if part in (TRUE, FALSE):
            return FALSE if part == TRUE else TRUE
        name, operands = self.code[part]
        return operands[0] if name == "not" else self._emit(("not", (part,)))

    def _one(self, name: str, kept: tuple[int, ...], empty: int) -> int:
        """A connective of no, one or several parts."""
        if len(kept) < 2:
            return kept[0] if kept else empty
        return self._emit((name, kept))

    def _emit(self, key: Key) -> int:
        """The register of an instruction, the same for the same instruction."""
        register = self._known.get(key)
        if register is None:
            register = self._known[key] = len(self.code)
            self.code.append(key)
        return register

    def needed(self, outputs: Sequence[int]) -> list[int]:
        """The registers that these outputs need, in order."""
        wanted, todo = set(outputs), list(outputs)
        while todo:
            name, operands = self.code[todo.pop()]
            fresh = set(operands) - wanted if name in ("and", "or", "not") else set()
            wanted |= fresh
            todo += fresh
        return sorted(wanted)


@dataclass(frozen=True)
class ColumnVerdicts:
    """The outcomes of many cases: rank in `ISSUES`, grounds as bit sets (bit i: i-th rule).

    `missing` holds, when asked for, one packed bit set of rows per (rule, path), lowest bit first.
    """

    issues: NDArray[np.uint8]
    grounds: NDArray[np.uint64]
    missing: dict[tuple[str, str], Bits]

    def counts(self) -> dict[str, int]:
        """How many cases end in each outcome."""
        counted = np.bincount(self.issues, minlength=len(ISSUES))
        return dict(zip(ISSUES, counted.tolist(), strict=True))


class ColumnLaw:
    """A set of rules compiled for columns."""

    def __init__(self, regles: Sequence[Regle]) -> None:
        """Fold the rules; at most 64 of them, so that grounds fit a bit set."""
        if len(regles) > 64:
            raise ValueError("plus de 64 règles : les fondements ne tiennent plus dans 64 bits")
        self.ids = tuple(r.id for r in regles)
        self.program = Program()
        law = read_law(regles, self.program)
        self._issues = [law.issues[i] for i in ISSUES]
        self._grounds = [law.fondements[i] for i in self.ids]
        self._missing = law.manques
        self._short = self.program.needed([*self._issues, *self._grounds])
        self._long = self.program.needed([*self._short, *self._missing.values()])

    def decide(self, columns: Ranks, *, with_missing: bool = False) -> ColumnVerdicts:
        """Decide every column of ranks, shaped (facts, rows); rows are independent."""
        rows = columns.shape[1]
        issues = np.empty(rows, np.uint8)
        grounds = np.empty(rows, np.uint64)
        missing: dict[tuple[str, str], list[Bits]] = {k: [] for k in self._missing if with_missing}
        for start in range(0, rows, CHUNK):
            chunk = columns[:, start : start + CHUNK]
            registers = self._run(chunk, self._long if with_missing else self._short)
            stop = start + chunk.shape[1]
            issues[start:stop] = _ranked([registers[r] for r in self._issues], chunk.shape[1])
            grounds[start:stop] = _grouped([registers[r] for r in self._grounds], chunk.shape[1])
            for key, parts in missing.items():
                parts.append(registers[self._missing[key]])
        return ColumnVerdicts(issues, grounds, {k: np.concatenate(p) for k, p in missing.items() if p})

    def depends_on(self, columns: Ranks, question: str) -> NDArray[np.bool_]:
        """For each row: adopting the other reading of this question would change the verdict."""
        other = columns.copy()
        other[INDICE[f"lecture.{question}"]] ^= 1
        here, there = (self.decide(c, with_missing=True) for c in (columns, other))
        differs: NDArray[np.bool_] = (here.issues != there.issues) | (here.grounds != there.grounds)
        for key, bits in here.missing.items():
            changed = np.unpackbits(bits ^ there.missing[key], bitorder="little")
            differs |= changed[: len(differs)].astype(bool)
        return differs

    def names(self, grounds: int) -> tuple[str, ...]:
        """The rules of one bit set."""
        return tuple(name for i, name in enumerate(self.ids) if grounds >> i & 1)

    def _run(self, chunk: Ranks, wanted: Sequence[int]) -> dict[int, Bits]:
        """Run the instructions on a chunk of rows."""
        size = -(-chunk.shape[1] // 8)
        registers: dict[int, Bits] = {
            TRUE: np.full(size, 255, np.uint8),
            FALSE: np.zeros(size, np.uint8),
        }
        planes = _Planes(chunk)
        code, atoms = self.program.code, self.program.atoms
        for register in wanted:
            name, operands = code[register]
            if name == "and" or name == "or":
                combine = np.bitwise_and if name == "and" else np.bitwise_or
                out = combine(registers[operands[0]], registers[operands[1]])
                for operand in operands[2:]:
                    combine(out, registers[operand], out=out)
                registers[register] = out
            elif name == "not":
                registers[register] = ~registers[operands[0]]
            elif name == "atom":
                registers[register] = planes.atom(*atoms[register])
        return registers


class _Planes:
    """The packed bits of each value of each fact in one chunk, computed once."""

    def __init__(self, chunk: Ranks) -> None:
        self.chunk = chunk
        self._known: dict[tuple[int, int], Bits] = {}

    def atom(self, indice: int, fait: Fait, rangs: frozenset[int]) -> Bits:
        """The rows whose fact has one of these ranks."""
        if fait.genre is Genre.ENSEMBLE:
            table = np.zeros(fait.inconnu + 1, np.bool_)
            table[sorted(rangs)] = True
            return np.packbits(table[self.chunk[indice]], bitorder="little")
        others = set(range(fait.inconnu + 1)) - rangs
        if len(rangs) <= len(others):
            return self._any(indice, rangs)
        return ~self._any(indice, others)

    def _any(self, indice: int, rangs: Sequence[int] | set[int] | frozenset[int]) -> Bits:
        """The union of some values of a fact."""
        out = np.zeros(-(-self.chunk.shape[1] // 8), np.uint8)
        for rang in rangs:
            np.bitwise_or(out, self._plane(indice, rang), out=out)
        return out

    def _plane(self, indice: int, rang: int) -> Bits:
        """The rows whose fact has this rank."""
        plane = self._known.get((indice, rang))
        if plane is None:
            plane = np.packbits(self.chunk[indice] == rang, bitorder="little")
            self._known[indice, rang] = plane
        return plane


def columns_of(cases: Sequence[Case]) -> Ranks:
    """Cases as columns of ranks, shaped (facts, rows)."""
    return np.array([c.rangs for c in cases], np.uint8).reshape(-1, len(FAITS)).T.copy()


def columns_of_packed(packed: Iterable[bytes]) -> Ranks:
    """Packed cases (`Case.packed`) as columns; ValueError when one has not a byte per fact."""
    rows = np.frombuffer(b"".join(packed), np.uint8)
    if len(rows) % len(FAITS):
        raise ValueError("un cas rangé n'a pas un octet par fait : il date d'une autre version du droit")
    return np.ascontiguousarray(rows.reshape(-1, len(FAITS)).T)


def _ranked(planes: Sequence[Bits], rows: int) -> NDArray[np.uint8]:
    """Exclusive planes into one number a row: the position of the plane that holds."""
    by_bit = [
        np.bitwise_or.reduce([p for i, p in enumerate(planes) if i >> bit & 1])
        for bit in range(len(planes).bit_length())
    ]
    return _bytes(by_bit, rows)


def _grouped(planes: Sequence[Bits], rows: int) -> NDArray[np.uint64]:
    """Planes into one bit set a row: bit i is plane i."""
    out = np.zeros((rows, 8), np.uint8)
    for group, part in enumerate(_by_eight(planes)):
        out[:, group] = _bytes(part, rows)
    return out.view("<u8").reshape(rows).astype(np.uint64, copy=False)


def _by_eight(planes: Sequence[Bits]) -> Iterator[Sequence[Bits]]:
    """Planes in groups of eight, the last one shorter."""
    for start in range(0, len(planes), 8):
        yield planes[start : start + 8]


def _bytes(planes: Sequence[Bits], rows: int) -> NDArray[np.uint8]:
    """Up to eight planes into one byte a row, by transposing 8 by 8 blocks of bits.

    The three swaps are the classical ones (Warren, Hacker's Delight, section 7-3).
    """
    blocks = np.zeros((len(planes[0]), 8), np.uint8)
    for place, plane in enumerate(planes):
        blocks[:, place] = plane
    x = blocks.view("<u8").reshape(-1)
    for shift, mask in ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0)):
        t = (x ^ (x >> np.uint64(shift))) & np.uint64(mask)
        x ^= t ^ (t << np.uint64(shift))
    return blocks.reshape(-1)[:rows]
