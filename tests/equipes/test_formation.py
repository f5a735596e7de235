"""Training: the engine alone knows the answers, progress is one's own, the last case makes the module."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions.enums import EtatConvention
from maillage.conventions.errors import BadAnswer, NotYours
from maillage.conventions.models import Convention, LectureAdoptee
from maillage.conventions.queries import closed_to
from maillage.directory.models import Poste
from maillage.equipes.actions import read_card
from maillage.equipes.enums import Carte
from maillage.equipes.formation import answer_case, case_of, modules_by_function, parcours
from maillage.equipes.formation_cas import FILE, bank, cases_of
from maillage.equipes.models import CasCompris
from maillage.law.codes import ISSUES, OBLIGATIONS, TITRES
from maillage.law.decision import decide
from maillage.law.facts import FAIT_PAR_CHEMIN
from maillage.law.rules import REGLES
from tests.cast import Cast
from tests.door import acteur, add_clause, adopt

pytestmark = pytest.mark.django_db
RETURN, AGREED = "des-nouvelles", "il-est-d-accord"


def new_post(cast: Cast, key: str = "karim") -> None:
    """Let one of the cast be new: the module is not done."""
    Poste.objects.filter(pk=cast.membres[key].poste.pk).update(module_valide_le=None)


def outcomes(cast: Cast) -> dict[str, str]:
    return {one.code: one.issue for one in cases_of(cast.ici, clock.today(), cast.karim.poste)}


def learn_all(cast: Cast, key: str = "karim") -> int:
    """Answer every case as the law does; return how many."""
    me = acteur(cast.membres[key])
    todo = [one.cas for one in parcours(me, cast.ici).pas]
    for one in todo:
        answer_case(by=me, partenariat=cast.ici, code=one.code, choix=one.issue)
    return len(todo)


def test_no_answer_is_written_in_the_data() -> None:
    """Only stories and facts of the law's vocabulary: no outcome, no rule, no duty, no article."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    keys = {key for one in read["cas"] for key in one}
    assert keys == {"code", "theme", "titre", "recit", "emetteur", "destinataire", "faits", "propre"}
    facts = {path for one in read["cas"] for path in one["faits"]}
    assert facts - set(FAIT_PAR_CHEMIN) == set()
    assert {key for one in read["acteurs"].values() for key in one} == {"nom", "faits"}
    words = set(json.dumps(read, ensure_ascii=False).split('"'))
    known = {*ISSUES, *TITRES.values(), *OBLIGATIONS, *(rule.id for rule in REGLES)}
    assert words & known == set()


def test_the_bank_is_whole() -> None:
    situations, outsiders = bank()
    codes = [one.code for one in situations]
    assert len(codes) == len(set(codes)) == 30
    assert sum(not one.propre for one in situations) == 23
    trades = {"mediation_sociale", "prevention_specialisee"}
    assert {one.emetteur for one in situations} == trades
    assert {one.destinataire for one in situations} == trades | set(outsiders)


def test_the_five_outcomes_are_met(cast: Cast) -> None:
    assert set(outcomes(cast).values()) == set(ISSUES)


def test_the_same_case_has_another_answer_where_a_clause_and_a_reading_hold(cast: Cast) -> None:
    before = outcomes(cast)
    assert (before[RETURN], before[AGREED], len(before)) == ("incomplet", "incomplet", 23)
    add_clause(cast.ici, "clause_retour", True)
    add_clause(cast.ici, "information_rgpd", True)
    adopt(cast.ici, "U-10")
    after = outcomes(cast)
    assert (after[RETURN], after[AGREED]) == ("permis", "permis")
    assert {code for code in before if before[code] != after[code]} == {RETURN, AGREED}
    assert set(after) - set(before) == {"majeur-et-d-accord"}


def test_the_page_says_which_clause_and_which_reading_make_the_answer(cast: Cast) -> None:
    add_clause(cast.ici, "clause_retour", True)
    add_clause(cast.ici, "information_rgpd", True)
    adopt(cast.ici, "U-10")
    reasons = case_of(acteur(cast.samira), cast.ici, RETURN).because()
    assert [one.partition(" – ")[0][:52] for one in sorted(reasons)] == [
        "Clause clause_retour",
        "L'accord de la personne permet-il un retour vers qui",
    ]
    assert case_of(acteur(cast.samira), cast.ici, "il-a-dit-non").because() == []


def test_what_is_shown_is_what_the_engine_says(cast: Cast) -> None:
    for one in cases_of(cast.ici, clock.today(), cast.karim.poste):
        assert decide(one.case).issue == one.issue == one.verdict().issue


def test_a_right_answer_is_kept_and_a_wrong_one_never(cast: Cast) -> None:
    me = acteur(cast.karim)
    wrong = answer_case(by=me, partenariat=cast.ici, code=AGREED, choix="interdit")
    assert (wrong.juste, CasCompris.objects.count()) == (False, 0)
    right = answer_case(by=me, partenariat=cast.ici, code=AGREED, choix="incomplet")
    assert (right.juste, right.fini) == (True, False)
    again = answer_case(by=me, partenariat=cast.ici, code=AGREED, choix="permis")
    assert (again.juste, CasCompris.objects.count()) == (False, 1)
    assert {field.name for field in CasCompris._meta.fields} == {
        "id", "poste", "partenariat", "cas", "issue", "le",
    }  # fmt: skip
    assert not Ligne.objects.filter(objet_genre="poste").exists()


