"""Five exchanges of every day, judged for a partnership as it stands: what a clause or a reading changes.

Each case rests on the posts, titles, clauses and readings of the two services; the law engine decides.
Nobody real is in them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.enums import Metier
from maillage.directory.models import Service
from maillage.directory.queries import MISSION_ASE, field_posts
from maillage.law.codes import TITRES
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.sharing.directions import Direction, changed
from maillage.web.panels import ICONS

ACCORDS = {"accord_personne": "donne", "accord_titulaire": "donne", "information_prealable": "faite"}
OTHER = {"prudente": "rapport", "rapport": "prudente"}


@dataclass(frozen=True)
class Sample:
    """One exchange: who speaks, in everyday words, and the facts of the case by path."""

    titre: str
    emetteur: Metier
    facts: Mapping[str, Any]


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "Donner des nouvelles d'un lieu, sans nommer personne",
        Metier.MEDIATION_SOCIALE,
        {
            "sujet.objet": "lieu",
            "contenu.nature": "ambiance",
            "contenu.identification": "aucune",
            "contenu.origine": "vu_espace_public",
            "finalite": "tranquillite_publique",
        },
    ),
    Sample(
        "Orienter un jeune de seize ans qui le demande, un parent étant d'accord",
        Metier.MEDIATION_SOCIALE,
        {"contenu.nature": "orientation_demande", "contenu.origine": "dit_personne_presente", **ACCORDS},
    ),
    Sample(
        "Dire en retour où en est la relation, le jeune et un parent étant d'accord",
        Metier.PREVENTION_SPECIALISEE,
        {
            "contenu.nature": "orientation_suite",
            "contenu.origine": "appris_en_fonction",
            "destinataire_auteur_orientation": True,
            **ACCORDS,
        },
    ),
    Sample(
        "Partager la situation d'un jeune que les deux équipes suivent, sa famille étant prévenue",
        Metier.PREVENTION_SPECIALISEE,
        {
            "contenu.nature": "vie_privee",
            "contenu.origine": "appris_en_fonction",
            "finalite": "action_sociale",
            "situation.suivi_commun": True,
            "situation.aggravation": True,
            "situation.coordonnateur": "aucun",
            "information_prealable": "faite",
        },
    ),
    Sample(
        "Répéter une confidence sans l'accord du jeune",
        Metier.MEDIATION_SOCIALE,
        {
            "contenu.nature": "vie_privee",
            "contenu.origine": "appris_en_fonction",
            "finalite": "action_sociale",
            "situation.coordonnateur": "aucun",
        },
    ),
)


@dataclass(frozen=True)
class Answer:
    """What the law answers to one sample: the outcome's code, its title and icon on screen."""

    titre: str
    issue: str

    @property
    def dit(self) -> str:
        """Return the outcome in the words of the screen."""
        return TITRES[self.issue]

    @property
    def icon(self) -> str:
        """Return the icon of the outcome."""
        return ICONS[self.issue]


@dataclass(frozen=True)
class Effect:
    """What one clause or reading changes: pairs (with it, without it), and the samples left as they are."""

    changed: Sequence[tuple[Answer, Answer]]
    same: Sequence[Answer]


@dataclass(frozen=True)
class SampleCase:
    """One sample as a wire case, and the direction whose facts it rests on."""

    sample: Sample
    cas: Mapping[str, Any]
    direction: Direction


class Bench:
    """The samples of one partnership on one day, ready to be asked again with something removed."""

    def __init__(self, partenariat: Partenariat, on: date) -> None:
        """Gather the facts of both directions once; a trade with nobody in post leaves no sample."""
        first: dict[str, Service] = {}
        for service in members(partenariat, on):
            first.setdefault(service.metier, service)
        trades = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
        posts = {trade: field_posts(first[trade], on) if trade in first else () for trade in trades}
        self.cases: Sequence[SampleCase] = ()
        if all(posts.values()):
            directions = {
                trade: Direction(posts[trade][0], first[other], partenariat, on)
                for trade, other in (trades, trades[::-1])
            }
            self.cases = [_case(sample, directions[sample.emetteur]) for sample in SAMPLES]
        self.today = [_answer(case.sample, case.cas) for case in self.cases]

    def answers(self) -> Sequence[Answer]:
        """Return what the law answers today."""
        return self.today

    def without_clause(self, clause: UUID) -> Effect:
        """Return what the clause changes: each fact it establishes goes back to what it was without it."""
        return self._compare(lambda case: _without(case, str(clause)))

    def without_mission(self) -> Effect:
        """Return what the prevention service's title changes: without it, no mission of the ASE."""
        return self._compare(_without_mission)

    def with_other_reading(self, question: str, current: str) -> Effect:
        """Return what the other reading of an open question would change; pairs are (today, other)."""

        def other(case: SampleCase) -> Mapping[str, Any]:
            return {**case.cas, "lecture": {**case.cas.get("lecture", {}), question: OTHER[current]}}

        return self._compare(other)

    def _compare(self, change: Callable[[SampleCase], Mapping[str, Any]]) -> Effect:
        others = [_answer(case.sample, change(case)) for case in self.cases]
        pairs = list(zip(self.today, others, strict=True))
        return Effect(
            changed=[pair for pair in pairs if pair[0].issue != pair[1].issue],
            same=[today for today, other in pairs if today.issue == other.issue],
        )


def _case(sample: Sample, direction: Direction) -> SampleCase:
    return SampleCase(sample, direction.case({"sujet.tranche_age": "15_17", **sample.facts}), direction)


def _without(case: SampleCase, clause: str) -> Mapping[str, Any]:
    return changed(case.cas, case.direction.of_clause(clause))


def _without_mission(case: SampleCase) -> Mapping[str, Any]:
    cas = copy.deepcopy(dict(case.cas))
    for end in ("emetteur", "destinataire"):
        grounds = cas.get(end, {}).get("fondement_secret")
        if grounds:
            cas[end]["fondement_secret"] = [one for one in grounds if one != MISSION_ASE]
    return cas


def _answer(sample: Sample, cas: Mapping[str, Any]) -> Answer:
    return Answer(sample.titre, decide(parse_case(dict(cas)), with_questions=False).issue)
