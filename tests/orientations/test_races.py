"""Two people at once: one winner, nothing doubled, nothing lost (S-30, S-31)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.dossiers.models import Accompagnement, Reference
from maillage.orientations.actions import accept_orientation, prepare_orientation, send_orientation, withdraw
from maillage.orientations.faces import Accepted, AlreadyTaken
from maillage.orientations.models import Orientation, Reception
from maillage.sharing.models import Echange, Ouverture
from tests.cast import build_cast
from tests.door import YANIS, acteur, prepare, send

RACES = 200
T = TypeVar("T")


def together(*acts: Callable[[], T]) -> list[T]:
    """Run these acts at the same moment, each on its own connection."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        try:
            barrier.wait(timeout=60)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.requirement("S-30")
@pytest.mark.django_db(transaction=True)
def test_two_hundred_races_each_have_one_winner() -> None:
    each_has_one_winner(RACES)


@pytest.mark.requirement("S-30")
@pytest.mark.campaign
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_races_each_have_one_winner(record_property: Callable[[str, object], None]) -> None:
    each_has_one_winner(RACES * 50)
    record_property("figures", f"{RACES * 50} courses, un gagnant à chacune")


def each_has_one_winner(races: int) -> None:
    """Let two colleagues take each orientation at the same moment: one has it, the other reads who."""
    cast = build_cast()
    samira, bruno = acteur(cast.samira), acteur(cast.bruno)
    for _ in range(races):
        orientation = send(cast)
        outcomes = together(
            partial(accept_orientation, orientation=orientation, by=samira),
            partial(accept_orientation, orientation=orientation, by=bruno),
        )
        (won,) = [one for one in outcomes if isinstance(one, Accepted)]
        (lost,) = [one for one in outcomes if isinstance(one, AlreadyTaken)]
        winner = samira if outcomes[0] is won else bruno
        assert lost.referent == winner.poste
        assert Reception.objects.get(orientation=orientation).referent == winner.poste
    assert Accompagnement.objects.count() == races
    assert Reference.objects.count() == races


@pytest.mark.requirement("S-31")
@pytest.mark.django_db(transaction=True)
def test_a_double_click_sends_once() -> None:
    cast = build_cast()
    karim = acteur(cast.karim)
    for _ in range(10):
        draft = prepare(cast)
        first, second = together(
            *[lambda draft=draft: send_orientation(orientation=draft, by=karim, version=0)] * 2
        )
        assert first.envoyee_le == second.envoyee_le
        assert Echange.objects.filter(orientation=draft.pk).count() == 1
        assert Ouverture.objects.filter(personne=draft.sujet, service=cast.relais).count() == 1


@pytest.mark.requirement("S-31")
@pytest.mark.django_db(transaction=True)
def test_a_double_click_prepares_once() -> None:
    cast = build_cast()
    karim: Acteur = acteur(cast.karim)
    for _ in range(10):
        chosen = new_id()
        first, second = together(
            *[
                lambda chosen=chosen: prepare_orientation(
                    by=karim,
                    partenariat=cast.ici,
                    destinataire=cast.relais,
                    answers=YANIS,
                    identifiant=chosen,
                )
            ]
            * 2
        )
        assert first.pk == second.pk == chosen
    assert Orientation.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_an_acceptance_leave_nothing_open() -> None:
    cast = build_cast()
    karim, samira = acteur(cast.karim), acteur(cast.samira)
    for _ in range(20):
        orientation = send(cast)

        def accept(orientation: Orientation = orientation) -> str:
            try:
                accept_orientation(orientation=orientation, by=samira)
            except Exception as error:
                return str(error)
            return "pris"

        def stop(orientation: Orientation = orientation) -> str:
            withdraw(orientation=orientation, by=karim, donneur="jeune")
            return "retiré"

        outcomes = together(accept, stop)
        assert outcomes[0] in {"pris", "Cette orientation est close : il n'y a plus rien à y faire."}
        assert Reception.objects.get(orientation=orientation).etat == "retiree"
        assert not Ouverture.objects.filter(cause_fin="").exists()
