"""The nearest of the six cities, and why; pure Python.

Only answers known on both sides count. One point for a shared answer, one point less for a different one;
the five facts that decide the form count double. Equal scores go to the city of the same form, then to the
report's order, and the tie is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from maillage.etude.deduction import DECISIVES, deduce, same_employer
from maillage.etude.enums import Ville
from maillage.etude.questionnaire import Reponses, fait, questions
from maillage.etude.villes import portraits

_POIDS: Final = 2
_UN_EMPLOYEUR: Final = "le même organisme emploie les deux équipes"


@dataclass(frozen=True, slots=True)
class Voisine:
    """A city compared with the answers: shared facts, different facts, and the score that ranks it."""

    ville: Ville
    communs: tuple[str, ...]
    differents: tuple[str, ...]
    score: int
    meme_forme: bool
    ex_aequo: tuple[Ville, ...]


def nearest(reponses: Reponses, cities: Mapping[Ville, Reponses] | None = None) -> Voisine | None:
    """The nearest city, or None when no known answer is shared with any.

    `cities` gives the six cities' answers; by default those of the report's portraits.
    """
    known = cities if cities is not None else {p.ville: p.reponses for p in portraits()}
    ranked = sorted((_compare(ville, reponses, theirs) for ville, theirs in known.items()), key=_rank)
    best = ranked[0]
    if not best.communs:
        return None
    ties = tuple(v.ville for v in ranked[1:] if _rank(v)[:2] == _rank(best)[:2])
    return Voisine(best.ville, best.communs, best.differents, best.score, best.meme_forme, ties)


def _rank(voisine: Voisine) -> tuple[int, int, int]:
    return (-voisine.score, 0 if voisine.meme_forme else 1, list(Ville).index(voisine.ville))


def _compare(ville: Ville, ours: Reponses, theirs: Reponses) -> Voisine:
    communs, differents, score = [], [], 0
    for asked in questions():
        cle = asked.cle
        if not ours.connue(cle) or not theirs.connue(cle):
            continue
        weight = _POIDS if cle in DECISIVES else 1
        if _same(cle, ours, theirs):
            communs.append(fait(cle, ours) if ours[cle] == theirs[cle] else _UN_EMPLOYEUR)
            score += weight
        else:
            differents.append(fait(cle, theirs))
            score -= weight
    meme_forme = deduce(ours).forme is deduce(theirs).forme
    return Voisine(ville, tuple(communs), tuple(differents), score, meme_forme, ())


def _same(cle: str, ours: Reponses, theirs: Reponses) -> bool:
    if cle == "employeur_mediation" and same_employer(ours) and same_employer(theirs):
        return True
    return ours[cle] == theirs[cle]
