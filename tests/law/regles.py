"""Strategies that draw formulas and whole sets of rules, to compare the readings on any law at all."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from maillage.law.facts import DERIVES, FAIT_PAR_CHEMIN
from maillage.law.facts.jour import BORNES
from maillage.law.language import (
    Condition,
    Dans,
    Effet,
    Fait,
    Formule,
    Genre,
    Lu,
    Marque,
    Regle,
    Tous,
    UnDe,
    Voie,
    exige,
)
from maillage.law.rules import REGLES

FACTS = [
    FAIT_PAR_CHEMIN[c]
    for c in (
        "date",
        "emetteur.fonction",
        "emetteur.fondement_secret",
        "sujet.tranche_age",
        "situation.coordonnateur",
        "contenu.nature",
        "cadre",
        "accord_personne",
        "information_rgpd",
        "lecture.U-4",
    )
]
ARTICLE = REGLES[0].selon
ISSUE_ORDER = (Effet.ECARTE, Effet.SITUE, Effet.DONNE_ACCES, Effet.IMPOSE, Effet.INTERDIT, Effet.AUTORISE)


@st.composite
def _atom(draw: st.DrawFn) -> Formule:
    """A fact in a set, or a derived fact in a set."""
    if draw(st.integers(0, 5)) == 0:
        derive = draw(st.sampled_from(DERIVES))
        return derive.parmi(*draw(st.lists(st.sampled_from(list(derive.valeurs)), min_size=1, max_size=2)))
    fait: Fait = draw(st.sampled_from(FACTS))
    if fait.genre is Genre.DATE:
        return Dans(fait, frozenset(draw(st.sets(st.integers(0, fait.inconnu - 1), max_size=4))))
    values = draw(st.lists(st.sampled_from(fait.valeurs), min_size=1, max_size=4, unique=True))
    return fait.parmi(*values) if draw(st.booleans()) else fait.hors(*values)


def formules(leaves: int = 5) -> st.SearchStrategy[Formule]:
    """Any formula of a few atoms."""
    return st.recursive(
        _atom(),
        lambda parts: st.one_of(
            st.lists(parts, max_size=3).map(lambda p: Tous(tuple(p))),
            st.lists(parts, max_size=3).map(lambda p: UnDe(tuple(p))),
        ),
        max_leaves=leaves,
    )


@st.composite
def _condition(draw: st.DrawFn, effet: Effet) -> Condition:
    """A condition, with ways out where the effect may have some."""
    si = draw(formules(4))
    if effet is Effet.INTERDIT:
        return Condition("c", "non c", si, (), draw(st.sampled_from(["cadre", "contenu.nature"])))
    voies = []
    for _ in range(draw(st.integers(0, 2)) if effet is not Effet.ECARTE else 0):
        question = draw(st.sampled_from([None, None, "U-1", "U-8"]))
        chemin = draw(st.sampled_from(["accord_personne", "cadre", "date"]))
        voies.append(Voie(chemin, "emetteur", "m", draw(formules(2)), question))
    return exige(si, "c", "non c", *voies)


@st.composite
def _rule(draw: st.DrawFn, effet: Effet, name: str) -> Regle:
    """One rule of an effect, with a date."""
    depuis: date | None = draw(st.sampled_from([None, *BORNES]))
    conditions = draw(st.lists(_condition(effet), max_size=3))
    return Regle(name, effet, ARTICLE, "", "d.", depuis, Lu(None, Marque.DOCTRINE), tuple(conditions))


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[Regle, ...]:
    """A whole law: a few rules of any effect, and the default that always answers."""
    effects = draw(st.lists(st.sampled_from(ISSUE_ORDER), min_size=1, max_size=7))
    rules = [draw(_rule(e, f"R{i}")) for i, e in enumerate(effects)]
    end = Regle("FIN", Effet.PAR_DEFAUT, ARTICLE, "", "d.", None, Lu(None, Marque.DOCTRINE), ())
    return (*rules, end)
