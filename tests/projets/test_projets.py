"""A project: decided by two trades, worked, paid to the cent, compared with care."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.projets import actions, bilan, queries
from maillage.projets.enums import EtatProjet
from maillage.projets.models import Projet
from tests.cast import Cast
from tests.door import acteur
from tests.projects_made import data_of, decided, proposed, under_way, write_note


def test_it_is_decided_when_both_trades_have_signed(cast: Cast) -> None:
    row = proposed(cast)
    assert row.etat == EtatProjet.PROPOSE
    actions.sign_finding(by=acteur(cast.nadia), projet=row.pk)
    assert queries.project_of(acteur(cast.karim), row.pk).etat == EtatProjet.PROPOSE
    actions.sign_finding(by=acteur(cast.samira), projet=row.pk)
    actions.sign_finding(by=acteur(cast.bruno), projet=row.pk)
    again = queries.project_of(acteur(cast.karim), row.pk)
    assert (again.etat, again.signatures.count()) == (EtatProjet.DECIDE, 2)
    assert Ligne.objects.filter(objet_genre="projet", acte="decision").count() == 2


def test_two_services_of_one_trade_do_not_decide(cast: Cast) -> None:
    row = proposed(cast)
    actions.sign_finding(by=acteur(cast.membres["nuit"]), projet=row.pk)
    assert queries.project_of(acteur(cast.karim), row.pk).etat == EtatProjet.PROPOSE


def test_nothing_begins_before_the_second_signature(cast: Cast) -> None:
    row = proposed(cast)
    with pytest.raises(NotNow, match="signature des deux métiers"):
        actions.begin(by=acteur(cast.karim), projet=row.pk, le=clock.today())


@pytest.mark.parametrize(
    ("changed", "champ"),
    [
        ({"titre": " "}, "titre"),
        ({"constat": ""}, "constat"),
        ({"finalite": "x" * 401}, "finalite"),
        ({"genre": "guerre"}, "genre"),
    ],
)
def test_bad_input_leaves_nothing(cast: Cast, changed: dict[str, str], champ: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        proposed(cast, **changed)
    assert (refused.value.champ, Projet.objects.count()) == (champ, 0)


def test_the_place_is_one_of_the_partnership(cast: Cast) -> None:
    elsewhere = replace(data_of(cast), lieu=cast.square_sud.pk)
    with pytest.raises(BadAnswer, match="couvre"):
        actions.propose_project(by=acteur(cast.karim), partenariat=cast.ici, data=elsewhere)


def test_the_money_is_exact_to_the_cent(cast: Cast) -> None:
    """By hand: 10 × (7 h 30 and 3 h 20) at 9,37 €; 1 000,10 + 243,45 in, 512,30 out."""
    row = under_way(cast)
    by, day = acteur(cast.samira), clock.today()
    for minutes in (450, 200):
        actions.add_session(
            by=by, projet=row.pk, le=day, services=[cast.relais.pk], minutes=minutes, taux_centimes=937
        )
    for poste, prevu, realise in (
        ("financement", 100000, 100010),
        ("recette", 0, 24345),
        ("materiel", 60000, 51230),
    ):
        actions.add_line(by=by, projet=row.pk, poste=poste, libelle="x", prevu=prevu, realise=realise, le=day)
    read = queries.project_of(by, row.pk)
    found = queries.account(list(read.lignes.all()), list(read.seances.all()))
    # 450 min at 937 = 7027.5 → 7028; 200 min at 937 = 3123.33 → 3123.
    assert (found.paie, found.recettes, found.depenses) == (10151, 124355, 51230)
    assert found.solde == 124355 - 51230 - 10151
    assert bilan.euros(found.solde) == "629,74\u202f€"
    assert bilan.euros(-123456) == "−1\u202f234,56\u202f€"


def test_hours_are_paid_in_a_chantier_only_and_with_their_rate(cast: Cast) -> None:
    row, by = under_way(cast, genre="animation"), acteur(cast.samira)
    day, crew = clock.today(), [cast.relais.pk]
    with pytest.raises(BadAnswer, match="chantier"):
        actions.add_session(by=by, projet=row.pk, le=day, services=crew, minutes=60, taux_centimes=900)
    paid = under_way(cast)
    with pytest.raises(BadAnswer, match="ensemble"):
        actions.add_session(by=by, projet=paid.pk, le=day, services=crew, minutes=60)
    with pytest.raises(BadAnswer, match="équipes"):
        actions.add_session(by=by, projet=paid.pk, le=day, services=[cast.mediation_sud.pk])
    with pytest.raises(BadAnswer, match="entre le"):
        actions.add_session(by=by, projet=paid.pk, le=day + timedelta(days=1), services=crew)


def test_the_place_is_compared_in_shares_not_in_numbers(cast: Cast) -> None:
    """Twice as many passages after, the same share of trouble: nothing changed."""
    row = under_way(cast, days=30)
    assert row.debut is not None
    before, after = row.debut - timedelta(days=3), row.debut + timedelta(days=11)
    for number in range(10):
        write_note(cast, cast.karim, before, "regroupement" if number < 4 else "rien_a_signaler")
    for number in range(20):
        write_note(cast, cast.samira, after, "regroupement" if number < 8 else "rien_a_signaler")
    done = actions.finish(
        by=acteur(cast.karim), projet=row.pk, le=row.debut + timedelta(days=10), bilan="Bien."
    )
    found = queries.before_and_after(done)
    assert found is not None
    assert [(one.passages, one.signales, one.part) for one in found] == [(10, 4, 40), (20, 8, 40)]


def test_under_five_passages_nothing_is_claimed(cast: Cast) -> None:
    row = under_way(cast)
    assert row.debut is not None
    done = actions.finish(by=acteur(cast.karim), projet=row.pk, le=row.debut, bilan="Bien.")
    found = queries.before_and_after(done)
    assert found is not None
    assert [one.part for one in found] == [None, None]


def test_signals_of_the_place_before_it_was_proposed(cast: Cast) -> None:
    for days in (1, 59, 61):
        write_note(cast, cast.karim, clock.today() - timedelta(days=days), "regroupement")
    write_note(cast, cast.karim, clock.today() - timedelta(days=2), "rien_a_signaler")
    found = queries.signals_before(proposed(cast))
    assert (found.nouvelles, found.notes) == (0, 2)


def test_an_ended_project_takes_no_more(cast: Cast) -> None:
    row = under_way(cast)
    by = acteur(cast.karim)
    actions.finish(by=by, projet=row.pk, le=clock.today(), bilan="Bien.")
    for act in (
        lambda: actions.add_session(by=by, projet=row.pk, le=clock.today(), services=[cast.alm.pk]),
        lambda: actions.finish(by=by, projet=row.pk, le=clock.today(), bilan="Encore."),
        lambda: actions.give_up(by=by, projet=row.pk),
        lambda: actions.enrol(by=acteur(cast.samira), projet=row.pk, accompagnement=uuid4()),
    ):
        with pytest.raises(NotNow):
            act()


def test_the_wall_and_read_only(cast: Cast) -> None:
    row = proposed(cast)
    with pytest.raises(NotYours):
        queries.project_of(acteur(cast.educatrice_sud), row.pk)
    with pytest.raises(NotYours):
        actions.sign_finding(by=acteur(cast.educatrice_sud), projet=row.pk)
    with pytest.raises(CannotWrite):
        actions.sign_finding(by=acteur(cast.lecteur), projet=row.pk)


def test_what_other_rooms_ask(cast: Cast) -> None:
    row = under_way(cast, days=10)
    other = decided(cast, titre="Un autre")
    actions.give_up(by=acteur(cast.karim), projet=other.pk)
    today = clock.today()
    assert [one.pk for one in queries.live_projects(cast.ici)] == [row.pk]
    assert [one.pk for one in queries.projects_born_at([cast.hall.pk], today)] == [row.pk]
    week = timedelta(days=7)
    assert [one.pk for one in queries.projects_between(cast.ici, today - week, today)] == [row.pk]
    assert queries.projects_between(cast.ici, today - 5 * week, today - 2 * week) == []
    assert queries.live_projects(cast.ailleurs) == []


def test_the_bilan_says_what_it_cannot_claim(cast: Cast) -> None:
    row = under_way(cast)
    actions.finish(by=acteur(cast.karim), projet=row.pk, le=clock.today(), bilan="Six jeunes ont peint.")
    made = bilan.as_document(queries.project_of(acteur(cast.karim), row.pk), 4)
    said = repr(made)
    assert "moins de cinq" in said
    assert all(limit in said for limit in bilan.LIMITS)
    assert "Six jeunes ont peint." in said
