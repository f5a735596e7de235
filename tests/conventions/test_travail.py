"""Rules of work: a clause writes a delay, a rhythm or who answers; the law reads none of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from maillage.base import clock
from maillage.conventions.actions import (
    open_workshop,
    propose_clause,
    settle_text,
    sign_convention,
    vote_clause,
)
from maillage.conventions.actions.atelier import Wording
from maillage.conventions.enums import OrigineClause
from maillage.conventions.errors import BadAnswer, NotNow
from maillage.conventions.models import Clause, ClauseProposee, Convention, Partenariat
from maillage.conventions.queries import facts
from maillage.conventions.regles import longest_closing, regle_lines, regles
from maillage.orientations.actions import accept_orientation, decline_orientation, redirect_orientation
from maillage.orientations.enums import EtatReception, MotifDecline, MotifReorientation
from maillage.orientations.queries import received_face
from maillage.pilotage.delais import answered_within, meetings_at
from maillage.reunions.actions import set_rhythm
from maillage.reunions.queries import latest_date
from maillage.sharing.errors import ReadOnly
from tests.cast import Cast
from tests.door import acteur, add_clause, send

pytestmark = pytest.mark.django_db
TWO_WEEKS = Wording("Répondre sous dix jours", "On répond vite.", "travail.delai_reponse", 10)


def _proposed(cast: Cast, *wordings: Wording) -> Convention:
    row = open_workshop(by=acteur(cast.karim), partenariat=cast.ici)
    for wording in wordings:
        clause = propose_clause(
            by=acteur(cast.karim), convention=row.pk, origine=OrigineClause.PRATIQUE, wording=wording
        )
        for who in (cast.karim, cast.samira):
            vote_clause(by=acteur(who), clause=clause.pk, redaction=1, pour=True)
    return row


def _settle(cast: Cast, row: Convention) -> Convention:
    today = clock.today()
    dates = {"debut": today, "fin": today + timedelta(365), "revue_le": today + timedelta(180)}
    return settle_text(by=acteur(cast.direction_alm), convention=row.pk, **dates)


def _signed(cast: Cast, *wordings: Wording) -> Convention:
    row = _settle(cast, _proposed(cast, *wordings))
    for who in (cast.direction_alm, cast.direction_relais):
        row = sign_convention(by=acteur(who), convention=row.pk, le=clock.today())
    return row


def test_a_signed_clause_writes_the_delay_and_the_law_reads_nothing_of_it(cast: Cast) -> None:
    before = send(cast)
    _signed(cast, TWO_WEEKS)
    after = send(cast)
    today = clock.today()
    assert facts(cast.ici, today) == []
    assert [row.reponse_attendue_le for row in (before, after)] == [
        today + timedelta(14),
        today + timedelta(10),
    ]
    assert [row.cloture_prevue_le for row in (before, after)] == [today + timedelta(42)] * 2
    line = next(one for one in regle_lines(cast.ici, today) if one.dit.startswith("Réponse attendue"))
    assert (line.valeur, line.clause and line.clause.titre) == ("sous 10 jours", TWO_WEEKS.titre)
    assert regles(cast.ici, today - timedelta(1)).delai_reponse_jours == 14
    assert regles(cast.ailleurs, today).delai_reponse_jours == 14


def test_a_clause_sets_the_closing_day_that_is_the_same_whatever_happens(cast: Cast) -> None:
    add_clause(cast.ici, "travail.delai_cloture", 56)
    today = clock.today()
    assert send(cast).cloture_prevue_le == today + timedelta(56)
    assert longest_closing(cast.ici, today, today) == 56
    assert longest_closing(cast.ailleurs, today, today) == 42


def test_a_clause_writes_the_rhythm_which_no_one_then_changes_beside_it(cast: Cast) -> None:
    add_clause(cast.ici, "travail.rythme_reunion", 4)
    today = clock.today()
    assert latest_date(cast.ici, today) == today + timedelta(weeks=4)
    with pytest.raises(BadAnswer, match=r"La clause « Clause travail\.rythme_reunion » écrit le rythme"):
        set_rhythm(by=acteur(cast.cheffe_alm), partenariat=cast.ici, semaines=8)
    cast.ici.refresh_from_db()
    assert cast.ici.rythme_reunion_semaines == 6
    assert meetings_at(cast.ici, 4) == (0, 13)


@pytest.mark.parametrize(
    ("fait", "valeur", "said"),
    [
        ("travail.rythme_reunion", 0, "« Réunion du partenariat » va de 1 à 26 semaines, jamais zéro."),
        (
            "travail.delai_reponse",
            91,
            "« Réponse attendue à une orientation » va de 1 à 90 jours, jamais 91.",
        ),
        ("travail.delai_reponse", True, "jamais True"),
        ("travail.delai_cloture", None, "jamais rien"),
        ("travail.reponse_par", "le_maire", "Choisissez qui répond dans la liste."),
        ("travail.salaire", 3, "« travail.salaire » n'est pas une règle de travail connue."),
    ],
)
def test_an_absurd_rule_is_one_sentence_and_nothing_is_kept(
    cast: Cast, fait: str, valeur: str | int | None, said: str
) -> None:
    with pytest.raises(BadAnswer) as refused:
        _proposed(cast, replace(TWO_WEEKS, fait=fait, valeur=valeur))
    assert said in str(refused.value)
    assert ClauseProposee.objects.count() == 0


def test_a_rule_of_work_is_never_of_one_trade_alone(cast: Cast) -> None:
    with pytest.raises(BadAnswer, match="tout le partenariat"):
        _proposed(cast, replace(TWO_WEEKS, metier="mediation_sociale"))


def test_two_clauses_that_contradict_each_other_are_not_settled(cast: Cast) -> None:
    row = _proposed(cast, TWO_WEEKS, replace(TWO_WEEKS, titre="Répondre sous trois semaines", valeur=21))
    with pytest.raises(NotNow) as refused:
        _settle(cast, row)
    assert str(refused.value) == (
        "« Répondre sous dix jours » et « Répondre sous trois semaines » se contredisent (Réponse attendue "
        "à une orientation : sous 10 jours ; Réponse attendue à une orientation : sous 21 jours) : gardez "
        "l'une des deux."
    )
    row.refresh_from_db()
    assert (row.etat, row.clauses.filter(retiree_le=None).count()) == ("atelier", 2)


def test_an_answer_is_never_expected_after_the_orientation_is_closed(cast: Cast) -> None:
    closing = Wording("Fermer vite", "Quatre semaines.", "travail.delai_cloture", 28)
    row = _proposed(cast, replace(TWO_WEEKS, valeur=28), closing)
    with pytest.raises(NotNow, match="sous 28 jours vient trop tard : l'orientation se ferme après 28 jours"):
        _settle(cast, row)


def test_a_clause_keeps_declining_for_the_chief_of_service(cast: Cast) -> None:
    row, samira = send(cast), acteur(cast.samira)
    clause = add_clause(cast.ici, "travail.reponse_par", "decline_chef")
    said = f"La clause « {clause.titre} » laisse cette réponse à la cheffe ou au chef de service."
    face = received_face(samira, row.pk)
    assert (face.kept_take, face.kept_decline) == ("", said)
    with pytest.raises(ReadOnly, match="laisse cette réponse"):
        decline_orientation(orientation=row, by=samira, motif=MotifDecline.AUTRE)
    with pytest.raises(ReadOnly, match="laisse cette réponse"):
        redirect_orientation(orientation=row, by=samira, motif=MotifReorientation.AUTRE_BESOIN, vers=None)
    assert row.reception.etat == EtatReception.A_VOIR
    decline_orientation(orientation=row, by=acteur(cast.cheffe_relais), motif=MotifDecline.AUTRE)
    accept_orientation(orientation=send(cast), by=samira)


def test_a_clause_keeps_every_answer_for_the_chief_unless_there_is_none(cast: Cast) -> None:
    row, samira = send(cast), acteur(cast.samira)
    add_clause(cast.ici, "travail.reponse_par", "chef")
    with pytest.raises(ReadOnly, match="laisse cette réponse"):
        accept_orientation(orientation=row, by=samira)
    cast.cheffe_relais.poste.fin = clock.today() - timedelta(1)
    cast.cheffe_relais.poste.save()
    accept_orientation(orientation=row, by=samira)
    row.reception.refresh_from_db()
    assert row.reception.etat == EtatReception.ACCEPTEE


def test_a_delay_is_not_tried_on_too_few_orientations(cast: Cast) -> None:
    send(cast)
    assert answered_within(cast.ici, 14) is None


def test_the_later_clause_wins_and_each_ends_at_its_term(cast: Cast) -> None:
    add_clause(cast.ici, "travail.delai_reponse", 21)
    later = add_clause(cast.ici, "travail.delai_reponse", 7)
    today = clock.today()
    Clause.objects.filter(pk=later.pk).update(debut=today - timedelta(3), fin=today)
    assert [regles(cast.ici, today + timedelta(days)).delai_reponse_jours for days in (-4, 0, 1)] == [
        21,
        7,
        21,
    ]


def test_delays_that_changed_before_the_last_signature_are_read_again(cast: Cast) -> None:
    row = _settle(cast, _proposed(cast, replace(TWO_WEEKS, valeur=28)))
    Partenariat.objects.filter(pk=cast.ici.pk).update(delai_cloture_jours=28)
    sign_convention(by=acteur(cast.direction_alm), convention=row.pk, le=clock.today())
    with pytest.raises(NotNow, match="sous 28 jours vient trop tard"):
        sign_convention(by=acteur(cast.direction_relais), convention=row.pk, le=clock.today())
    row.refresh_from_db()
    assert (row.etat, row.signatures.count(), Clause.objects.count()) == ("arretee", 1, 0)
