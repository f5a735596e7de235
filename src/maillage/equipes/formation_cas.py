"""The cases of the training, and what the law answers to each in one partnership, today.

`data/cas.json` holds situations and facts, never an answer: the engine judges each case on the posts,
titles, clauses and readings of the partnership. Nobody real is in them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from maillage.conventions.models import Partenariat
from maillage.conventions.queries import PRUDENTE, members
from maillage.directory.enums import Metier
from maillage.directory.models import Poste
from maillage.directory.queries import RECEIVING_ROLES, field_posts, lieux_of
from maillage.law import catalogue
from maillage.law.case import Case
from maillage.law.decision import LAW, decide
from maillage.law.verdict import Verdict
from maillage.law.wire import parse_case
from maillage.sharing.directions import Direction, changed

FILE = Path(__file__).resolve().parent / "data" / "cas.json"
SOMEWHERE = "au pied d'un immeuble"


@dataclass(frozen=True)
class Situation:
    """One situation as it is written: a story, who speaks to whom, the facts by path.

    `emetteur` is a trade; `destinataire` a trade or a key of the outside actors. `propre`: asked only
    where the partnership's clauses or readings change the answer.
    """

    code: str
    theme: str
    titre: str
    recit: str
    emetteur: str
    destinataire: str
    faits: Mapping[str, Any]
    propre: bool = False


@dataclass(frozen=True)
class Outsider:
    """Someone outside the two trades: a name for the screen, the facts that hold everywhere."""

    nom: str
    faits: Mapping[str, Any]


@dataclass(frozen=True)
class CasJuge:
    """A situation in one partnership: the story told there, who is who, the case and its outcome.

    `d_ici`: the outcome would be another one without this partnership's clauses and readings. `fixed`
    holds the facts that the story itself tells, whatever the partnership.
    """

    situation: Situation
    recit: str
    de: str
    vers: str
    case: Case
    issue: str
    d_ici: bool
    direction: Direction
    fixed: Mapping[str, Any]

    @property
    def code(self) -> str:
        """Return the code that addresses and progress use."""
        return self.situation.code

    def verdict(self) -> Verdict:
        """Return the whole answer, with the open questions on which it turns."""
        return decide(self.case)

    def because(self) -> Sequence[str]:
        """Return the clauses and readings here that each make the outcome what it is, in words."""
        found: dict[str, str] = {}
        for path, source in self.direction.gathered.sources.items():
            if source.genre == "clause":
                gone, said = self.direction.of_clause(source.id), source.libelle
            elif source.genre == "lecture":
                gone, said = {path: PRUDENTE}, _reading(path)
            else:
                continue
            if self._without(gone) != self.issue:
                found[source.id] = said
        return list(found.values())

    def _without(self, gone: Mapping[str, Any]) -> str:
        cas = changed(self.direction.gathered.cas, {**gone, **self.fixed})
        return LAW.issue(parse_case(cas))[0]


@cache
def bank() -> tuple[tuple[Situation, ...], Mapping[str, Outsider]]:
    """Return every situation written, in the order of learning, and the outside actors."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return (
        tuple(Situation(**one) for one in read["cas"]),
        {code: Outsider(**one) for code, one in read["acteurs"].items()},
    )


def cases_of(partenariat: Partenariat, on: date, learner: Poste | None = None) -> Sequence[CasJuge]:
    """Return the set to learn in this partnership that day, each case judged there.

    `learner` speaks for their own trade when they meet people; otherwise the longest in post does.
    Empty when a trade has nobody in post.
    """
    ends = _ends(partenariat, on, learner)
    if ends is None:
        return []
    situations, outsiders = bank()
    place = lieux_of(partenariat, on).first()
    told = f"« {place.nom} »" if place is not None else SOMEWHERE
    judged = (_judge(one, ends, outsiders, told) for one in situations)
    return [one for one in judged if one.d_ici or not one.situation.propre]


def _ends(partenariat: Partenariat, on: date, learner: Poste | None) -> Mapping[str, Direction] | None:
    """Return the direction that starts from each trade."""
    services = {service.metier: service for service in reversed(members(partenariat, on))}
    if learner is not None and learner.service in members(partenariat, on):
        services[learner.service.metier] = learner.service
    trades = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
    speakers: dict[str, Poste] = {}
    for trade in trades:
        posts = field_posts(services[trade], on) if trade in services else ()
        if not posts:
            return None
        speakers[trade] = min(posts, key=lambda post: (post.debut, str(post.pk)))
    if learner is not None and learner.role in RECEIVING_ROLES.get(learner.service.metier, ()):
        speakers[learner.service.metier] = learner
    return {
        trade: Direction(speakers[trade], services[other], partenariat, on)
        for trade, other in (trades, trades[::-1])
    }


def _judge(
    situation: Situation, ends: Mapping[str, Direction], outsiders: Mapping[str, Outsider], place: str
) -> CasJuge:
    direction = ends[situation.emetteur]
    outsider = outsiders.get(situation.destinataire)
    if outsider is not None:
        vers, other = outsider.nom, _as_recipient(outsider.faits)
    elif situation.destinataire == situation.emetteur:
        vers, other = str(direction.emetteur.service), _as_recipient(direction.gathered.cas["emetteur"])
    else:
        vers, other = str(direction.destinataire), {}
    fixed = {**other, **situation.faits}
    case = parse_case(direction.case(fixed))
    issue, _ = LAW.issue(case)
    bare = changed(direction.case(direction.of_clause()), {**fixed, "lecture": {}})
    without, _ = LAW.issue(parse_case(bare))
    return CasJuge(
        situation=situation,
        recit=situation.recit.format(lieu=place),
        de=str(direction.emetteur.service),
        vers=vers,
        case=case,
        issue=issue,
        d_ici=issue != without,
        direction=direction,
        fixed=fixed,
    )


def _reading(path: str) -> str:
    """Say an adopted reading: the open question and what was admitted."""
    question = catalogue.question(path.removeprefix("lecture."))
    return f"{question.titre} {question.rapport}"


def _as_recipient(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return an actor's facts as those of the recipient, all of them."""
    return {"destinataire": dict(facts)}
