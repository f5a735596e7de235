"""A shadowing day: proposed by one service, answered by the other, done; it names nobody, opens nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.directory.models import Poste
from maillage.equipes.enums import EtatJournee, Moment
from maillage.equipes.journees import (
    Proposal,
    answer_day,
    cancel_day,
    confirm_day,
    days,
    days_to_answer,
    propose_day,
)
from maillage.equipes.models import JourneeObservation
from maillage.sharing.models import Ouverture
from tests.cast import Cast
from tests.door import acteur

pytestmark = pytest.mark.django_db


def proposal(cast: Cast, ahead: int = 7) -> Proposal:
    """Ask Le Relais to watch its work in a week."""
    return Proposal(cast.relais.pk, False, clock.today() + timedelta(days=ahead), Moment.SOIREE, 2)


def propose(cast: Cast, who: str = "cheffe_alm") -> JourneeObservation:
    return propose_day(by=acteur(cast.membres[who]), partenariat=cast.ici, data=proposal(cast))


def come(row: JourneeObservation) -> None:
    """Let the day arrive."""
    JourneeObservation.objects.filter(pk=row.pk).update(jour=clock.today())


def test_proposed_accepted_done(cast: Cast) -> None:
    row = propose(cast)
    assert (row.accueil, row.invite, row.propose, row.etat) == (cast.relais, cast.alm, cast.alm, "proposee")
    assert [days_to_answer(acteur(cast.membres[who])) for who in ("cheffe_relais", "cheffe_alm")] == [1, 0]
    assert answer_day(by=acteur(cast.cheffe_relais), journee=row.pk, accepte=True).etat == "acceptee"
    with pytest.raises(NotNow):
        confirm_day(by=acteur(cast.cheffe_alm), journee=row.pk)
    come(row)
    assert confirm_day(by=acteur(cast.cheffe_alm), journee=row.pk).etat == EtatJournee.FAITE
    assert confirm_day(by=acteur(cast.cheffe_relais), journee=row.pk).etat == EtatJournee.FAITE
    lines = Ligne.objects.filter(objet_genre="journee_observation").order_by("pk")
    assert [line.detail.get("etat", "") for line in lines] == ["", "acceptee", "faite"]


def test_what_a_day_holds_names_nobody_and_opens_nothing(cast: Cast) -> None:
    row = propose(cast)
    answer_day(by=acteur(cast.cheffe_relais), journee=row.pk, accepte=True)
    assert {field.name for field in JourneeObservation._meta.fields} == {
        "id", "partenariat", "accueil", "invite", "propose", "jour", "moment", "nombre", "etat",
        "proposee_le", "repondue_le",
    }  # fmt: skip
    assert Ouverture.objects.count() == 0


def test_the_same_proposal_asks_once(cast: Cast) -> None:
    assert propose(cast).pk == propose(cast).pk
    cancel_day(by=acteur(cast.cheffe_alm), journee=propose(cast).pk)
    propose(cast)
    assert JourneeObservation.objects.count() == 2


def test_each_service_reads_its_own_side(cast: Cast) -> None:
    propose(cast)
    ours, theirs = (days(acteur(cast.membres[who]), cast.ici)[0] for who in ("cheffe_alm", "cheffe_relais"))
    assert (ours.autre, ours.chez_nous, ours.a_repondre, ours.annulable) == (cast.relais, False, False, True)
    assert (theirs.autre, theirs.chez_nous, theirs.a_repondre) == (cast.alm, True, True)
    samira = days(acteur(cast.samira), cast.ici)[0]
    assert (samira.a_repondre, samira.annulable) == (False, False)
    assert days(acteur(cast.nuit), cast.ici) == []
    with pytest.raises(NotYours):
        days(acteur(cast.mediateur_sud), cast.ici)


def test_a_declined_day_is_over(cast: Cast) -> None:
    row = propose(cast)
    assert answer_day(by=acteur(cast.cheffe_relais), journee=row.pk, accepte=False).etat == "annulee"
    for act in (confirm_day, cancel_day):
        with pytest.raises(NotNow):
            act(by=acteur(cast.cheffe_alm), journee=row.pk)
    with pytest.raises(NotNow):
        answer_day(by=acteur(cast.cheffe_relais), journee=row.pk, accepte=True)


def test_nobody_answers_for_the_other(cast: Cast) -> None:
    row = propose(cast)
    with pytest.raises(NotNow):
        answer_day(by=acteur(cast.cheffe_alm), journee=row.pk, accepte=True)
    for who in ("samira", "direction_relais", "direction_sud"):
        with pytest.raises(NotYours):
            answer_day(by=acteur(cast.membres[who]), journee=row.pk, accepte=True)
    with pytest.raises(NotYours):
        cancel_day(by=acteur(cast.cheffe_alm), journee=uuid4())


def test_a_day_that_passed_without_answer_waits_no_more(cast: Cast) -> None:
    row = propose(cast)
    JourneeObservation.objects.filter(pk=row.pk).update(jour=clock.today() - timedelta(days=1))
    assert days_to_answer(acteur(cast.cheffe_relais)) == 0
    with pytest.raises(NotNow):
        answer_day(by=acteur(cast.cheffe_relais), journee=row.pk, accepte=True)


def test_bad_proposals_are_said_and_keep_nothing(cast: Cast) -> None:
    head, good = acteur(cast.cheffe_alm), proposal(cast)
    today = clock.today()
    for data, champ in (
        (replace(good, autre=cast.services["nuit"].pk), "autre"),
        (replace(good, autre=cast.prevention_sud.pk), "autre"),
        (replace(good, jour=today - timedelta(days=1)), "jour"),
        (replace(good, jour=today + timedelta(days=366)), "jour"),
        (replace(good, nombre=4), "nombre"),
        (replace(good, nombre=0), "nombre"),
    ):
        with pytest.raises(BadAnswer) as caught:
            propose_day(by=head, partenariat=cast.ici, data=data)
        assert caught.value.champ == champ
    assert JourneeObservation.objects.count() == 0


@pytest.mark.parametrize("who", ["karim", "direction_alm", "dpo", "coordination", "direction_sud"])
def test_only_a_head_of_service_proposes(cast: Cast, who: str) -> None:
    with pytest.raises(NotYours):
        propose(cast, who)


def test_a_head_who_only_reads_proposes_nothing(cast: Cast) -> None:
    Poste.objects.filter(pk=cast.cheffe_alm.poste.pk).update(lecture_seule=True)
    cast.cheffe_alm.poste.refresh_from_db()
    with pytest.raises(CannotWrite):
        propose(cast)
