"""The properties that the law must keep whatever the case (the prover shows them for every case)."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import maillage.law
from maillage.law.case import Case, Valeur
from maillage.law.decision import LAW, Law, decide
from maillage.law.facts import FAIT_PAR_CHEMIN, FAITS
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.facts.jour import BORNES, DATE
from maillage.law.language import Dans, Fait, Genre, facts_of, facts_of_rule
from maillage.law.rules import REGLES
from tests.law.cas import case_of_ranks, cases, forget, near_case
from tests.law.lecture_simple import holds

OPEN = ("permis", "obligatoire")
ORIENTATION_RULES = {"ORIENT-PRIVE", "ORIENT-PUBLIC", "RELAIS-PRESENT", "MED-TIERS", "RETOUR-CONVENU"}
bounded = settings(max_examples=150, deadline=None, derandomize=True)


def _is(case: Case) -> tuple[str, set[str]]:
    issue, fondements = LAW.issue(case)
    return issue, set(fondements)


def _with(**faits: Valeur) -> dict[str, Valeur]:
    return {k.replace("__", "."): v for k, v in faits.items()}


identifying = _with(contenu__identification="directe", date=date(2026, 6, 1))


@bounded
@given(cases)
def test_p1_the_form_of_partnership_changes_nothing(case: Case) -> None:
    wires = [decide(case.avec({"forme_partenariat": f})).to_wire() for f in ("informel", "convention")]
    wires.append(decide(case.avec({"forme_partenariat": "pilotage_unique"})).to_wire())
    assert wires[0] == wires[1] == wires[2]


def test_p1_no_rule_reads_the_form() -> None:
    forme = FAIT_PAR_CHEMIN["forme_partenariat"]
    assert [r.id for r in REGLES if forme in facts_of_rule(r)] == []


@bounded
@given(
    near_case(("CASF-L226-2-2", "CASF-L121-6-2-al5"), 2),
    st.sampled_from(["donne", "refuse", "non_demande"]),
    st.sampled_from(["donne", "refuse"]),
)
def test_p2_agreements_never_decide_protected_sharing(case: Case, personne: str, parent: str) -> None:
    issue, fondements = _is(case)
    assume(issue == "permis" and fondements & {"CASF-L226-2-2", "CASF-L121-6-2-al5"})
    after, _ = _is(case.avec(_with(accord_personne=personne, accord_titulaire=parent)))
    assert after == "permis"


@bounded
@given(cases)
def test_p3_what_identifies_nobody_is_always_allowed(case: Case) -> None:
    assert _is(case.avec(_with(contenu__identification="aucune"))) == ("permis", {"G-NON-PERSONNEL"})


@bounded
@given(cases, st.sampled_from(["bailleur", "transporteur", "autre_elu"]))
def test_p4_a_bound_sender_never_reaches_landlords_nor_elected_people(case: Case, qui: str) -> None:
    case = case.avec({**identifying, "destinataire.fonction": qui})
    assume(holds(EMETTEUR.secret.parmi("ferme"), case))
    issue, fondements = _is(case)
    allowed = {"CSI-L132-5"} if case.valeur("lecture.U-9") == "rapport" else set()
    assert issue != "permis" or fondements <= allowed


@bounded
@given(cases, st.sampled_from(["accord_personne", "accord_titulaire", "clause_retour", "information_rgpd"]))
def test_p4_no_agreement_clause_notice_or_necessity_creates_a_duty(case: Case, chemin: str) -> None:
    before, after = case, case.avec({chemin: "donne" if chemin.startswith("accord") else True})
    after = after.avec(_with(contenu__strictement_necessaire=True))
    assert (_is(before)[0] == "obligatoire") is (_is(after)[0] == "obligatoire")


@bounded
@given(cases)
def test_p5_every_answer_names_a_rule_and_every_rule_a_text(case: Case) -> None:
    verdict = decide(case, with_questions=False)
    assert verdict.fondements
    assert len(verdict.fondements) == len(set(verdict.fondements))
    assert all(c.regle.selon.cite for c in verdict.constats)


@pytest.mark.parametrize(
    "chemin",
    [
        "sujet.vulnerable",
        "situation.mauvais_traitements_connus",
        "situation.peril_imminent",
        "situation.aggravation",
        "situation.infraction_connue",
        "requisition_ecrite",
        "destinataire_auteur_ip",
        "situation.emetteur_seul",
    ],
)
@bounded
@given(case=near_case(("obligatoire",), 2))
def test_p6_worse_facts_never_remove_a_duty(case: Case, chemin: str) -> None:
    assume(_is(case)[0] == "obligatoire")
    assert _is(case.avec({chemin: True}))[0] == "obligatoire"


@bounded
@given(cases)
def test_p7_a_refusal_is_never_overcome(case: Case) -> None:
    issue, fondements = _is(case.avec(_with(accord_personne="refuse")))
    assert issue != "permis" or not fondements & ORIENTATION_RULES


@pytest.mark.parametrize("borne", BORNES)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(case=cases)
def test_p8_a_date_changes_only_the_rules_that_start_there(case: Case, borne: date) -> None:
    rank = DATE.parmi(borne.isoformat()).rangs
    others = Law(
        [
            r
            for r in REGLES
            if r.depuis != borne
            and not any(DATE in facts_of(c.si) and _turns_at(c.si, min(rank)) for c in r.si)
        ]
    )
    eve, day = (case.avec({"date": d}) for d in (borne - timedelta(days=1), borne))
    assert others.issue(eve) == others.issue(day)


def _turns_at(formule: object, rank: int) -> bool:
    """A formula reads this very bound: it can tell the eve from the day."""

    def atoms(part: object) -> list[Dans]:
        if isinstance(part, Dans):
            return [part]
        return [a for p in getattr(part, "parts", ()) for a in atoms(p)]

    return any(a.fait is DATE and ((rank in a.rangs) != (rank - 1 in a.rangs)) for a in atoms(formule))


def test_p9_no_input_for_notoriety_trust_diploma_building_or_employer() -> None:
    assert len(FAITS) == 52
    forbidden = ("notori", "confiance", "anciennet", "diplom", "batiment", "employeur", "adhesion", "nom")
    assert [f.chemin for f in FAITS if f.chemin.startswith(forbidden)] == []


@bounded
@given(cases)
def test_p10_a_bound_sender_reaches_an_unbound_mediator_by_few_doors(case: Case) -> None:
    mediator = _with(destinataire__fonction="mediateur", destinataire__emploi="salarie_prive")
    case = case.avec({**identifying, **mediator, "destinataire.fondement_secret": ()})
    assume(holds(EMETTEUR.secret.parmi("ferme"), case))
    issue, fondements = _is(case)
    doors = {"RELAIS-PRESENT", "ORIENT-ACCUSE", "CASF-L121-6-2-al5"}
    doors |= {"RETOUR-CONVENU"} if case.valeur("lecture.U-10") == "rapport" else set()
    doors |= {"CSI-L132-5"} if case.valeur("lecture.U-9") == "rapport" else set()
    assert issue != "permis" or fondements <= doors


@settings(max_examples=400, deadline=None, derandomize=True)
@given(cases, st.sampled_from([f for f in FAITS if f.genre is not Genre.LECTURE]))
def test_p11_forgetting_a_fact_never_helps(case: Case, fait: Fait) -> None:
    assume(_is(case)[0] not in OPEN)
    assert _is(forget(case, fait))[0] not in OPEN


@bounded
@given(cases)
def test_p12_each_missing_fact_has_someone_who_can_lift_it(case: Case) -> None:
    verdict = decide(case, with_questions=False)
    assert (verdict.issue in ("incomplet", "a_trancher")) or verdict.manques == ()
    for manque in verdict.manques:
        assert manque.faits
        assert tuple(manque.leve_par) == manque.faits
        assert all(manque.leve_par.values())
        assert set(manque.faits) <= set(FAIT_PAR_CHEMIN)


@bounded
@given(cases)
def test_p13_a_public_place_opens_no_protected_exchange(case: Case) -> None:
    issue, fondements = _is(case.avec(_with(cadre="lieu_public")))
    closed = ORIENTATION_RULES - {"MED-TIERS"} | {"CASF-L226-2-2", "CASF-L121-6-2-al5", "CSI-L132-5"}
    assert issue != "permis" or not fondements & closed


@bounded
@given(cases)
def test_p15_two_runs_give_one_verdict(case: Case) -> None:
    assert decide(case_of_ranks(case.rangs)).issue == decide(case).issue
    assert decide(case) == decide(case)


def test_p15_the_engine_reads_no_clock_no_file_no_network_and_no_django() -> None:
    allowed = {
        "__future__", "bisect", "calendar", "collections", "dataclasses", "datetime", "difflib", "enum",
        "functools", "itertools", "json", "maillage", "numpy", "re", "typing", "urllib", "z3",
    }  # fmt: skip
    root = Path(maillage.law.__file__).parent
    seen: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = {a.name.split(".")[0] for a in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {(node.module or "").split(".")[0]}
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                names = {f"{called}()"} if called in ("today", "now", "open", "urlopen") else set()
            else:
                continue
            for name in names - allowed:
                seen.setdefault(name, set()).add(path.name)
    assert seen == {}
