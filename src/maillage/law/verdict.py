"""The verdict: the outcome of one case, its grounds, what is missing, and the sentences that say why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from maillage.law.codes import ISSUES, LEVE_PAR
from maillage.law.language import Lu, Marque, Regle, Voie

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manque:
    """What one rule lacks: the paths, and for each who can lift it."""

    regle: str
    faits: tuple[str, ...]
    leve_par: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Constat:
    """One rule cited by a verdict, with the conditions that fail and the way out of each.

    A position of -1 is a prohibition that an unknown fact does not allow to exclude.
    """

    regle: Regle
    manquants: tuple[tuple[int, Voie], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one case; the lists are sets, in the order of the rules.

    `jour` and `constats` are not on the wire: they let a screen tell the same story in more detail.
    """

    id: str | int | None
    issue: str
    fondements: tuple[str, ...]
    obligations: tuple[str, ...]
    manques: tuple[Manque, ...]
    questions: tuple[str, ...]
    alternatives: tuple[str, ...]
    explication: tuple[str, ...]
    jour: date | None
    constats: tuple[Constat, ...]

    def to_wire(self) -> dict[str, object]:
        """The verdict as the wire writes it."""
        return {
            "id": self.id,
            "issue": self.issue,
            "fondements": list(self.fondements),
            "obligations": list(self.obligations),
            "manques": [
                {"regle": m.regle, "faits": list(m.faits), "leve_par": dict(m.leve_par)} for m in self.manques
            ],
            "questions": list(self.questions),
            "alternatives": list(self.alternatives),
            "explication": list(self.explication),
        }


class Recit:
    """What can be said of one rule, written once so that a verdict only has to pick."""

    def __init__(self, regle: Regle) -> None:
        self.regle = regle
        cite = cite_rule(regle)
        self.tete = f"{cite[0].upper()}{cite[1:]} : {regle.dit}"
        self._dates = tuple(e.depuis or date.min for e in regle.etats)
        self._etats = tuple(e.libelle for e in regle.etats)
        self._lu = _read_in(regle.lu)
        self.remplies = tuple(f"Condition remplie : {c.dit}." for c in regle.si)

    def etat(self, jour: date | None) -> str:
        """The state of the text on that day, and in which state it was read."""
        if jour is None:
            return f"Jour inconnu ; {self._lu}."
        place = bisect_right(self._dates, jour) - 1
        named = f" ({self._etats[place]})" if place >= 0 else self._since()
        return f"Texte applicable le {say_date(jour)}{named} ; {self._lu}."

    def sentences(self, jour: date | None, manquants: tuple[tuple[int, Voie], ...]) -> tuple[str, ...]:
        """Everything about this rule: text, state, each condition met or missing."""
        debut = (self.tete, self.etat(jour))
        if not manquants:
            return debut + self.remplies
        failing = {position: voie for position, voie in manquants if position >= 0}
        said = [missing(failing[i]) if i in failing else met for i, met in enumerate(self.remplies)]
        said += [missing(voie) for position, voie in manquants if position < 0]
        return debut + tuple(said)

    def _since(self) -> str:
        """When the rule starts, where its text bears one state only."""
        depuis = self.regle.depuis
        return f", en vigueur depuis le {say_date(depuis)}" if depuis else ""


def headline(issue: str) -> str:
    """The first sentence of an explanation."""
    return ISSUES[issue] + "."


def missing(voie: Voie) -> str:
    """One failing condition: what lacks and who can lift it, or the question it hangs on."""
    if voie.question is not None:
        return f"Question ouverte {voie.question} : il faudrait admettre {voie.manque}."
    return f"Il manque {voie.manque} ; peut le lever : {LEVE_PAR[voie.leve_par]}."


def cite_rule(regle: Regle) -> str:
    """The text of a rule as one cites it: article, alinéa, other texts."""
    cite = regle.selon.cite
    if regle.alinea.isdigit():
        cite += f", alinéa {regle.alinea}"
    elif regle.alinea:
        cite += f", {regle.alinea}"
    others = " ; ".join(a.cite for a in regle.aussi)
    return f"{cite} ; {others}" if others else cite


def say_date(jour: date) -> str:
    """A day in French, the first of the month as one says it."""
    day = "1er" if jour.day == 1 else str(jour.day)
    return f"{day} {MOIS[jour.month - 1]} {jour.year}"


def _read_in(lu: Lu) -> str:
    """In which state the text was read, and how surely."""
    marques = {
        Marque.VERIFIE: "lu dans le texte même",
        Marque.SECONDE: "connu par une source citée",
        Marque.MEMOIRE: "cité de mémoire, à vérifier",
        Marque.DOCTRINE: "doctrine",
    }
    said = marques[lu.marque]
    if lu.le is not None:
        said += f", état du {say_date(lu.le)}"
    if lu.reserve:
        said += f" ; {lu.reserve}"
    return said + (" ; à vérifier sur Légifrance" if lu.a_verifier else "")
