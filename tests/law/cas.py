"""Cases for the tests: the written scenarios, and strategies that draw any case at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from maillage.law.case import DEFAUTS, Case
from maillage.law.facts import FAITS, INDICE
from maillage.law.facts.jour import BORNES
from maillage.law.language import Fait, Genre
from maillage.law.wire import parse_case

SCENARIOS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "scenarios" / "scenarios.json").read_text("utf-8")
)
CAS: list[Case] = [parse_case(s["cas"]) for s in SCENARIOS]


def case_of_ranks(rangs: tuple[int, ...]) -> Case:
    """A case from ranks; its day is the first of its period (none before the first bound)."""
    periode = rangs[INDICE["date"]]
    jour = BORNES[periode - 1] if 1 <= periode <= len(BORNES) else None
    return Case(None, rangs, jour)


def ranks_of(fait: Fait) -> st.SearchStrategy[int]:
    """Any rank of a fact; for a set, single elements more often than mixtures."""
    unknown = [fait.inconnu] if fait.defaut is None else []
    if fait.genre is Genre.ENSEMBLE:
        usual = [0, *(1 << i for i in range(len(fait.valeurs))), *unknown]
        return st.one_of(st.sampled_from(usual), st.integers(0, fait.inconnu - 1))
    return st.sampled_from([*range(fait.inconnu), *unknown])


def any_case() -> st.SearchStrategy[Case]:
    """Any case whatever, unknown facts included: most of them are forbidden."""
    return st.tuples(*(ranks_of(f) for f in FAITS)).map(case_of_ranks)


def _grounded(scenario: dict[str, Any], among: tuple[str, ...]) -> bool:
    """The scenario expects one of these outcomes or grounds (any, when none is asked)."""
    attendu = scenario["attendu"]
    return not among or bool({attendu["issue"], *attendu["fondements"]} & set(among))


@st.composite
def near_case(draw: st.DrawFn, among: tuple[str, ...] = (), changes: int = 6) -> Case:
    """A written scenario (one of those grounds, if given) with a few facts changed.

    Near the borders of the rules: where a fault would show.
    """
    pool = [c for c, s in zip(CAS, SCENARIOS, strict=True) if _grounded(s, among)]
    rangs = list(draw(st.sampled_from(pool)).rangs)
    for fait in draw(st.lists(st.sampled_from(FAITS), max_size=changes)):
        rangs[INDICE[fait.chemin]] = draw(ranks_of(fait))
    return case_of_ranks(tuple(rangs))


cases = st.one_of(near_case(), any_case())


def forget(case: Case, fait: Fait) -> Case:
    """The same case without one fact."""
    rangs = list(case.rangs)
    rangs[INDICE[fait.chemin]] = DEFAUTS[INDICE[fait.chemin]]
    return case_of_ranks(tuple(rangs))
