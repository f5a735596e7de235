"""Recorded exchanges can be replayed, and openings are all that lists read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage import law
from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.dossiers.models import Accompagnement, Personne, Reference
from maillage.law.decision import decide
from maillage.law.wire import parse_case
from maillage.orientations.actions import accept_orientation, return_suite, send_orientation
from maillage.orientations.enums import Suite
from maillage.orientations.queries import received_list, sent_list
from maillage.sharing import persons
from maillage.sharing.actions import (
    complete_task,
)
from maillage.sharing.dangers import acknowledge_danger, record_danger
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly, Withheld
from maillage.sharing.models import Echange, Ouverture, Tache
from maillage.sharing.queries import list_accompagnements, read_accompagnement, read_oriented
from tests.cast import Cast
from tests.door import WITH_RETURN, YANIS, acteur, add_clause, adopt, prepare, send


def test_every_recorded_verdict_is_what_the_law_says_of_the_recorded_case(cast: Cast) -> None:
    add_clause(cast.ici, "clause_retour", True)
    adopt(cast.ici, "U-10")
    samira, karim = acteur(cast.samira), acteur(cast.karim)
    orientation = send(cast, WITH_RETURN)
    accept_orientation(orientation=orientation, by=samira)
    return_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE)
    for change in ({"accord": ""}, {"accord": "refuse"}, {"notice": False}, {"tranche_age": "inconnue"}):
        draft = prepare(cast, replace(YANIS, accords_titulaires={}, **change))  # type: ignore[arg-type]
        with pytest.raises(Withheld):
            send_orientation(orientation=draft, by=karim, version=0)
    rows = list(Echange.objects.order_by("le"))
    assert [row.statut for row in rows].count("transmis") == 2
    assert {row.issue for row in rows} >= {"permis", "incomplet", "interdit"}
    for row in rows:
        assert decide(parse_case(row.cas)).to_wire() == row.verdict
        assert row.cas["id"] == str(row.pk) == row.verdict["id"]
        assert (row.cas["lecture"], row.version_droit) == (row.lectures, law.VERSION)
        assert "Yanis" not in str(row.cas) + str(row.sources) + str(row.verdict)


@pytest.mark.requirement("S-14")
def test_a_withheld_exchange_opens_nothing_and_is_in_the_ledger(cast: Cast) -> None:
    draft = prepare(cast, replace(YANIS, accord="refuse"))
    with pytest.raises(Withheld) as caught:
        send_orientation(orientation=draft, by=acteur(cast.karim), version=0)
    assert caught.value.echange.statut == "refuse"
    assert list(Ouverture.objects.values_list("service__code", flat=True)) == ["alm"]
    assert Ligne.objects.filter(acte="refus", chaine=cast.alm.pk).count() == 1
    assert read_oriented(acteur(cast.samira), draft.sujet).effacee is True


@pytest.mark.requirement("S-21")
def test_no_ledger_no_answer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = prepare(cast)

    def broken(**_: object) -> None:
        raise OSError("journal indisponible")

    monkeypatch.setattr("maillage.sharing.ledger.record", broken)
    karim = acteur(cast.karim)
    for read in (sent_list, lambda by: read_oriented(by, draft.sujet), received_list, list_accompagnements):
        with pytest.raises(OSError, match="journal"):
            read(karim)
    with pytest.raises(OSError, match="journal"):
        send_orientation(orientation=draft, by=karim, version=0)
    draft.refresh_from_db()
    assert (draft.envoyee_le, Echange.objects.count()) == (None, 0)


def opened(cast: Cast, name: str = "Étoile", by: str = "samira") -> Any:
    """Open an accompagnement at Le Relais."""
    return persons.open_accompagnement(
        by=acteur(cast.membres[by]), pseudonyme=name, tranche_age="15_17", origine="rue"
    )


def test_lists_cost_the_same_with_one_row_and_three(cast: Cast) -> None:
    karim, samira = acteur(cast.karim), acteur(cast.samira)
    counts: dict[str, list[int]] = {}
    for rows in (1, 3):
        while len(list_accompagnements(samira)) < rows:
            opened(cast)
            send(cast, WITH_RETURN)
        for name, read, by in (
            ("sent", sent_list, karim),
            ("received", received_list, samira),
            ("accompagnements", list_accompagnements, samira),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert len(read(by)) == rows
            counts.setdefault(name, []).append(len(queries))
    assert {name: one == three for name, (one, three) in counts.items()} == dict.fromkeys(counts, True)
    with CaptureQueriesContext(connection) as queries:
        list_accompagnements(samira)
    assert sum("dossiers_accompagnement" in one["sql"] for one in queries) == 1


@pytest.mark.requirement("S-14")
def test_a_closed_opening_vanishes_at_once(cast: Cast) -> None:
    samira = acteur(cast.samira)
    taken = opened(cast)
    assert [one.id for one in list_accompagnements(samira)] == [taken.accompagnement]
    Ouverture.objects.update(fin=clock.now())
    assert list_accompagnements(samira) == []
    with pytest.raises(NotVisible):
        read_accompagnement(samira, taken.accompagnement)


def test_a_colleague_reads_and_another_service_does_not(cast: Cast) -> None:
    taken = opened(cast)
    sheet = read_accompagnement(acteur(cast.bruno), taken.accompagnement)
    assert (sheet.pseudonyme, sheet.origine) == ("Étoile", "rue")
    for who in ("educatrice_sud", "karim", "direction_relais", "maire", "coordination"):
        with pytest.raises(NotVisible):
            read_accompagnement(acteur(cast.membres[who]), taken.accompagnement)
        with pytest.raises(NotVisible):
            persons.record_adhesion(
                by=acteur(cast.membres[who]),
                accompagnement=taken.accompagnement,
                donneur="jeune",
                etat="acquise",
            )
    assert list_accompagnements(acteur(cast.educatrice_sud)) == []


@pytest.mark.requirement("S-21")
def test_every_reading_leaves_one_line(cast: Cast) -> None:
    assert lines_left_by(cast, 50) == 50


@pytest.mark.requirement("S-21")
@pytest.mark.campaign
def test_five_thousand_readings_leave_five_thousand_lines(
    cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    left = lines_left_by(cast, 5000)
    record_property("figures", f"5000 lectures, {left} lignes")
    assert left == 5000


def lines_left_by(cast: Cast, readings: int) -> int:
    """Read a sheet and a list by turns; return how many lines the ledger gained, the alert of S-36 apart."""
    samira, taken = acteur(cast.samira), opened(cast)
    lines = Ligne.objects.exclude(acte="alerte")
    before = lines.count()
    for _ in range(readings // 2):
        read_accompagnement(samira, taken.accompagnement)
        list_accompagnements(samira)
    return lines.count() - before


def test_one_referent_at_a_time_with_history(cast: Cast) -> None:
    samira = acteur(cast.samira)
    taken = opened(cast)
    persons.hand_over(by=samira, accompagnement=taken.accompagnement, to=cast.bruno.poste)
    persons.hand_over(by=samira, accompagnement=taken.accompagnement, to=cast.bruno.poste)
    sheet = read_accompagnement(samira, taken.accompagnement)
    assert [(one.nom, one.fin is None) for one in sheet.referents] == [
        ("Bruno Essai", True),
        ("Samira Essai", False),
    ]
    assert [one.referent for one in list_accompagnements(samira)] == ["Bruno Essai"]
    for wrong in (cast.karim, cast.partie, cast.direction_relais):
        with pytest.raises(BadAnswer):
            persons.hand_over(by=samira, accompagnement=taken.accompagnement, to=wrong.poste)
    assert Reference.objects.filter(fin__isnull=True).count() == 1


def test_adhesions_are_events_and_the_latest_counts(cast: Cast) -> None:
    samira = acteur(cast.samira)
    taken = opened(cast)
    with time_machine.travel(clock.now(), tick=False):
        for etat in ("suscitee", "recherchee", "acquise"):
            persons.record_adhesion(
                by=samira, accompagnement=taken.accompagnement, donneur="jeune", etat=etat
            )
        persons.record_adhesion(
            by=samira, accompagnement=taken.accompagnement, donneur="titulaire", etat="refusee", lien="pere"
        )
    assert [one.adhesion for one in list_accompagnements(samira)] == ["acquise"]
    sheet = read_accompagnement(samira, taken.accompagnement)
    assert [(one.lien, one.etat) for one in sheet.adhesions] == [
        ("pere", "refusee"),
        ("", "acquise"),
        ("", "recherchee"),
        ("", "suscitee"),
    ]


def test_an_ended_support_leaves_the_list_and_keeps_its_reason(cast: Cast) -> None:
    samira = acteur(cast.samira)
    taken = opened(cast)
    persons.close_accompagnement(by=samira, accompagnement=taken.accompagnement, motif="objectif")
    assert list_accompagnements(samira) == []
    (line,) = list_accompagnements(samira, clos=True)
    assert (line.clos_le, line.referent) == (clock.today(), "")
    with pytest.raises(NotNow):
        persons.close_accompagnement(by=samira, accompagnement=taken.accompagnement, motif="objectif")


def test_a_mediation_service_opens_no_accompagnement(cast: Cast) -> None:
    with pytest.raises(NotVisible):
        opened(cast, by="karim")
    with pytest.raises(BadAnswer):
        opened(cast, name=" ")
    assert (Personne.objects.count(), Accompagnement.objects.count()) == (0, 0)


def test_a_contact_is_noted_and_never_moved_back(cast: Cast) -> None:
    samira = acteur(cast.samira)
    taken = opened(cast)
    today = clock.today()
    for le in (today - timedelta(days=3), today - timedelta(days=30)):
        persons.note_contact(by=samira, accompagnement=taken.accompagnement, le=le)
    assert read_accompagnement(samira, taken.accompagnement).dernier_contact_le == today - timedelta(days=3)
    with pytest.raises(BadAnswer):
        persons.note_contact(by=samira, accompagnement=taken.accompagnement, le=today + timedelta(days=1))


def test_a_waiver_of_information_says_why(cast: Cast) -> None:
    samira = acteur(cast.samira)
    taken = opened(cast)
    with pytest.raises(BadAnswer):
        persons.record_information(by=samira, personne=taken.personne, etat="dispense_interet_enfant")
    persons.record_information(
        by=samira, personne=taken.personne, etat="dispense_interet_enfant", raison="Violences au domicile"
    )
    sheet = read_accompagnement(samira, taken.accompagnement)
    assert [etat for etat, _ in sheet.informations] == ["dispense_interet_enfant"]


def test_a_danger_is_behind_no_accord_and_keeps_no_content(cast: Cast) -> None:
    draft = prepare(cast, replace(YANIS, accord="refuse"))
    for who in ("karim", "lecteur"):
        sent = record_danger(by=acteur(cast.membres[who]), destinataire="crip", personne=draft.sujet)
        acknowledge_danger(by=acteur(cast.nadia), transmission=sent.pk)
        sent.refresh_from_db()
        assert sent.accusee_le is not None
    with pytest.raises(NotVisible):
        record_danger(by=acteur(cast.samira), destinataire="crip", personne=draft.sujet)
    with pytest.raises(NotVisible):
        acknowledge_danger(by=acteur(cast.samira), transmission=sent.pk)
    with pytest.raises(BadAnswer):
        record_danger(by=acteur(cast.karim), destinataire="voisin")
    assert Ligne.objects.filter(acte="danger").count() == 4


def test_a_task_is_done_by_its_own_service(cast: Cast) -> None:
    orientation = send(cast)
    task = Tache.objects.create(
        echange_id=orientation.echange, service=cast.relais, obligation="RECU-RETRAIT", echeance=clock.today()
    )
    with pytest.raises(NotVisible):
        complete_task(by=acteur(cast.karim), tache=task)
    with pytest.raises(ReadOnly):
        complete_task(by=acteur(cast.lecteur), tache=task)
    complete_task(by=acteur(cast.samira), tache=task)
    task.refresh_from_db()
    assert task.faite_par == cast.samira.poste
