"""Write `mutants.json` again, after a change of the law: python -m tests.scenarios.ecrire_mutants

For each mutant that no kept case sees, look for a case that does: one fact away from a kept case of
the rule, else by the prover. A mutant that the prover shows equal to the law needs no case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import z3

from maillage.law.case import Case
from maillage.law.decision import LAW, Law
from maillage.law.facts import FAITS
from maillage.law.language import Fait, Genre
from maillage.law.proofs.pairs import ORDINAIRE
from maillage.law.readings.proof import World, find_pair, free_ranks
from maillage.law.rules import REGLES
from tests.law.cas import case_of_ranks
from tests.law.mutants import MUTANTS, broken_laws, kept_cases, short_verdict, told

NEAR = 12
"""Kept cases of a rule around which one looks."""


def values_of(fait: Fait) -> Iterator[int]:
    """The ranks worth trying for a fact."""
    if fait.genre is Genre.ENSEMBLE:
        yield from (0, *(1 << i for i in range(len(fait.valeurs))), fait.inconnu)
    else:
        yield from range(fait.inconnu + (fait.defaut is None))


def neighbours(case: Case) -> Iterator[Case]:
    """The case with each fact changed to each value."""
    for place, fait in enumerate(FAITS):
        for rang in values_of(fait):
            if rang != case.rangs[place]:
                yield case_of_ranks((*case.rangs[:place], rang, *case.rangs[place + 1 :]))


def by_proof(old: World, law: Law) -> Case | None:
    """A case that tells the mutant from the law, if there is one."""
    new = World(law.regles, old.ranks)
    keys = set(old.law.manques) | set(new.law.manques)
    never = z3.BoolVal(False)
    lacks = [old.law.manques.get(k, never) != new.law.manques.get(k, never) for k in keys]
    cites = [old.law.fondements[r] != new.law.fondements[r] for r in old.law.fondements]
    issues = [old.law.issues[i] != new.law.issues[i] for i in old.law.issues]
    found = find_pair(old, new, z3.Or([*issues, *cites, *lacks]), towards=ORDINAIRE.rangs)
    return found and found[0]


def main() -> None:
    """Look for a case for each unseen mutant, then write them."""
    kept = kept_cases()
    near: dict[str, list[Case]] = {}
    for case in kept:
        for regle in LAW.issue(case)[1]:
            near.setdefault(regle, []).append(case)
    around = {r: [n for c in cases[:NEAR] for n in neighbours(c)] for r, cases in near.items()}
    old = World(REGLES, free_ranks())
    chosen: list[Case] = []
    made, equal = 0, []
    for name, regle, law in broken_laws():
        made += 1
        pool = [*(c for c in chosen[::-1]), *near.get(regle.id, ()), *around.get(regle.id, ())]
        seen = next((c for c in pool if told(law, c) != told(LAW, c)), None) or by_proof(old, law)
        if seen is None or told(law, seen) == told(LAW, seen):
            equal.append(name)
        elif seen not in chosen and seen not in kept:
            chosen.append(seen)
    write(chosen, kept)
    print(f"{made} mutants, {len(chosen)} cas de plus, {len(equal)} égaux au droit :")  # noqa: T201
    print("\n".join(equal))  # noqa: T201


def write(chosen: list[Case], kept: list[Case]) -> None:
    """Write the chosen cases, by what sets each apart from a kept one."""
    rows = [{**_apart(c, kept), "verdict": short_verdict(c)} for c in chosen]
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    MUTANTS.write_text(f"[\n{text}\n]\n", "utf-8")


def _apart(case: Case, kept: list[Case]) -> dict[str, object]:
    """The case as one fact changed in a kept case, or whole."""
    for number, near in enumerate(kept):
        changed = [f for f, a, b in zip(FAITS, case.rangs, near.rangs, strict=True) if a != b]
        if len(changed) == 1 and changed[0].genre is not Genre.DATE:
            valeur = case.valeur(changed[0].chemin)
            plain = list(valeur) if isinstance(valeur, tuple) else valeur
            return {"pres_de": number, "fait": changed[0].chemin, "valeur": plain}
    return {"cas": case.to_wire()}


if __name__ == "__main__":
    main()
