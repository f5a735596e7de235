"""What someone who leaves carried passes to a colleague: all of it or none, with its history."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.directory.models import Poste
from maillage.dossiers.models import Reference
from maillage.equipes.actions import hand_over_departure
from maillage.equipes.queries import departure, departures, takers
from maillage.orientations.actions import accept_orientation, reassign_porteur, reassign_referent
from maillage.orientations.models import Orientation, Reception
from maillage.sharing import persons
from maillage.sharing.errors import BadAnswer, NotVisible, ReadOnly
from tests.arrivals_made import convention, newcomer
from tests.cast import Cast, Membre
from tests.door import acteur, prepare, send

pytestmark = pytest.mark.django_db


def leaves(member: Membre, on: date) -> Membre:
    """Give the post its last day."""
    Poste.objects.filter(pk=member.poste.pk).update(fin=on)
    member.poste.refresh_from_db()
    return member


def support(cast: Cast, name: str = "Brume") -> UUID:
    """Open a support whose référent is Samira."""
    return persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme=name, tranche_age="15_17", origine="rue"
    ).accompagnement


def test_what_she_carried_has_a_new_carrier(cast: Cast) -> None:
    sent, draft = send(cast), prepare(cast)
    leaves(cast.karim, clock.today())
    head = acteur(cast.cheffe_alm)
    found = departure(head, cast.karim.poste.pk)
    assert (found.orientations, found.accompagnements, found.parti) == ([sent.pk, draft.pk], (), False)
    hand_over_departure(by=head, poste=cast.karim.poste.pk, preneur=cast.nadia.poste.pk)
    carriers = Orientation.objects.values_list("porteur", flat=True)
    assert list(carriers) == [cast.nadia.poste.pk, cast.nadia.poste.pk]
    assert departure(head, cast.karim.poste.pk).reste == 0
    passed = Ligne.objects.get(objet_genre="depart")
    assert passed.detail == {"orientations": 2, "recues": 0, "accompagnements": 0}


def test_what_a_mediator_took_passes_too(cast: Cast) -> None:
    """Nothing answers for it but the post that took it: a mediation service holds no support."""
    row = prepare(cast)
    mine = {"service_emetteur": cast.relais, "service_destinataire": cast.alm}
    later = clock.today() + timedelta(days=9)
    Orientation.objects.filter(pk=row.pk).update(
        **mine, envoyee_le=clock.now(), recue_le=clock.now(), cloture_prevue_le=later
    )
    Reception.objects.create(
        orientation=row, service=cast.alm, etat="acceptee", referent=cast.karim.poste, decidee_le=clock.now()
    )
    leaves(cast.karim, clock.today())
    head = acteur(cast.cheffe_alm)
    assert departure(head, cast.karim.poste.pk).recues == [row.pk]
    hand_over_departure(by=head, poste=cast.karim.poste.pk, preneur=cast.nadia.poste.pk)
    assert Reception.objects.get().referent == cast.nadia.poste
    assert departure(head, cast.karim.poste.pk).reste == 0


def test_what_prevention_took_is_the_support_s(cast: Cast) -> None:
    accept_orientation(orientation=send(cast), by=acteur(cast.samira))
    leaves(cast.samira, clock.today())
    found = departure(acteur(cast.cheffe_relais), cast.samira.poste.pk)
    assert (found.recues, len(found.accompagnements)) == ((), 1)


def test_a_support_keeps_who_answered_for_it(cast: Cast) -> None:
    accompagnement = support(cast)
    leaves(cast.samira, clock.today() + timedelta(days=3))
    hand_over_departure(
        by=acteur(cast.cheffe_relais), poste=cast.samira.poste.pk, preneur=cast.bruno.poste.pk
    )
    history = Reference.objects.filter(accompagnement=accompagnement).order_by("pk")
    assert list(history.values_list("poste", "fin", "motif")) == [
        (cast.samira.poste.pk, clock.today(), ""),
        (cast.bruno.poste.pk, None, "depart"),
    ]


def test_nothing_of_someone_gone_is_lost_from_sight(cast: Cast) -> None:
    support(cast)
    leaves(cast.samira, clock.today() - timedelta(days=200))
    leaves(cast.bruno, clock.today() + timedelta(days=10))
    found = departures(acteur(cast.cheffe_relais))
    assert [(one.poste, one.parti, one.reste) for one in found] == [
        (cast.samira.poste, True, 1),
        (cast.bruno.poste, False, 0),
    ]


def test_who_left_long_ago_with_nothing_is_not_listed(cast: Cast) -> None:
    assert cast.membres["partie"].poste.fin is not None
    assert departures(acteur(cast.cheffe_alm)) == []


def test_what_is_closed_or_withdrawn_is_carried_by_nobody(cast: Cast) -> None:
    closed, withdrawn = send(cast), send(cast)
    Orientation.objects.filter(pk=closed.pk).update(cloture_prevue_le=clock.today())
    Orientation.objects.filter(pk=withdrawn.pk).update(retiree_le=clock.now())
    leaves(cast.karim, clock.today())
    assert departure(acteur(cast.cheffe_alm), cast.karim.poste.pk).reste == 0


def test_a_taker_stays_meets_people_and_may_write(cast: Cast) -> None:
    leaves(cast.karim, clock.today() + timedelta(days=5))
    found = takers(acteur(cast.cheffe_alm), cast.karim.poste)
    assert found == [cast.cheffe_alm.poste, cast.nadia.poste]
    leaves(cast.nadia, clock.today() + timedelta(days=5))
    assert takers(acteur(cast.cheffe_alm), cast.karim.poste) == [cast.cheffe_alm.poste]


def test_who_has_not_finished_arriving_takes_nothing(cast: Cast) -> None:
    row, chief = send(cast), acteur(cast.cheffe_alm)
    convention(cast.ici, cast.direction_alm, clock.today() - timedelta(days=30))
    leaving, nadia = leaves(cast.karim, clock.today()).poste, newcomer(cast.nadia).poste
    assert takers(chief, leaving) == [cast.cheffe_alm.poste]
    with pytest.raises(BadAnswer, match="Choisissez une personne"):
        hand_over_departure(by=chief, poste=leaving.pk, preneur=nadia.pk)
    with pytest.raises(BadAnswer, match="n'a pas fini son parcours d'arrivée"):
        reassign_porteur(orientation=row, by=chief, porteur=nadia)
    row.refresh_from_db()
    assert row.porteur == leaving


def test_what_was_received_passes_to_nobody_on_the_way(cast: Cast) -> None:
    row = send(cast)
    accept_orientation(orientation=row, by=acteur(cast.samira))
    convention(cast.ici, cast.direction_alm, clock.today() - timedelta(days=30))
    with pytest.raises(BadAnswer, match="n'a pas fini son parcours d'arrivée"):
        reassign_referent(orientation=row, by=acteur(cast.cheffe_relais), referent=newcomer(cast.bruno).poste)
    assert Reception.objects.get(orientation=row).referent == cast.samira.poste


@pytest.mark.parametrize("taker", ["karim", "lecteur", "direction_alm", "partie", "samira", "mediateur_sud"])
def test_a_bad_taker_changes_nothing(cast: Cast, taker: str) -> None:
    sent = send(cast)
    leaves(cast.karim, clock.today())
    with pytest.raises(BadAnswer):
        hand_over_departure(
            by=acteur(cast.cheffe_alm), poste=cast.karim.poste.pk, preneur=cast.membres[taker].poste.pk
        )
    sent.refresh_from_db()
    assert sent.porteur_id == cast.karim.poste.pk
    assert not Ligne.objects.filter(objet_genre="depart").exists()


@pytest.mark.parametrize("who", ["nadia", "direction_alm", "dpo", "cheffe_relais"])
def test_only_the_head_of_that_service_hands_over(cast: Cast, who: str) -> None:
    leaves(cast.karim, clock.today())
    with pytest.raises(NotVisible):
        hand_over_departure(
            by=acteur(cast.membres[who]), poste=cast.karim.poste.pk, preneur=cast.nadia.poste.pk
        )


def test_a_post_without_end_or_unknown_is_no_departure(cast: Cast) -> None:
    head = acteur(cast.cheffe_alm)
    for poste in (cast.karim.poste.pk, uuid4()):
        with pytest.raises(NotVisible):
            departure(head, poste)


def test_a_head_who_only_reads_hands_nothing_over(cast: Cast) -> None:
    leaves(cast.karim, clock.today())
    Poste.objects.filter(pk=cast.cheffe_alm.poste.pk).update(lecture_seule=True)
    cast.cheffe_alm.poste.refresh_from_db()
    with pytest.raises(ReadOnly):
        hand_over_departure(
            by=acteur(cast.cheffe_alm), poste=cast.karim.poste.pk, preneur=cast.nadia.poste.pk
        )


def test_the_list_costs_the_same_with_one_row_and_three(cast: Cast) -> None:
    counts = []
    for leaving in (["samira"], ["bruno", "direction_relais"]):
        for key in leaving:
            leaves(cast.membres[key], clock.today())
            support(cast, key)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            departures(acteur(cast.cheffe_relais))
        counts.append(len(queries))
    assert counts[0] == counts[1]
