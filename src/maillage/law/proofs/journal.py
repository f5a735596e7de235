"""The journal of the law: at each date, which rules start or change, and a case that it turns.

The example is found by the prover between the eve and the day; nobody has to imagine it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import z3

from maillage.law import VERSION
from maillage.law.case import Case
from maillage.law.codes import ISSUES
from maillage.law.decision import Law
from maillage.law.facts.jour import BORNES
from maillage.law.language import Regle
from maillage.law.proofs.checking import facts_said
from maillage.law.proofs.pairs import ORDINAIRE
from maillage.law.proofs.relations import turning_at
from maillage.law.readings.proof import WIDTH, World, find_pair, free_ranks
from maillage.law.verdict import cite_rule, say_date


@dataclass(frozen=True)
class Turn:
    """A rule at a date, or between two laws: a case, its outcome before and after."""

    regle: Regle
    cas: Case
    avant: str
    apres: str

    def said(self) -> str:
        """The example in one French sentence."""
        return (
            f"{facts_said(self.cas, ORDINAIRE)} → avant, « {ISSUES[self.avant].lower()} » ; "
            f"après, « {ISSUES[self.apres].lower()} »."
        )


def turn_at(regles: Sequence[Regle], regle: Regle, borne: date) -> Turn | None:
    """A case that this rule decides differently on this day and on its eve."""
    rank = BORNES.index(borne) + 1
    day = World(regles, free_ranks())
    eve = day.other({"date": z3.BitVecVal(rank - 1, WIDTH)})
    cited = z3.Or(day.cites(regle.id), eve.cites(regle.id))
    differs = z3.Or([day.law.issues[i] != eve.law.issues[i] for i in day.law.issues])
    wanted = z3.And(day.ranks["date"] == rank, cited, differs)
    found = find_pair(day, eve, wanted, towards=ORDINAIRE.rangs)
    if found is None:
        return None
    after, before = found
    law = Law(regles)
    return Turn(regle, after, law.issue(before)[0], law.issue(after)[0])


def turns_between(before: Sequence[Regle], after: Sequence[Regle]) -> Iterator[Turn]:
    """For each rule added, removed or rewritten between two laws, a case that changes outcome.

    What a new version of an article does to people, before it is adopted.
    """
    ranks = free_ranks()
    old, new = World(before, ranks), World(after, ranks)
    differs = z3.Or([old.law.issues[i] != new.law.issues[i] for i in old.law.issues])
    known = {r.id: r for r in before}
    changed = [r for r in after if known.pop(r.id, None) != r]
    for regle in [*changed, *(r for r in known.values() if r.id not in {c.id for c in changed})]:
        cited = z3.Or(old.cites(regle.id), new.cites(regle.id))
        found = find_pair(old, new, z3.And(differs, cited), towards=ORDINAIRE.rangs)
        if found is not None:
            yield Turn(regle, found[0], Law(before).issue(found[0])[0], Law(after).issue(found[0])[0])


def journal_lines(regles: Sequence[Regle]) -> Iterator[str]:
    """The whole journal, in Markdown."""
    yield "# Journal du droit"
    yield ""
    yield (
        f"Droit écrit dans Maillage, version {VERSION}. Fichier engendré par `maillage law journal` : "
        "ne pas l'écrire à la main. Un échange est toujours jugé par le droit de son jour."
    )
    yield ""
    yield (
        "Chaque exemple part d'un cas ordinaire (une éducatrice de prévention parle à une médiatrice "
        "d'un jeune de 15 à 17 ans, à deux, pour l'action sociale) et dit ce qui en diffère."
    )
    for borne in BORNES:
        yield from ["", f"## {say_date(borne)}", ""]
        names = turning_at(regles, borne)
        for regle in regles:
            if regle.id in names:
                verb = "commence" if regle.depuis == borne else "change"
                yield f"- `{regle.id}` {verb} : {cite_rule(regle)}. {regle.dit}"
                turn = turn_at(regles, regle, borne)
                if turn is not None:
                    yield f"  - Exemple. {turn.said()}"
    yield from _state(regles)


def _state(regles: Sequence[Regle]) -> Iterator[str]:
    """Since when each rule exists, in which state its text was read, how surely."""
    yield from ["", "## État de chaque règle", ""]
    yield "| Règle | Depuis | Dernière vérification | Confiance | Réserve |"
    yield "|---|---|---|---|---|"
    for regle in regles:
        lu = regle.lu
        since = say_date(regle.depuis) if regle.depuis else "de tout temps"
        read = say_date(lu.le) if lu.le else "aucune"
        reserve = " ; ".join(filter(None, (lu.reserve, "à vérifier sur Légifrance" if lu.a_verifier else "")))
        yield f"| `{regle.id}` | {since} | {read} | {lu.marque.value} | {reserve} |"
    named = [(e, r) for r in regles for e in r.etats if e.depuis]
    yield from ["", "## Noms et états successifs des textes", ""]
    seen: dict[str, None] = {}
    for etat, regle in sorted(named, key=lambda pair: (pair[0].depuis or date.min, pair[1].id)):
        assert etat.depuis is not None
        seen[f"- {say_date(etat.depuis)} — {regle.selon.cite} : {etat.libelle}."] = None
    yield from seen
