"""The coordonnateur: nothing before the act, its scope during, nothing after (CASF L. 121-6-2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from maillage.base import clock
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.dossiers.models import Accompagnement
from maillage.sharing import designations as acts
from maillage.sharing import persons
from maillage.sharing.designations import coordinated_families, designation_facts
from maillage.sharing.errors import NotNow, NotVisible, Stale
from maillage.sharing.models import Designation
from tests.cast import Cast
from tests.door import acteur


@pytest.fixture
def staffed(cast: Cast) -> Cast:
    """The cast with its town hall in the partnership and a coordonnateur there."""
    cast.ici.participations.create(service=cast.mairie, debut=cast.maire.poste.debut)
    poste = cast.direction_alm.poste
    Poste.objects.filter(pk=poste.pk).update(role=Role.COORDONNATEUR, service=cast.mairie)
    poste.refresh_from_db()
    return cast


def prepared(cast: Cast, names: tuple[str, ...] = ("Aîné",)) -> Designation:
    """An act with both opinions, these persons in its scope, not signed."""
    mayor, samira = acteur(cast.maire), acteur(cast.samira)
    row = acts.open_designation(
        by=mayor,
        partenariat=cast.ici,
        coordonnateur=cast.direction_alm.poste,
        saisine="professionnel",
        sujets=["logement"],
    )
    for name in names:
        taken = persons.open_accompagnement(
            by=samira, pseudonyme=name, tranche_age="15_17", origine="famille"
        )
        acts.enter_scope(by=samira, designation=row.pk, accompagnement=taken.accompagnement)
    acts.note_step(by=mayor, designation=row.pk, step="accord", version=0)
    acts.note_step(by=mayor, designation=row.pk, step="consultation", version=1)
    return row


def sign(cast: Cast, row: Designation, **changed: Any) -> None:
    """Sign for ten days from tomorrow."""
    debut = clock.today() + timedelta(days=1)
    dates = {"debut": debut, "fin": debut + timedelta(days=9), "version": 2, **changed}
    acts.sign_designation(by=acteur(cast.maire), designation=row.pk, **dates)


def seen(cast: Cast, days: int) -> list[list[str]]:
    """Return the names each family shows to the coordonnateur that many days from now."""
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        families = coordinated_families(acteur(cast.direction_alm))
    return [[one.appellation for one in family.personnes] for family in families]


def test_nothing_before_then_the_scope_then_nothing(staffed: Cast) -> None:
    row = prepared(staffed)
    sibling = persons.open_accompagnement(
        by=acteur(staffed.samira), pseudonyme="Cadet", tranche_age="moins_15", origine="famille"
    )
    assert seen(staffed, 0) == []
    sign(staffed, row)
    assert [seen(staffed, days) for days in (0, 1, 10, 11)] == [[], [["Aîné"]], [["Aîné"]], []]
    day = clock.today() + timedelta(days=1)
    (covered,) = row.perimetre.values_list("personne", flat=True)
    (fact,) = designation_facts(covered, day).values()
    assert (fact.valeur, designation_facts(sibling.personne, day)) == ("designe_pour_ce_sujet", {})
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        acts.end_designation(by=acteur(staffed.maire), designation=row.pk, version=3)
    assert (seen(staffed, 2), designation_facts(covered, day)) == ([], {})


def test_each_step_in_its_order(staffed: Cast) -> None:
    mayor = acteur(staffed.maire)
    row = acts.open_designation(
        by=mayor,
        partenariat=staffed.ici,
        coordonnateur=staffed.direction_alm.poste,
        saisine="initiative",
        sujets=["scolarite"],
    )
    with pytest.raises(NotNow):
        acts.note_step(by=mayor, designation=row.pk, step="consultation", version=0)
    acts.note_step(by=mayor, designation=row.pk, step="accord", version=0)
    with pytest.raises(Stale):
        acts.note_step(by=mayor, designation=row.pk, step="consultation", version=0)
    with pytest.raises(NotNow):
        sign(staffed, row, version=1)
    acts.note_step(by=mayor, designation=row.pk, step="consultation", version=1)
    with pytest.raises(NotNow):
        sign(staffed, row)


@pytest.mark.requirement("S-15")
def test_only_the_mayor_acts_and_only_the_coordonnateur_reads(staffed: Cast) -> None:
    row = prepared(staffed)
    for other in (staffed.samira, staffed.direction_alm, staffed.educatrice_sud):
        with pytest.raises(NotVisible):
            acts.sign_designation(
                by=acteur(other), designation=row.pk, debut=clock.today(), fin=clock.today(), version=2
            )
    sign(staffed, row, debut=clock.today())
    for other in (staffed.maire, staffed.samira, staffed.dpo):
        with pytest.raises(NotVisible):
            coordinated_families(acteur(other))
    mine = persons.open_accompagnement(
        by=acteur(staffed.samira), pseudonyme="Tard", tranche_age="15_17", origine="famille"
    )
    with pytest.raises(NotNow):
        acts.enter_scope(by=acteur(staffed.samira), designation=row.pk, accompagnement=mine.accompagnement)


@pytest.mark.requirement("S-20")
def test_an_act_changed_beside_the_product_opens_nothing(staffed: Cast) -> None:
    """S-20: one day more, or one person more, written straight into the table."""
    first = prepared(staffed)
    sign(staffed, first, debut=clock.today())
    assert seen(staffed, 0) == [["Aîné"]]
    Designation.objects.filter(pk=first.pk).update(fin=clock.today() + timedelta(days=400))
    assert seen(staffed, 0) == []


@pytest.mark.requirement("S-20")
def test_an_ended_act_reopened_beside_the_product_opens_nothing(staffed: Cast) -> None:
    row = prepared(staffed)
    sign(staffed, row, debut=clock.today())
    (covered,) = row.perimetre.values_list("personne", flat=True)
    coordonnateur = acteur(staffed.direction_alm)
    assert acts.subject_of(coordonnateur, covered).pk == covered
    acts.end_designation(by=acteur(staffed.maire), designation=row.pk, version=3)
    Designation.objects.filter(pk=row.pk).update(finie_le=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sharing_ouverture SET cause_fin = '', fin = NULL WHERE portee = 'coordination'"
        )
    assert seen(staffed, 0) == [[]]
    with pytest.raises(NotVisible):
        acts.subject_of(coordonnateur, covered)


def overlapping(cast: Cast, *spans: tuple[int, int]) -> list[Designation]:
    """Sign one act after the other about the same person, each from a day to another, counted from today."""
    samira, rows = acteur(cast.samira), [prepared(cast)]
    (covered,) = rows[0].perimetre.values_list("personne", flat=True)
    support = Accompagnement.objects.get(personne=covered)
    for _ in spans[1:]:
        row = prepared(cast, ())
        acts.enter_scope(by=samira, designation=row.pk, accompagnement=support.pk)
        rows.append(row)
    for row, (first, last) in zip(rows, spans, strict=True):
        debut, fin = clock.today() + timedelta(days=first), clock.today() + timedelta(days=last)
        acts.sign_designation(by=acteur(cast.maire), designation=row.pk, debut=debut, fin=fin, version=2)
    return rows


@pytest.mark.parametrize(
    ("spans", "open_days"),
    [
        (((0, 9), (2, 4)), range(10)),  # a shorter act signed after a longer one takes nothing away
        (((5, 9), (0, 2)), (0, 1, 2, 5, 6, 7, 8, 9)),  # one that begins before the one signed first
        (((0, 2), (3, 9)), range(10)),  # one that follows the other
    ],
)
def test_two_acts_about_one_person_each_hold_for_their_days(
    staffed: Cast, spans: tuple[tuple[int, int], ...], open_days: Iterable[int]
) -> None:
    overlapping(staffed, *spans)
    assert [day for day in range(12) if seen(staffed, day) not in ([], [[]])] == list(open_days)


def test_ending_one_act_leaves_the_other_its_days(staffed: Cast) -> None:
    first, second = overlapping(staffed, (0, 9), (3, 5))
    acts.end_designation(by=acteur(staffed.maire), designation=first.pk, version=3)
    assert [day for day in range(12) if seen(staffed, day) == [["Aîné"]]] == [3, 4, 5]
    acts.end_designation(by=acteur(staffed.maire), designation=second.pk, version=3)
    assert [day for day in range(12) if seen(staffed, day) != []] == []
