"""A clause goes from the workshop to the vote, to the signatures, to a fact that the law reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from maillage.base import clock
from maillage.conventions.actions import (
    amend_clause,
    open_workshop,
    propose_clause,
    settle_text,
    sign_convention,
    vote_clause,
    withdraw_clause,
)
from maillage.conventions.actions.atelier import Wording
from maillage.conventions.enums import EtatConvention, OrigineClause
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours, StaleClause
from maillage.conventions.models import Clause, ClauseProposee, Convention
from maillage.conventions.queries import (
    carried,
    clauses_to_review,
    convention_in_force,
    facts,
    tally,
    wordings,
)
from maillage.orientations.actions import accept_orientation, return_suite
from maillage.orientations.enums import Suite
from maillage.sharing.errors import Withheld
from maillage.sharing.models import Echange
from tests.cast import Cast, Membre
from tests.door import WITH_RETURN, acteur, adopt, send

pytestmark = pytest.mark.django_db
RETURN = Wording("Se dire la suite", "Celui qui a orienté apprend la suite.", "clause_retour", True)


def _clause(cast: Cast, wording: Wording = RETURN, by: str = "karim") -> ClauseProposee:
    who = acteur(cast.membres[by])
    row = open_workshop(by=who, partenariat=cast.ici)
    return propose_clause(by=who, convention=row.pk, origine=OrigineClause.PRATIQUE, wording=wording)


def _vote(clause: ClauseProposee, **votes: tuple[Membre, bool]) -> None:
    for member, pour in votes.values():
        vote_clause(by=acteur(member), clause=clause.pk, redaction=clause.redaction, pour=pour)


def _settled(cast: Cast, wording: Wording = RETURN, **given: date) -> Convention:
    clause = _clause(cast, wording)
    _vote(clause, m=(cast.karim, True), p=(cast.samira, True))
    today = clock.today()
    dates = {"debut": today, "fin": today + timedelta(365), "revue_le": today + timedelta(180)} | given
    return settle_text(by=acteur(cast.direction_alm), convention=clause.convention_id, **dates)


def _signed(cast: Cast, wording: Wording = RETURN, **given: date) -> Convention:
    row = _settled(cast, wording, **given)
    for who in (cast.direction_alm, cast.direction_relais):
        row = sign_convention(by=acteur(who), convention=row.pk, le=clock.today())
    return row


def test_a_clause_voted_and_signed_establishes_its_fact(cast: Cast) -> None:
    row = _signed(cast)
    assert (row.etat, convention_in_force(cast.ici, clock.today())) == (EtatConvention.SIGNEE, row)
    found = [(one.fait, one.valeur, one.service_id) for one in facts(cast.ici, clock.today())]
    assert found == [("clause_retour", True, None)]
    assert facts(cast.ici, clock.today())[0].preuve.startswith("Convention, version 1, signée le ")
    assert facts(cast.ici, clock.today() - timedelta(1)) == []


def test_a_clause_signed_changes_the_answer_given_to_a_return(cast: Cast) -> None:
    adopt(cast.ici, "U-10")
    row, samira = send(cast, WITH_RETURN), acteur(cast.samira)
    accept_orientation(orientation=row, by=samira)
    settled = _settled(cast)
    with pytest.raises(Withheld):
        return_suite(orientation=row, by=samira, code=Suite.RELATION_ENGAGEE)
    sign_convention(by=acteur(cast.direction_alm), convention=settled.pk, le=clock.today())
    with pytest.raises(Withheld):
        return_suite(orientation=row, by=samira, code=Suite.RELATION_ENGAGEE)
    sign_convention(by=acteur(cast.direction_relais), convention=settled.pk, le=clock.today())
    return_suite(orientation=row, by=samira, code=Suite.RELATION_ENGAGEE)
    answers = Echange.objects.filter(nature="orientation_suite").order_by("le", "pk")
    assert list(answers.values_list("issue", "statut")) == [
        ("incomplet", "retenu"),
        ("incomplet", "retenu"),
        ("permis", "transmis"),
    ]


def test_one_signature_establishes_nothing(cast: Cast) -> None:
    row = _settled(cast)
    sign_convention(by=acteur(cast.direction_alm), convention=row.pk, le=clock.today())
    sign_convention(by=acteur(cast.direction_alm), convention=row.pk, le=clock.today())
    assert (facts(cast.ici, clock.today()), row.signatures.count()) == ([], 1)


def test_a_mission_is_established_for_each_service_of_its_trade(cast: Cast) -> None:
    mission = Wording("Mission", "Texte", "part_action_sociale", "mission_ecrite", "mediation_sociale")
    _signed(cast, mission)
    assert {one.service_id for one in facts(cast.ici, clock.today())} == {
        cast.alm.pk,
        cast.services["nuit"].pk,
    }


def test_both_trades_must_agree_each_counted_apart(cast: Cast) -> None:
    clause = _clause(cast)
    _vote(clause, a=(cast.karim, True), b=(cast.nadia, True), c=(cast.samira, False))
    assert carried(clause.convention) == []
    _vote(clause, c=(cast.samira, True), d=(cast.bruno, False))
    assert carried(clause.convention) == []
    _vote(clause, d=(cast.bruno, True))
    assert carried(clause.convention) == [clause]
    assert tally(clause) == {"mediation_sociale": (2, 0), "prevention_specialisee": (2, 0)}


def test_amending_keeps_the_former_text_and_drops_its_votes(cast: Cast) -> None:
    clause = _clause(cast)
    _vote(clause, m=(cast.karim, True), p=(cast.samira, True))
    changed = Wording("Se dire la suite", "Sous deux semaines.", "clause_retour", True)
    amend_clause(by=acteur(cast.samira), clause=clause.pk, redaction=1, wording=changed)
    assert [row.texte for row in clause.redactions.order_by("numero")] == [
        RETURN.texte,
        "Sous deux semaines.",
    ]
    assert (carried(clause.convention), wordings(clause.convention)[clause.pk].numero) == ([], 2)
    with pytest.raises(StaleClause) as refused:
        amend_clause(by=acteur(cast.karim), clause=clause.pk, redaction=1, wording=RETURN)
    assert (refused.value.kept, refused.value.typed) == ("Sous deux semaines.", RETURN.texte)
    with pytest.raises(StaleClause):
        vote_clause(by=acteur(cast.karim), clause=clause.pk, redaction=1, pour=True)


@pytest.mark.parametrize(
    ("fait", "valeur", "said"),
    [
        ("forme_partenariat", "convention", "La forme du partenariat n'autorise rien"),
        ("fondements_secret", "profession", "Une clause ne crée ni ne lève le secret"),
        ("notoriete", True, "Le droit ne lit pas ce fait"),
        ("contenu.nature", "x", "Aucune clause ne peut établir"),
        ("n_importe_quoi", True, "« n_importe_quoi » n'est pas un fait que le droit connaît."),
        ("clause_retour", 1, "Cette valeur n'est pas"),
        ("part_action_sociale", "mission_ecrite", "Dites de quel métier"),
    ],
)
def test_a_clause_against_a_rule_is_refused_with_a_reason(
    cast: Cast, fait: str, valeur: str | bool, said: str
) -> None:
    with pytest.raises(BadAnswer, match=said):
        _clause(cast, Wording("Titre", "Texte", fait, valeur))
    assert ClauseProposee.objects.count() == 0


def test_a_signature_before_the_text_or_to_come_is_refused(cast: Cast) -> None:
    row = _settled(cast)
    for le in (clock.today() - timedelta(1), clock.today() + timedelta(1)):
        with pytest.raises(BadAnswer):
            sign_convention(by=acteur(cast.direction_alm), convention=row.pk, le=le)
    assert row.signatures.count() == 0


def test_a_settled_text_does_not_change(cast: Cast) -> None:
    row = _settled(cast)
    clause = row.clauses.get()
    who = acteur(cast.karim)
    with pytest.raises(NotNow):
        amend_clause(by=who, clause=clause.pk, redaction=1, wording=RETURN)
    with pytest.raises(NotNow):
        withdraw_clause(by=who, clause=clause.pk)
    with pytest.raises(NotNow):
        vote_clause(by=who, clause=clause.pk, redaction=1, pour=False)


def test_a_new_version_ends_the_former_the_day_before(cast: Cast) -> None:
    today = clock.today()
    first = _signed(cast)
    second = _signed(cast, debut=today + timedelta(10))
    first.refresh_from_db()
    assert (first.fin, second.debut) == (today + timedelta(9), today + timedelta(10))
    found = [convention_in_force(cast.ici, today + timedelta(day)) for day in (9, 10)]
    assert found == [first, second]
    assert [len(facts(cast.ici, today + timedelta(day))) for day in (9, 10)] == [1, 1]


def test_two_versions_never_hold_on_one_day(cast: Cast) -> None:
    _signed(cast, debut=clock.today() + timedelta(10))
    with pytest.raises(BadAnswer, match="deux versions ne valent pas le même jour") as refused:
        _settled(cast, debut=clock.today() + timedelta(10))
    assert refused.value.champ == "debut"
    late = Convention.objects.get(etat=EtatConvention.ATELIER)
    Convention.objects.filter(pk=late.pk).update(
        etat=EtatConvention.ARRETEE,
        texte_du=clock.today(),
        debut=clock.today() + timedelta(5),
        fin=clock.today() + timedelta(50),
    )
    sign_convention(by=acteur(cast.direction_alm), convention=late.pk, le=clock.today())
    with pytest.raises(NotNow, match="deux ne valent pas le même jour"):
        sign_convention(by=acteur(cast.direction_relais), convention=late.pk, le=clock.today())
    assert late.signatures.count() == 1
    signed = Convention.objects.get(etat=EtatConvention.SIGNEE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.filter(pk=late.pk).update(etat=EtatConvention.SIGNEE, debut=signed.debut)


def test_clauses_come_to_review_on_their_day_or_near_their_term(cast: Cast) -> None:
    today = clock.today()
    _signed(cast)
    clause = Clause.objects.get()
    due = [bool(clauses_to_review(cast.ici, today + timedelta(day))) for day in (0, 179, 180)]
    assert due == [False, False, True]
    Clause.objects.filter(pk=clause.pk).update(revue_le=None)
    near = [clauses_to_review(cast.ici, today + timedelta(day)) for day in (304, 305, 366)]
    assert near == [[], [clause], []]


def test_who_may_write_in_the_workshop(cast: Cast) -> None:
    clause = _clause(cast)
    for who in ("maire", "coordination", "mediateur_sud", "direction_sud"):
        with pytest.raises(NotYours):
            vote_clause(by=acteur(cast.membres[who]), clause=clause.pk, redaction=1, pour=True)
    with pytest.raises(CannotWrite):
        vote_clause(by=acteur(cast.lecteur), clause=clause.pk, redaction=1, pour=True)
    today = clock.today()
    dates = {"debut": today, "fin": today + timedelta(365), "revue_le": today + timedelta(180)}
    with pytest.raises(NotYours):
        settle_text(by=acteur(cast.karim), convention=clause.convention_id, **dates)
    with pytest.raises(NotNow, match="Aucune clause"):
        settle_text(by=acteur(cast.direction_alm), convention=clause.convention_id, **dates)