def test_progress_is_one_s_own(cast: Cast) -> None:
    answer_case(by=acteur(cast.karim), partenariat=cast.ici, code=AGREED, choix="incomplet")
    assert parcours(acteur(cast.karim), cast.ici).compris == 1
    for other in ("nadia", "cheffe_alm", "direction_alm", "samira"):
        assert parcours(acteur(cast.membres[other]), cast.ici).compris == 0


def test_the_last_case_makes_the_module_of_the_post(cast: Cast) -> None:
    new_post(cast)
    assert learn_all(cast) == 23
    assert Poste.objects.get(pk=cast.karim.poste.pk).module_valide_le == clock.today()
    assert Ligne.objects.get(objet_genre="poste").detail == {}
    learn_all(cast)
    assert Ligne.objects.filter(objet_genre="poste").count() == 1


def test_the_module_opens_what_waited_for_a_newcomer(cast: Cast) -> None:
    """The door reads that fact: a post that began under the convention exchanges once it is done."""
    since = clock.today() - timedelta(days=60)
    Convention.objects.create(
        partenariat=cast.ici,
        version=1,
        etat=EtatConvention.SIGNEE,
        ouverte_le=clock.now(),
        ouverte_par=cast.direction_alm.poste,
        texte_du=since,
        debut=since,
        fin=since + timedelta(days=365),
        revue_le=since + timedelta(days=180),
    )
    new_post(cast)
    Poste.objects.filter(pk=cast.karim.poste.pk).update(debut=since)
    cast.karim.poste.refresh_from_db()
    for carte in Carte:
        read_card(by=acteur(cast.karim), partenariat=cast.ici, carte=carte)
    assert closed_to(cast.karim.poste, clock.today(), [cast.ici.pk]) == {cast.ici.pk}
    learn_all(cast)
    cast.karim.poste.refresh_from_db()
    assert closed_to(cast.karim.poste, clock.today(), [cast.ici.pk]) == frozenset()


def test_a_module_done_keeps_its_first_day(cast: Cast) -> None:
    before = clock.today() - timedelta(days=400)
    Poste.objects.filter(pk=cast.karim.poste.pk).update(module_valide_le=before)
    learn_all(cast)
    assert Poste.objects.get(pk=cast.karim.poste.pk).module_valide_le == before


def test_a_case_whose_answer_changed_here_is_taken_again(cast: Cast) -> None:
    learn_all(cast)
    add_clause(cast.ici, "information_rgpd", True)
    mine = parcours(acteur(cast.karim), cast.ici)
    assert [one.cas.code for one in mine.pas if one.change] == [AGREED]
    following = mine.after()
    assert following is not None
    assert following.cas.code == AGREED


def test_the_next_case_comes_round_again(cast: Cast) -> None:
    mine = parcours(acteur(cast.karim), cast.ici)
    last, first = mine.pas[-1].cas.code, mine.pas[0].cas.code
    following = mine.after(last)
    assert following is not None
    assert following.cas.code == first


def test_trainers_read_a_count_by_function_and_never_who(cast: Cast) -> None:
    new_post(cast)
    assert modules_by_function(acteur(cast.cheffe_alm)) == [
        ("Médiateur·rice", 1, 2),
        ("Correspondant·e de nuit", 1, 1),
        ("Chef·fe de service", 1, 1),
        ("Direction", 1, 1),
    ]
    for who in ("karim", "samira", "dpo", "coordination"):
        with pytest.raises(NotYours):
            modules_by_function(acteur(cast.membres[who]))


@pytest.mark.parametrize("who", ["dpo", "coordination", "maire", "mediateur_sud"])
def test_outside_the_two_trades_or_the_partnership_there_is_no_set(cast: Cast, who: str) -> None:
    with pytest.raises(NotYours):
        parcours(acteur(cast.membres[who]), cast.ici)


def test_a_bad_answer_or_case_is_said(cast: Cast) -> None:
    me = acteur(cast.karim)
    with pytest.raises(BadAnswer, match="Choisissez une des cinq réponses"):
        answer_case(by=me, partenariat=cast.ici, code=AGREED, choix="peut-être")
    with pytest.raises(NotYours):
        answer_case(by=me, partenariat=cast.ici, code="autre-chose", choix="permis")
    # A case of its own kind is absent where nothing here changes its answer.
    with pytest.raises(NotYours):
        case_of(me, cast.ici, "majeur-et-d-accord")


def test_a_trade_without_anyone_leaves_no_set(cast: Cast) -> None:
    Poste.objects.filter(service=cast.relais, role="educateur").update(fin=clock.today() - timedelta(days=1))
    assert parcours(acteur(cast.karim), cast.ici).pas == []


def test_the_set_costs_the_same_whatever_the_clauses(cast: Cast) -> None:
    counts = []
    for fait in ("clause_retour", "information_rgpd"):
        add_clause(cast.ici, fait, True)
        with CaptureQueriesContext(connection) as queries:
            parcours(acteur(cast.karim), cast.ici)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_reading_that_ended_changes_the_answer_back(cast: Cast) -> None:
    for fait in ("clause_retour", "information_rgpd"):
        add_clause(cast.ici, fait, True)
    adopted = adopt(cast.ici, "U-10")
    assert outcomes(cast)[RETURN] == "permis"
    LectureAdoptee.objects.filter(pk=adopted.pk).update(fin=clock.today() - timedelta(days=1))
    assert outcomes(cast)[RETURN] == "incomplet"
