"""The grammar: sets, opposites, and what unknown means; then what the rules must all have."""

import pytest
from hypothesis import given, settings

from maillage.law.case import Case
from maillage.law.facts import DERIVES, FAIT_PAR_CHEMIN, INDICE
from maillage.law.language import (
    JAMAIS,
    TOUJOURS,
    Effet,
    Formule,
    facts_of,
    oppose,
    tous,
    un_de,
)
from maillage.law.questions import QUESTIONS
from maillage.law.rules import REGLES
from tests.law.cas import any_case
from tests.law.lecture_simple import holds
from tests.law.regles import formules

CADRE = FAIT_PAR_CHEMIN["cadre"]
FONDEMENT = FAIT_PAR_CHEMIN["emetteur.fondement_secret"]


def _known(formule: Formule, case: Case) -> bool:
    """Every fact that the formula reads is known in this case."""
    return all(case.rangs[INDICE[f.chemin]] != f.inconnu for f in facts_of(formule))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(formules(), any_case())
def test_the_opposite_is_the_complement_once_everything_is_known(formule: Formule, case: Case) -> None:
    yes, no = holds(formule, case), holds(oppose(formule), case)
    assert not (yes and no)
    if _known(formule, case):
        assert yes is not no


@settings(max_examples=200, deadline=None, derandomize=True)
@given(formules())
def test_the_opposite_of_the_opposite_is_the_formula(formule: Formule) -> None:
    assert oppose(oppose(formule)) == formule


@settings(max_examples=300, deadline=None, derandomize=True)
@given(formules(), any_case())
def test_an_unknown_fact_satisfies_neither_a_formula_nor_its_opposite(formule: Formule, case: Case) -> None:
    rangs = list(case.rangs)
    for fait in facts_of(formule):
        rangs[INDICE[fait.chemin]] = fait.inconnu
    blank = Case(None, tuple(rangs), None)
    if formule not in (TOUJOURS, JAMAIS) and facts_of(formule):
        assert not (holds(formule, blank) and holds(oppose(formule), blank))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(formules(), any_case())
def test_forgetting_a_fact_never_makes_a_formula_true(formule: Formule, case: Case) -> None:
    if holds(formule, case):
        return
    for fait in facts_of(formule):
        rangs = list(case.rangs)
        rangs[INDICE[fait.chemin]] = fait.inconnu
        assert not holds(formule, Case(None, tuple(rangs), None))


def test_hors_is_known_and_outside() -> None:
    assert CADRE.hors("bilateral").rangs == frozenset(range(1, 9))
    assert CADRE.parmi("bilateral").complement == CADRE.hors("bilateral").rangs
    assert FONDEMENT.parmi("mission_ase").rangs == frozenset(r for r in range(128) if r & 1)
    assert FONDEMENT.hors(*FONDEMENT.valeurs).rangs == frozenset({0})
    with pytest.raises(ValueError, match="valeur inconnue"):
        CADRE.parmi("ailleurs")


def test_empty_connectives_are_truth_and_falsity() -> None:
    assert (tous(), un_de()) == (TOUJOURS, JAMAIS)
    assert oppose(TOUJOURS) == JAMAIS


@settings(max_examples=300, deadline=None, derandomize=True)
@given(any_case())
def test_a_derived_fact_has_one_value_at_most(case: Case) -> None:
    for derive in DERIVES:
        assert sum(holds(f, case) for f in derive.valeurs.values()) <= 1


@pytest.mark.parametrize("regle", REGLES, ids=lambda r: r.id)
def test_no_rule_lacks_a_text_a_sentence_a_condition_or_a_person(regle) -> None:  # type: ignore[no-untyped-def]
    assert regle.selon.cite
    assert regle.selon.alineas
    assert regle.dit.endswith(".")
    assert regle.si or regle.effet is Effet.PAR_DEFAUT
    for condition in regle.si:
        assert condition.dit
        assert condition.sinon
        assert bool(condition.chemin) is (regle.effet is Effet.INTERDIT)
        assert regle.effet is not Effet.IMPOSE or all(v.question for v in condition.voies)
    known = {q.code for q in QUESTIONS}
    assert set(regle.questions) <= known
    assert {v.question for c in regle.si for v in c.voies} - {None} <= known
    assert {v.chemin for c in regle.si for v in c.voies} <= set(FAIT_PAR_CHEMIN)


def test_rules_are_named_once() -> None:
    assert len({r.id for r in REGLES}) == len(REGLES) == 37
