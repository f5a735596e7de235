"""The same note from four telephones' tries at once: written once, the other content kept apart."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from maillage.base import clock
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.conventions.queries import partenariat_ids
from maillage.main_courante.actions import NoteResult, give_contact, send_message, start_sortie, write_note
from maillage.main_courante.models import ContactDonne, MessageDeLieu, Note, NoteEnConflit, Sortie
from maillage.main_courante.saisie import NoteData
from tests.cast import Cast, Membre, build_cast
from tests.main_courante.test_messages import news

ROUNDS = 15


def acting(member: Membre) -> Acteur:
    return build_acteur(member.compte, member.poste, partenariat_ids(member.service.pk, clock.today()))


def together(acts: list[Callable[[], object]]) -> list[object]:
    """Run these acts at the same moment, each on its own connection."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=60)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, act) for act in acts]]


def tries(cast: Cast, nadia: Acteur) -> list[Callable[[], object]]:
    same = NoteData(id=uuid4(), lieu=cast.hall.pk, categorie="regroupement", texte="huit")
    other = NoteData(id=same.id, lieu=cast.hall.pk, categorie="regroupement", texte="neuf")
    return [lambda data=data: write_note(by=nadia, data=data) for data in (same, same, same, other)]


@pytest.mark.django_db(transaction=True)
def test_four_sendings_at_once_write_one_note() -> None:
    cast = build_cast()
    nadia = acting(cast.nadia)
    for _ in range(ROUNDS):
        results = together(tries(cast, nadia))
        said = sorted(str(one.statut) for one in results if isinstance(one, NoteResult))
        assert said in (["conflit", "cree", "deja", "deja"], ["conflit", "conflit", "conflit", "cree"])
    assert (Note.objects.count(), NoteEnConflit.objects.count()) == (ROUNDS, ROUNDS)


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_open_one_outing() -> None:
    nadia, sortie = acting(build_cast().nadia), uuid4()
    together([lambda: start_sortie(by=nadia, sortie=sortie, equipage=[])] * 2)
    assert Sortie.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_say_and_count_once() -> None:
    cast = build_cast()
    karim, data = acting(cast.karim), news(cast)
    card = {"contact": uuid4(), "lieu": cast.hall.pk, "vers": cast.relais.pk}
    together([lambda: send_message(by=karim, data=data)] * 2)
    together([lambda: give_contact(by=karim, **card)] * 2)
    assert (MessageDeLieu.objects.count(), ContactDonne.objects.count()) == (1, 1)
