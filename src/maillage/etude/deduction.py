"""The form of a partnership, deduced from facts; pure Python.

Who employs, who steers, what is signed, by whom: five questions decide. An unknown answer is tried with
each of its possible values: when all lead to one form, the form is established; otherwise the weakest of
the possible forms is kept, because an unknown paper is no paper, and the others are named with the
questions that would settle.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, product
from typing import Any, Final

from maillage.etude.enums import Certitude, FormeDeduite
from maillage.etude.questionnaire import NSP, Reponses, fait, question

DECISIVES: Final = ("employeur_prevention", "employeur_mediation", "direction", "ecrit", "signataires")
"""Questions that decide the form; the others say how it lives."""

_FORCE: Final[Mapping[FormeDeduite, int]] = {forme: rang for rang, forme in enumerate(FormeDeduite)}
_TOUTES: Final = frozenset({FormeDeduite.INFORMEL, FormeDeduite.CONVENTION, FormeDeduite.PILOTAGE_UNIQUE})


@dataclass(frozen=True, slots=True)
class Deduction:
    """The conclusion: the form kept, how sure, the facts that decided, those that contradict, what would
    settle."""

    forme: FormeDeduite
    certitude: Certitude
    possibles: tuple[FormeDeduite, ...]
    decisifs: tuple[str, ...]
    contraires: tuple[str, ...]
    a_preciser: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """The conclusion in one sentence, certainty included."""
        nom = self.forme.libelle
        if self.certitude is Certitude.ETABLIE:
            return f"{nom} : vos réponses suffisent à l'établir."
        autres = " ou ".join(f.libelle.lower() for f in self.possibles if f is not self.forme)
        if self.certitude is Certitude.OUVERTE:
            return (
                f"On ne peut pas encore conclure. Par prudence : {nom.lower()} ; {autres} restent possibles."
            )
        return f"{nom}, par prudence : avec ce que vous ne savez pas encore, ce pourrait être {autres}."


def deduce(reponses: Reponses) -> Deduction:
    """Deduce the form of partnership from the answers."""
    possibles = possible_forms(reponses)
    forme = min(possibles, key=_FORCE.__getitem__)
    if len(possibles) == 1:
        certitude = Certitude.ETABLIE
    else:
        certitude = Certitude.OUVERTE if possibles >= _TOUTES else Certitude.PRUDENTE
    return Deduction(
        forme=forme,
        certitude=certitude,
        possibles=tuple(sorted(possibles, key=_FORCE.__getitem__)),
        decisifs=tuple(fait(cle, reponses) for cle in deciding_keys(reponses, possibles)),
        contraires=contradictions(reponses, forme),
        a_preciser=tuple(_settling(reponses, possibles)),
    )


def same_employer(reponses: Reponses) -> bool:
    """Whether one legal person employs both teams; two public bodies of one kind are the same one."""
    mediation, prevention = reponses["employeur_mediation"], reponses["employeur_prevention"]
    return mediation == "meme_organisme" or (
        mediation == prevention and mediation in ("commune", "intercommunalite")
    )


def possible_forms(reponses: Reponses) -> frozenset[FormeDeduite]:
    """Every form that some way of filling the unknown answers would give."""
    return frozenset(_form(world) for world in _worlds(reponses))


def _form(r: Reponses) -> FormeDeduite:
    if "aucun" in (r["employeur_prevention"], r["employeur_mediation"]):
        return FormeDeduite.UN_SEUL_METIER
    engage = r.parmi("signataires", "autorites")
    droit = same_employer(r) or (r.parmi("ecrit", "acte") and engage)
    if r.parmi("direction", "meme_direction") and droit:
        return FormeDeduite.PILOTAGE_UNIQUE
    if r.parmi("ecrit", "convention", "acte") and engage:
        return FormeDeduite.CONVENTION
    return FormeDeduite.INFORMEL


def _worlds(reponses: Reponses) -> Iterator[Reponses]:
    choices = []
    for cle in DECISIVES:
        # Not knowing who employs a team is not the same as having none.
        options = [o.cle for o in question(cle).options if o.cle != "aucun"]
        choices.append([reponses[cle]] if reponses.connue(cle) else options)
    for values in product(*choices):
        yield Reponses(dict(zip(DECISIVES, values, strict=True)))


def deciding_keys(reponses: Reponses, possibles: frozenset[FormeDeduite]) -> tuple[str, ...]:
    """Known answers that decide: when one form is left, the fewest that establish it by themselves;
    otherwise those without which other forms would be possible."""
    known = [cle for cle in DECISIVES if reponses.connue(cle)]
    if len(possibles) == 1:
        subsets = (kept for size in range(len(known) + 1) for kept in combinations(known, size))
        return next(kept for kept in subsets if possible_forms(_only(reponses, kept)) == possibles)
    alone = tuple(cle for cle in known if possible_forms(reponses.avec(**{cle: NSP})) != possibles)
    return alone or tuple(known)


def _only(reponses: Reponses, keys: tuple[str, ...]) -> Reponses:
    return Reponses({cle: reponses[cle] for cle in keys})


def _settling(reponses: Reponses, possibles: frozenset[FormeDeduite]) -> Iterator[str]:
    if len(possibles) == 1:
        return
    for cle in DECISIVES:
        if reponses.connue(cle):
            continue
        options = [o.cle for o in question(cle).options if o.cle != "aucun"]
        if any(possible_forms(reponses.avec(**{cle: option})) != possibles for option in options):
            yield question(cle).intitule


def contradictions(reponses: Reponses, forme: FormeDeduite) -> tuple[str, ...]:
    """Sentences for the facts that contradict a form, or temper it; nothing is hidden to make a form neat."""
    return tuple(row["dit"] for row in _contraires() if _holds(row, reponses, forme))


def _holds(row: Mapping[str, Any], reponses: Reponses, forme: FormeDeduite) -> bool:
    if forme not in row.get("formes", list(FormeDeduite)):
        return False
    if "meme_employeur" in row and (
        not _employers_known(reponses) or same_employer(reponses) != row["meme_employeur"]
    ):
        return False
    return all(reponses.parmi(cle, *options) for cle, options in row["quand"].items())


def _employers_known(reponses: Reponses) -> bool:
    return same_employer(reponses) or (
        reponses.connue("employeur_mediation") and reponses.connue("employeur_prevention")
    )


@cache
def _contraires() -> tuple[Mapping[str, Any], ...]:
    text = (files("maillage.etude") / "contenu" / "contraires.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["contraires"])
