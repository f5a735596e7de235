"""The yearly evaluation: teams first, directions blind to each other, sums for the many, signed for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine

from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.evaluations.actions import (
    answer,
    ask_around,
    give_opinion,
    open_evaluation,
    sign,
    years_to_evaluate,
)
from maillage.evaluations.contenu import content_of, seal_of
from maillage.evaluations.models import Avis, Entour, Evaluation
from maillage.evaluations.queries import around, evaluation_of, state_of
from maillage.evaluations.rapport import as_document, as_json, as_table, found, read
from tests.cast import Cast
from tests.door import acteur

MARKS = dict.fromkeys("abcdef", "3")
LOW = dict.fromkeys("abcdef", "1")
YEAR = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _january() -> Iterator[None]:
    with time_machine.travel("2027-01-12T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def opened(cast: Cast) -> Evaluation:
    return open_evaluation(by=acteur(cast.direction_alm), partenariat=cast.ici, debut=YEAR)


@pytest.fixture
def told(cast: Cast, opened: Evaluation) -> Evaluation:
    """The three teams have filled their sheet."""
    for who, marks in (("karim", MARKS), ("nuit", MARKS), ("samira", LOW)):
        give_opinion(by=acteur(cast.membres[who]), evaluation=opened.pk, notes=marks, mot="On s'appelle.")
    return opened


@pytest.fixture
def rated(cast: Cast, told: Evaluation) -> Evaluation:
    """Both directions have given their marks."""
    give_opinion(by=acteur(cast.direction_alm), evaluation=told.pk, notes=MARKS)
    give_opinion(by=acteur(cast.direction_relais), evaluation=told.pk, notes=LOW)
    return told


def test_a_year_is_opened_once_and_never_shares_a_month(cast: Cast, opened: Evaluation) -> None:
    assert (opened.debut, opened.fin, opened.periode) == (YEAR, date(2026, 12, 31), "2026")
    assert years_to_evaluate(cast.ici) == []
    with time_machine.travel("2027-06-12T10:00:00+02:00", tick=False):
        # The twelve months that end in May would share seven with it.
        assert years_to_evaluate(cast.ici) == []
        with pytest.raises(BadAnswer):
            open_evaluation(by=acteur(cast.direction_alm), partenariat=cast.ici, debut=date(2026, 6, 1))
    assert Evaluation.objects.count() == 1


def test_who_may_open(cast: Cast) -> None:
    with pytest.raises(CannotWrite):
        open_evaluation(by=acteur(cast.karim), partenariat=cast.ici, debut=YEAR)
    with pytest.raises(NotYours):
        open_evaluation(by=acteur(cast.direction_sud), partenariat=cast.ici, debut=YEAR)
    with pytest.raises(NotNow, match="une direction dans chacun"):
        open_evaluation(by=acteur(cast.direction_sud), partenariat=cast.ailleurs, debut=YEAR)
    assert Evaluation.objects.count() == 0


def test_directions_wait_for_every_team(cast: Cast, opened: Evaluation) -> None:
    give_opinion(by=acteur(cast.karim), evaluation=opened.pk, notes=MARKS)
    with pytest.raises(NotNow, match="Les équipes d'abord : on attend la feuille de La Nuit, Le Relais"):
        give_opinion(by=acteur(cast.direction_alm), evaluation=opened.pk, notes=MARKS)
    assert Avis.objects.count() == 1


def test_a_team_reads_the_others_once_all_have_spoken(cast: Cast, opened: Evaluation) -> None:
    give_opinion(by=acteur(cast.karim), evaluation=opened.pk, notes=MARKS)
    state = state_of(opened)
    assert state.readable(cast.relais.pk) == []
    assert [str(one.service) for one in state.readable(cast.alm.pk)] == ["ALM"]
    for who in ("nuit", "samira"):
        give_opinion(by=acteur(cast.membres[who]), evaluation=opened.pk, notes=LOW)
    assert len(state_of(opened).readable(cast.relais.pk)) == 3


def test_a_team_has_one_sheet_and_nobody_s_name(cast: Cast, opened: Evaluation) -> None:
    give_opinion(by=acteur(cast.karim), evaluation=opened.pk, notes=MARKS)
    give_opinion(by=acteur(cast.nadia), evaluation=opened.pk, notes=LOW)
    assert list(Avis.objects.values_list("service__nom_court", "notes")) == [("ALM", LOW)]
    assert {field.name for field in Avis._meta.get_fields()} == {
        "id", "evaluation", "genre", "service", "notes", "mot", "le",
    }  # fmt: skip


def test_neither_direction_reads_the_other_before_both_are_in(cast: Cast, told: Evaluation) -> None:
    give_opinion(by=acteur(cast.direction_alm), evaluation=told.pk, notes=MARKS)
    assert {one.genre for one in state_of(told).readable(cast.relais.pk)} == {"equipe"}
    marks = [note["genre"] for one in content_of(told)["prerequis"] for note in one["notes"]]
    assert set(marks) == {"equipe"}
    give_opinion(by=acteur(cast.direction_relais), evaluation=told.pk, notes=LOW)
    assert [note["note"] for note in content_of(told)["prerequis"][0]["notes"]] == ["3", "3", "1", "3", "1"]
    with pytest.raises(NotNow):
        give_opinion(by=acteur(cast.direction_alm), evaluation=told.pk, notes=LOW)


@pytest.mark.parametrize(
    ("notes", "mot", "said"),
    [
        ({"a": "3"}, "", "Il manque 5 notes sur six."),
        ({**MARKS, "a": "9"}, "", "Il manque 1 note sur six."),
        (MARKS, "x" * 601, "Le mot dépasse 600 signes"),
        (MARKS, "Monsieur Dupont ne répond jamais.", "ferait reconnaître quelqu'un"),
    ],
)
def test_a_bad_sheet_is_refused_whole(
    cast: Cast, opened: Evaluation, notes: dict[str, str], mot: str, said: str
) -> None:
    with pytest.raises(BadAnswer, match=said):
        give_opinion(by=acteur(cast.karim), evaluation=opened.pk, notes=notes, mot=mot)
    assert not Avis.objects.exists()


def test_the_many_are_a_sum_unreadable_under_five(cast: Cast, told: Evaluation) -> None:
    young = ask_around(by=acteur(cast.direction_alm), evaluation=told.pk, qui="jeunes")
    parents = ask_around(by=acteur(cast.direction_alm), evaluation=told.pk, qui="parents")
    three = {"qui": "4", "reponse": "2", "utile": "3"}
    for _ in range(5):
        answer(token=young, answers=three)
    for _ in range(4):
        answer(token=parents, answers=three)
    assert content_of(told)["entours"] == []
    give_opinion(by=acteur(cast.direction_alm), evaluation=told.pk, notes=MARKS)
    give_opinion(by=acteur(cast.direction_relais), evaluation=told.pk, notes=LOW)
    said = {one["qui"]: [line[1] for line in one["lignes"]] for one in content_of(told)["entours"]}
    # Unanimous: the mean stops short of the ends, or it would tell each one's answer.
    assert said == {"Jeunes": ["3,8 sur 4", "2 sur 4", "3 sur 4"], "Parents": ["moins de cinq réponses"] * 3}
    with pytest.raises(NotYours):
        answer(token=young, answers=three)
    sign(by=acteur(cast.direction_alm), evaluation=told.pk)
    assert Entour.objects.get(qui="parents").comptes == {}


def test_a_structure_answers_once_in_its_own_name(cast: Cast, opened: Evaluation) -> None:
    token = ask_around(by=acteur(cast.coordination), evaluation=opened.pk, qui="bailleur", nom=" Bailleur ")
    answer(token=token, answers={"qui": "1", "reponse": "1", "utile": "1"})
    answer(token=token, answers={"qui": "4", "reponse": "3", "utile": "2"})
    assert [line[1] for line in around(opened)[0]["lignes"]] == ["Tout à fait", "Plutôt", "Un peu"]  # type: ignore[attr-defined]
    again = ask_around(by=acteur(cast.coordination), evaluation=opened.pk, qui="bailleur", nom="Bailleur")
    with pytest.raises(NotYours):
        answer(token=token, answers={"qui": "4", "reponse": "3", "utile": "2"})
    with pytest.raises(BadAnswer, match="une réponse sur trois"):
        answer(token=again, answers={"qui": "4"})
    with pytest.raises(BadAnswer, match="Nommez la structure"):
        ask_around(by=acteur(cast.coordination), evaluation=opened.pk, qui="college")
    assert token not in Entour.objects.get().empreinte


def test_the_first_signature_freezes_the_last_one_locks(cast: Cast, rated: Evaluation) -> None:
    row = sign(by=acteur(cast.direction_alm), evaluation=rated.pk)
    assert (row.signee_le, row.empreinte) == (None, seal_of(row.contenu))
    with pytest.raises(NotNow, match="déjà là"):
        sign(by=acteur(cast.direction_alm), evaluation=rated.pk)
    with pytest.raises(NotNow):
        ask_around(by=acteur(cast.direction_alm), evaluation=rated.pk, qui="jeunes")
    frozen = row.contenu
    cast.ici.rythme_reunion_semaines = 1
    cast.ici.save()
    row = sign(by=acteur(cast.direction_relais), evaluation=rated.pk)
    assert (row.signee_le is not None, content_of(row)) == (True, frozen)
    for who in ("karim", "direction_alm"):
        with pytest.raises(NotNow):
            give_opinion(by=acteur(cast.membres[who]), evaluation=rated.pk, notes=LOW)


def test_nothing_is_signed_before_its_time(cast: Cast, told: Evaluation) -> None:
    with pytest.raises(NotNow, match="Chaque équipe, puis chaque direction"):
        sign(by=acteur(cast.direction_alm), evaluation=told.pk)
    with pytest.raises(CannotWrite):
        sign(by=acteur(cast.cheffe_alm), evaluation=told.pk)
    assert Evaluation.objects.get().empreinte == ""


def test_another_partnership_reads_nothing(cast: Cast, opened: Evaluation) -> None:
    for who, pk in (("direction_sud", opened.pk), ("dpo", opened.pk), ("karim", uuid4())):
        with pytest.raises(NotYours):
            evaluation_of(acteur(cast.membres[who]), pk)


def test_the_document_says_every_mark_and_no_agent(cast: Cast, rated: Evaluation) -> None:
    sign(by=acteur(cast.direction_alm), evaluation=rated.pk)
    one = read("ici", 2026)
    assert one is not None
    text = repr(as_document(one)) + repr(as_json(one)) + repr(as_table(one))
    assert "Le Relais, direction : pas encore (1/4)" in text
    assert "ALM, direction : plutôt (3/4)" in text
    names = [member.poste.professionnel.prenom for member in cast.membres.values()]
    assert [name for name in names if name in text] == []
    assert found(rated).signatures == ["direction de ALM, le 12/01/2027"]
    assert (read("ici", 2020), read("rien")) == (None, None)
