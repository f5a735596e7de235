"""The catalogue of the law, for pages and documentation: rules, articles, questions, labels."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from functools import cache

from maillage.law.alternatives import ALTERNATIVES
from maillage.law.codes import ISSUES, LEVE_PAR, OBLIGATIONS, TITRES
from maillage.law.facts import FAIT_PAR_CHEMIN, FAITS
from maillage.law.language import Article, Fait, Genre, Regle
from maillage.law.questions import QUESTIONS, Question
from maillage.law.rules import REGLES

MOIS_DE_VALIDITE = 6
"""A text whose last reading is older than this, in months, shows a banner."""

_LISTES: Mapping[str, Mapping[str, str]] = {
    "issue": ISSUES,
    "titre": TITRES,
    "obligation": OBLIGATIONS,
    "leve_par": LEVE_PAR,
    "alternative": {a.code: a.libelle for a in ALTERNATIVES},
    "question": {q.code: q.titre for q in QUESTIONS},
}


def rules() -> tuple[Regle, ...]:
    """Every rule, in reading order."""
    return REGLES


@cache
def _by_id() -> dict[str, Regle]:
    """Rules by identifier."""
    return {r.id: r for r in REGLES}


def rule(identifiant: str) -> Regle:
    """One rule; KeyError when the identifier is not one of the catalogue."""
    return _by_id()[identifiant]


@cache
def articles() -> tuple[tuple[Article, tuple[Regle, ...]], ...]:
    """Every text, with the rules that rest on it, in the order in which the rules cite them."""
    cited: dict[str, tuple[Article, list[Regle]]] = {}
    for regle in REGLES:
        for article in (regle.selon, *regle.aussi):
            cited.setdefault(article.cite, (article, []))[1].append(regle)
    return tuple((article, tuple(regles)) for article, regles in cited.values())


def questions() -> tuple[Question, ...]:
    """Every open question; `a_lecture` tells those that a partnership may settle."""
    return QUESTIONS


def question(code: str) -> Question:
    """One open question; KeyError for an unknown code."""
    return {q.code: q for q in QUESTIONS}[code]


def facts() -> tuple[Fait, ...]:
    """Every fact of the wire, readings included, in its order."""
    return FAITS


def label(liste: str, code: str) -> str:
    """The French label of a code of `issue`, `titre`, `obligation`, `leve_par`, `alternative`,
    `question`; KeyError for an unknown list or code."""
    return _LISTES[liste][code]


def labels(liste: str) -> Mapping[str, str]:
    """Every code of a list with its French label."""
    return _LISTES[liste]


def fact_label(chemin: str) -> str:
    """The French name of a fact; KeyError for an unknown path."""
    return FAIT_PAR_CHEMIN[chemin].libelle


def value_label(chemin: str, valeur: str | bool) -> str:
    """The French label of a value of a fact; KeyError or ValueError when there is none."""
    fait = FAIT_PAR_CHEMIN[chemin]
    code = ("true" if valeur else "false") if fait.genre is Genre.BOOLEEN else str(valeur)
    return fait.libelles[fait.valeurs.index(code)]


def banner(regle: Regle, on: date) -> str:
    """The warning to show with a rule on that day, empty when its text was read recently enough."""
    lu_le = regle.lu.le
    if lu_le is not None and months_after(lu_le, MOIS_DE_VALIDITE) >= on:
        return ""
    return (
        "Le texte de cette règle n'a pas été relu depuis plus de six mois : "
        "vérifiez-le sur Légifrance avant de vous y fier."
    )


def months_after(jour: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(jour.year * 12 + jour.month - 1 + months, 12)
    return date(year, month + 1, min(jour.day, calendar.monthrange(year, month + 1)[1]))
