"""For each condition of each rule, two cases that differ by one fact alone and by their verdict.

Made from the written scenarios where a rule has one, then read by a person and kept as data by the
tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import z3

from maillage.law.case import Case, new_case
from maillage.law.decision import LAW, decide
from maillage.law.facts import INDICE
from maillage.law.language import Condition, Effet, Fait, Genre, Regle, facts_of
from maillage.law.readings.proof import WIDTH, World, find_pair, free_ranks
from maillage.law.rules import REGLES
from maillage.law.wire import parse_case

ORDINAIRE = new_case(
    {
        "date": date(2026, 6, 1),
        "emetteur.fonction": "educateur_prevention",
        "emetteur.emploi": "salarie_prive",
        "emetteur.fondement_secret": ("mission_ase",),
        "destinataire.fonction": "mediateur",
        "destinataire.emploi": "salarie_prive",
        "destinataire.fondement_secret": (),
        "sujet.objet": "personne",
        "sujet.tranche_age": "15_17",
        "situation.coordonnateur": "aucun",
        "contenu.nature": "vie_privee",
        "contenu.origine": "appris_en_fonction",
        "contenu.strictement_necessaire": True,
        "finalite": "action_sociale",
        "cadre": "bilateral",
        "enregistrement": "journal_seul",
        "information_rgpd": True,
    }
)
"""What a rule without a written scenario starts from."""


@dataclass(frozen=True)
class Pair:
    """Two cases: in the first the condition holds, in the second one fact alone makes it fail."""

    regle: Regle
    condition: int
    fait: Fait
    tient: Case
    echoue: Case

    def to_json(self) -> dict[str, object]:
        """The pair as data: the case, the fact, its two values, the two verdicts."""
        return {
            "regle": self.regle.id,
            "condition": self.condition,
            "dit": self.regle.si[self.condition].dit,
            "fait": self.fait.chemin,
            "cas": _said(self.tient),
            "valeur_contraire": _wire_value(self.echoue, self.fait),
            "verdicts": [_verdict(self.tient), _verdict(self.echoue)],
        }


def pairs(templates: Mapping[str, Case], regles: Sequence[Regle] = REGLES) -> Iterator[Pair]:
    """Every pair that exists, rule by rule, near the template of the rule."""
    ranks = free_ranks()
    here = World(regles, ranks)
    twins: dict[str, World] = {}
    for regle in regles:
        template = templates.get(regle.id, ORDINAIRE)
        for position, condition in enumerate(regle.si):
            for fait in sorted(facts_of(condition.si), key=lambda f: INDICE[f.chemin]):
                chemin = fait.chemin
                if chemin not in twins:
                    twins[chemin] = here.other({chemin: z3.BitVec(f"autre:{chemin}", WIDTH)})
                found = _pair(here, twins[chemin], fait, regle, condition, template)
                if found is not None:
                    yield Pair(regle, position, fait, *found)


def _pair(
    here: World, there: World, fait: Fait, regle: Regle, condition: Condition, template: Case
) -> tuple[Case, Case] | None:
    """The pair nearest to a template: outcomes differ if they can, else grounds do; for a set, one
    element at most in the second case if it can."""
    cited = there.cites(regle.id) if regle.effet is Effet.SITUE else here.cites(regle.id)
    hangs = z3.And(here.holds(condition.si), z3.Not(there.holds(condition.si)), cited)
    if regle.effet is not Effet.SITUE:
        hangs = z3.And(hangs, z3.And([here.holds(c.si) for c in regle.si]))
    outcome = z3.Or([here.law.issues[i] != there.law.issues[i] for i in here.law.issues])
    simple = z3.BoolVal(True)
    if fait.genre is Genre.ENSEMBLE:
        rank = there.ranks[fait.chemin]
        simple = z3.Or([rank == r for r in (0, *(1 << i for i in range(len(fait.valeurs))))])
    for differs in (z3.And(outcome, simple), outcome, z3.Not(here.same_verdict(there))):
        found = find_pair(here, there, z3.And(hangs, differs), towards=template.rangs)
        if found is not None:
            return found
    return None


def _said(case: Case) -> dict[str, object]:
    """The case on the wire without the facts that keep their default."""
    wire = case.to_wire()
    plain = new_case({}).to_wire()
    out: dict[str, object] = {}
    for key, value in wire.items():
        usual = plain[key]
        if isinstance(value, dict) and isinstance(usual, dict):
            value = {k: v for k, v in value.items() if v != usual[k]}
            usual = {}
        if value != usual:
            out[key] = value
    return out


def _wire_value(case: Case, fait: Fait) -> object:
    """One value as the wire writes it."""
    valeur = case.valeur(fait.chemin)
    if isinstance(valeur, date):
        return valeur.isoformat()
    return list(valeur) if isinstance(valeur, tuple) else valeur


def _verdict(case: Case) -> dict[str, object]:
    """The verdict of one case, without its sentences: what a change of the law may change."""
    wire = decide(case).to_wire()
    return {key: wire[key] for key in wire if key not in ("id", "explication")}


def templates_of(scenarios: Sequence[Mapping[str, object]]) -> dict[str, Case]:
    """The first written scenario of each rule that has one."""
    found: dict[str, Case] = {}
    for scenario in scenarios:
        case = parse_case(scenario["cas"])
        for regle in LAW.issue(case)[1]:
            found.setdefault(regle, case)
    return found
