"""The barometer: sums only; every join, row order and ledger line is tried to find who answered what."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from random import Random

import pytest
from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction

from maillage.audit.models import Ligne
from maillage.demo.barometer import write_barometer
from maillage.directory.models import Poste
from maillage.enquetes.actions import answer, answer_together, close_wave, open_wave
from maillage.enquetes.errors import AlreadyAnswered, EnqueteError
from maillage.enquetes.models import Depouillement, FeuilleCollective, Marque, Vague
from maillage.enquetes.queries import mean, results
from maillage.enquetes.questions import QUESTIONS
from maillage.sharing.errors import NotVisible, ReadOnly
from tests.cast import Cast, Membre
from tests.door import acteur

MEDIATION = "mediation_sociale"


def say(value: str) -> dict[str, str]:
    return {question.cle: value for question in QUESTIONS}


@pytest.fixture
def team(cast: Cast) -> list[Membre]:
    """Five field people of mediation: enough to be counted here."""
    keys = ("nadia", "karim", "lecteur", "nuit", "coordination")
    people = [cast.membres[key] for key in keys]
    Poste.objects.filter(pk__in=[one.poste.pk for one in people]).update(
        role="mediateur", lecture_seule=False
    )
    for one in people:
        one.poste.refresh_from_db()
    return people


def wave_of(cast: Cast) -> Vague:
    return open_wave(by=acteur(cast.direction_alm), partenariat=cast.ici)


def state() -> list[str]:
    """Everything the database holds, table by table, in the order it gives its rows."""
    found = []
    for model in apps.get_models():
        if model is not Marque:
            found.append(serializers.serialize("json", model._base_manager.all().order_by()))
    return found


def test_the_database_is_the_same_whoever_answered_what(cast: Cast, team: list[Membre]) -> None:
    """Five people, one who disagrees: from all that is stored, any of the five may be that one."""
    wave, seen = wave_of(cast), []
    for odd in range(5):
        with transaction.atomic():
            for rank, member in enumerate(team):
                answer(by=acteur(member), wave=wave, answers=say("1" if rank == odd else "4"))
            seen.append(state())
            transaction.set_rollback(True)
    assert all(one == seen[0] for one in seen)


def test_the_order_of_answers_leaves_no_trace(cast: Cast, team: list[Membre]) -> None:
    wave, seen = wave_of(cast), []
    for order in list(permutations(range(5)))[::40]:
        with transaction.atomic():
            for rank in order:
                answer(by=acteur(team[rank]), wave=wave, answers=say(str(1 + rank % 4)))
            seen.append((state(), sorted(Marque.objects.values_list("pk", flat=True))))
            transaction.set_rollback(True)
    assert all(one == seen[0] for one in seen)


def test_an_answer_leaves_no_ledger_line_and_no_relation(cast: Cast, team: list[Membre]) -> None:
    wave = wave_of(cast)
    lines = Ligne.objects.count()
    answer(by=acteur(team[0]), wave=wave, answers=say("2"))
    assert Ligne.objects.count() == lines
    towards = {
        field.related_model._meta.label
        for model in (Depouillement, Marque)
        for field in model._meta.get_fields()
        if field.related_model is not None
    }
    assert towards == {"conventions.Partenariat", "enquetes.Vague"}
    kinds = {f.get_internal_type() for m in (Depouillement, Marque, Vague) for f in m._meta.local_fields}
    assert kinds & {"DateField", "DateTimeField", "UUIDField", "AutoField"} == set()


def test_once_each_and_who_took_part_is_erased_at_the_end(cast: Cast, team: list[Membre]) -> None:
    wave = wave_of(cast)
    for member in team:
        answer(by=acteur(member), wave=wave, answers=say("3"))
    with pytest.raises(AlreadyAnswered, match="déjà répondu"):
        answer(by=acteur(team[0]), wave=wave, answers=say("1"))
    assert (Marque.objects.count(), results(cast.ici)) == (5, [])
    close_wave(by=acteur(cast.direction_alm), wave=wave)
    assert Marque.objects.count() == 0
    means = {one.metier: one.moyennes["droit"] for one in results(cast.ici)}
    assert means == {MEDIATION: 3.0, "prevention_specialisee": None}
    with pytest.raises(AlreadyAnswered, match="fermé"):
        answer(by=acteur(cast.samira), wave=wave, answers=say("1"))


def test_four_answers_are_neither_read_nor_kept(cast: Cast, team: list[Membre]) -> None:
    wave = wave_of(cast)
    for member in team[:4]:
        answer(by=acteur(member), wave=wave, answers=say("3"))
    close_wave(by=acteur(cast.direction_alm), wave=wave)
    assert {one.moyennes["droit"] for one in results(cast.ici)} == {None}
    assert [row.comptes for row in Depouillement.objects.filter(partenariat=cast.ici)] == [{}, {}]


def test_a_small_team_s_answers_join_the_pool(cast: Cast) -> None:
    wave = wave_of(cast)
    answer(by=acteur(cast.samira), wave=wave, answers=say("2"))
    sums = Depouillement.objects.get(partenariat=None, metier="prevention_specialisee")
    assert sums.comptes["droit"] == {"1": 0, "2": 1, "3": 0, "4": 0}
    sheet = answer_together(by=acteur(cast.cheffe_relais), wave=wave, answers=say("3"))
    assert FeuilleCollective.objects.get() == sheet
    assert [one.moyennes["droit"] for one in results(None)] == []


def test_a_big_team_does_not_answer_together(cast: Cast, team: list[Membre]) -> None:
    wave = wave_of(cast)
    with pytest.raises(EnqueteError, match="assez grande"):
        answer_together(by=acteur(cast.cheffe_alm), wave=wave, answers=say("3"))


def test_a_missing_answer_writes_nothing(cast: Cast) -> None:
    wave = wave_of(cast)
    with pytest.raises(EnqueteError, match="Il manque 1 réponse sur dix"):
        answer(by=acteur(cast.karim), wave=wave, answers=say("2") | {"droit": "9"})
    assert Marque.objects.count() == 0


def test_who_is_asked_and_who_opens(cast: Cast) -> None:
    wave = wave_of(cast)
    for member, error in (
        (cast.mediateur_sud, NotVisible), (cast.direction_alm, NotVisible), (cast.lecteur, ReadOnly)
    ):  # fmt: skip
        with pytest.raises(error):
            answer(by=acteur(member), wave=wave, answers=say("2"))
    with pytest.raises(AlreadyAnswered):
        wave_of(cast)
    with pytest.raises(ReadOnly):
        open_wave(by=acteur(cast.karim), partenariat=cast.ici)


def test_the_demo_s_two_waves_are_read_as_any_other(cast: Cast, team: list[Membre]) -> None:
    write_barometer(cast.ici, Random(1), date(2026, 11, 27))
    found = [(one.semestre, one.moyennes["droit"] is not None) for one in results(cast.ici)]
    assert found == [("2025-2", True), ("2026-1", True)]
    assert {one.metier for one in results(None)} == {"prevention_specialisee"}


def test_a_mean_tells_no_one_s_answer() -> None:
    found = [mean(counts) for counts in ({"4": 4}, {"4": 5}, {"1": 9}, {"2": 3, "3": 3})]
    assert found == [None, 3.8, 1.2, 2.5]


def test_the_small_teams_of_all_cities_have_one_sum(db: None) -> None:
    Depouillement.objects.create(semestre="2026-2", metier=MEDIATION)
    with pytest.raises(IntegrityError), transaction.atomic():
        Depouillement.objects.create(semestre="2026-2", metier=MEDIATION)
    assert Depouillement.objects.count() == 1
