"""The proof reading: the whole law as one formula of z3, over every case at once.

A fact is a bit vector that holds its rank; a set of elements is its bit mask. Needs `z3-solver`,
which only developers install: nothing else in the package imports this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import z3

from maillage.law.case import DEFAUTS, Case
from maillage.law.facts import FAITS
from maillage.law.facts.jour import BORNES
from maillage.law.language import Fait, Formule, Genre, Regle, read
from maillage.law.steps import Lecture, read_law

WIDTH = 8
Ranks = dict[str, z3.BitVecRef]


def free_ranks(name: str = "") -> Ranks:
    """One unknown rank per fact: any case whatever."""
    return {f.chemin: z3.BitVec(f"{name}{f.chemin}", WIDTH) for f in FAITS}


def in_domain(ranks: Ranks) -> z3.BoolRef:
    """Every rank is one that its fact can have; a fact with a default is never unknown."""
    return z3.And([z3.ULE(ranks[f.chemin], f.inconnu if f.defaut is None else f.inconnu - 1) for f in FAITS])


class Proof:
    """A reading whose truths are formulas of z3 about some ranks."""

    def __init__(self, ranks: Ranks) -> None:
        self.ranks = ranks
        self._atoms: dict[tuple[Fait, frozenset[int]], z3.BoolRef] = {}

    def fact(self, fait: Fait, rangs: frozenset[int]) -> z3.BoolRef:
        """The rank is one of these."""
        atom = self._atoms.get((fait, rangs))
        if atom is None:
            atom = self._atoms[fait, rangs] = self._atom(fait, rangs)
        return atom

    def all_of(self, parts: Sequence[z3.BoolRef]) -> z3.BoolRef:
        """Conjunction."""
        return z3.And(list(parts))

    def any_of(self, parts: Sequence[z3.BoolRef]) -> z3.BoolRef:
        """Disjunction."""
        return z3.Or(list(parts))

    def none_of(self, part: z3.BoolRef) -> z3.BoolRef:
        """Complement."""
        return z3.Not(part)

    def _atom(self, fait: Fait, rangs: frozenset[int]) -> z3.BoolRef:
        """An atom; « contains one of » and « contains none of » read the mask directly."""
        rank = self.ranks[fait.chemin]
        if fait.genre is Genre.ENSEMBLE:
            mask = sum(1 << i for i in range(len(fait.valeurs)) if 1 << i in rangs)
            some = frozenset(r for r in range(fait.inconnu) if r & mask)
            if rangs == some:
                return z3.And(z3.ULT(rank, fait.inconnu), rank & mask != 0)
            outside = (fait.inconnu - 1) ^ mask
            if rangs == frozenset(r for r in range(fait.inconnu) if not r & outside):
                return z3.And(z3.ULT(rank, fait.inconnu), rank & outside == 0)
        return z3.Or([rank == r for r in sorted(rangs)])


class World:
    """A law read over some ranks: ask it for outcomes, grounds, or any formula of the grammar."""

    def __init__(self, regles: Sequence[Regle], ranks: Ranks) -> None:
        self.regles = tuple(regles)
        self.ranks = ranks
        self.reading = Proof(ranks)
        self.law: Lecture[z3.BoolRef] = read_law(regles, self.reading)

    def holds(self, formule: Formule) -> z3.BoolRef:
        """A formula about this world's case."""
        return read(formule, self.reading)

    def issue(self, *issues: str) -> z3.BoolRef:
        """The outcome is one of these."""
        return z3.Or([self.law.issues[i] for i in issues])

    def cites(self, *regles: str) -> z3.BoolRef:
        """One of these rules is a ground; rules that are not in this law never are."""
        return z3.Or([self.law.fondements[r] for r in regles if r in self.law.fondements])

    def cites_none_but(self, *regles: str) -> z3.BoolRef:
        """No rule outside these is a ground."""
        return z3.Not(self.cites(*(r.id for r in self.regles if r.id not in regles)))

    def other(self, changed: Mapping[str, z3.BitVecRef]) -> World:
        """The same law over the same case, some ranks replaced."""
        return World(self.regles, {**self.ranks, **changed})

    def same_verdict(self, other: World) -> z3.BoolRef:
        """Same outcome, same grounds, same missing facts."""
        pairs = [(self.law.issues, other.law.issues), (self.law.fondements, other.law.fondements)]
        truths = [a[key] == b[key] for a, b in pairs for key in a]
        truths += [self.law.manques[k] == other.law.manques[k] for k in self.law.manques]
        return z3.And(truths)


def find(world: World, wanted: z3.BoolRef) -> Case | None:
    """The plainest case of this world that satisfies a formula; None: there is provably no case."""
    model = _plainest(world.ranks, wanted)
    return None if model is None else case_of_model(model, world.ranks)


def find_pair(
    world: World, other: World, wanted: z3.BoolRef, *, towards: Sequence[int] = DEFAUTS
) -> tuple[Case, Case] | None:
    """A case of this world and its twin in another one, or None: there is provably no such pair.

    The first case keeps as many of the ranks `towards` as it can.
    """
    model = _plainest(world.ranks, z3.And(in_domain(other.ranks), wanted), towards)
    return model and (case_of_model(model, world.ranks), case_of_model(model, other.ranks))


def exists(world: World, wanted: z3.BoolRef) -> bool:
    """Some case of this world satisfies the formula."""
    solver = z3.Solver()
    solver.add(in_domain(world.ranks), wanted)
    return bool(solver.check() == z3.sat)


def _plainest(ranks: Ranks, wanted: z3.BoolRef, towards: Sequence[int] = DEFAUTS) -> z3.ModelRef | None:
    """A model in which as many facts as possible keep these ranks, so that one can read it; a set that
    cannot has one element if it can."""
    solver = z3.Solver()
    solver.add(in_domain(ranks), wanted)
    if solver.check() == z3.unsat:
        return None
    for fait, rang in zip(FAITS, towards, strict=True):
        rank = ranks[fait.chemin]
        wishes = [rank == rang]
        if fait.genre is Genre.ENSEMBLE:
            wishes.append(z3.Or([rank == 1 << i for i in range(len(fait.valeurs))]))
        for wish in wishes:
            if solver.check(wish) == z3.sat:
                solver.add(wish)
                break
    solver.check()
    return solver.model()


def case_of_model(model: z3.ModelRef, ranks: Ranks) -> Case:
    """The case that a model describes; its day is the first of its period."""
    found = []
    for fait in FAITS:
        value = model.eval(ranks[fait.chemin], model_completion=True)
        assert isinstance(value, z3.BitVecNumRef)
        found.append(value.as_long())
    periode = found[0]
    jour = BORNES[periode - 1] if 1 <= periode <= len(BORNES) else None
    return Case(None, tuple(found), jour)
