"""Everyday exchanges under each form: three answers, often alike, and the clause that makes them differ."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.conventions.enums import Forme
from maillage.directory.enums import Metier
from maillage.directory.queries import PARTS
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.pilotage.changes import nothing_written
from maillage.pilotage.scenario import TriedClause, models
from maillage.sharing.directions import put
from maillage.sharing.facts import SIDES
from maillage.web.partenariat.samples import Answer, Bench, SampleCase

OTHER_TRADE = {
    Metier.MEDIATION_SOCIALE: Metier.PREVENTION_SPECIALISEE,
    Metier.PREVENTION_SPECIALISEE: Metier.MEDIATION_SOCIALE,
}


@dataclass(frozen=True)
class FormAnswer:
    """The answer under one form; `clauses` are what makes it differ from the answer of the real form."""

    forme: Forme
    real: bool
    answer: Answer
    clauses: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """One everyday exchange under the three forms."""

    titre: str
    answers: Sequence[FormAnswer]

    @property
    def alike(self) -> bool:
        """Say whether the three forms answer the same."""
        return len({one.answer.issue for one in self.answers}) == 1


@dataclass(frozen=True)
class _Put:
    """One fact that a form's writings change, and the writing's name."""

    path: str
    valeur: Any
    nom: str


def compare(bench: Bench, real: str) -> list[Comparison]:
    """Return each everyday exchange of the partnership under its real form and the two others."""
    return [
        Comparison(case.sample.titre, [_under(case, forme, real) for forme in Forme]) for case in bench.cases
    ]


def _under(case: SampleCase, forme: Forme, real: str) -> FormAnswer:
    today = _answer(case, case.cas)
    if forme == real:
        return FormAnswer(forme, True, today, ())
    writings = list(_writings(case, forme))
    answer = _answer(case, _with(case.cas, writings))
    if answer.issue == today.issue:
        return FormAnswer(forme, False, answer, ())
    decisive = [
        one.nom
        for one in writings
        if _answer(case, _with(case.cas, [other for other in writings if other is not one])).issue
        != answer.issue
    ]
    return FormAnswer(forme, False, answer, list(dict.fromkeys(decisive or [one.nom for one in writings])))


def _writings(case: SampleCase, forme: Forme) -> Iterator[_Put]:
    """The facts that change when the form's model clauses stand for the recorded ones."""
    wanted = dict(_established(case, models()[forme]))
    sources = case.direction.gathered.sources
    fallen = [path for path, source in sources.items() if source.genre == "clause" and path not in wanted]
    for path in fallen:
        yield _Put(path, case.direction.bare.get(path), nothing_written(path))
    for path, clause in wanted.items():
        if _at(case.cas, path) != clause.valeur:
            yield _Put(path, clause.valeur, clause.titre)


def _established(case: SampleCase, clauses: Sequence[TriedClause]) -> Iterator[tuple[str, TriedClause]]:
    """What these clauses establish in this exchange: a part already stronger is not weakened."""
    sources, bare = case.direction.gathered.sources, case.direction.bare
    trades = dict(zip(SIDES, (case.sample.emetteur, OTHER_TRADE[case.sample.emetteur]), strict=True))
    for clause in clauses:
        if clause.fait not in PARTS:
            source = sources.get(clause.fait)
            if source is None or source.genre == "clause":
                yield clause.fait, clause
            continue
        order = PARTS[clause.fait]
        for side in SIDES:
            path = f"{side}.{clause.fait}"
            own = str(bare.get(path, order[0]))
            if trades[side] == clause.metier and order.index(own) < order.index(str(clause.valeur)):
                yield path, clause


def _with(cas: Mapping[str, Any], writings: Sequence[_Put]) -> Mapping[str, Any]:
    changed = copy.deepcopy(dict(cas))
    for one in writings:
        put(changed, one.path, one.valeur)
    return changed


def _at(cas: Mapping[str, Any], path: str) -> object:
    found: object = cas
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _answer(case: SampleCase, cas: Mapping[str, Any]) -> Answer:
    return Answer(case.sample.titre, decide(parse_case(dict(cas)), with_questions=False).issue)
