"""Notes: each written once, conflicts and corrections kept, impossible times set aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.base.clock import PARIS
from maillage.base.encryption import unseal
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Role
from maillage.main_courante.actions import (
    cancel_note,
    correct_note,
    end_sortie,
    settle_conflict,
    start_sortie,
    write_note,
    write_notes,
)
from maillage.main_courante.jours import slot, work_day
from maillage.main_courante.models import Note, NoteEnConflit
from maillage.main_courante.queries import note_of, notes_of_service, read_note
from maillage.main_courante.saisie import NoteData, Refused
from tests.cast import Cast, Membre

Acting = Callable[[Membre], Acteur]
ANote = Callable[..., NoteData]


def listed(acteur: Acteur) -> list[tuple[str, str]]:
    return [(line.categorie_code, line.texte) for line in notes_of_service(acteur).lignes]


@pytest.mark.requirement("S-25")
def test_a_note_sent_twice_is_written_once(cast: Cast, acting: Acting, a_note: ANote) -> None:
    nadia, data = acting(cast.nadia), a_note(texte="Huit jeunes, le son baisse.")
    results = [write_note(by=nadia, data=data).statut for _ in range(3)]
    assert results == ["cree", "deja", "deja"]
    assert listed(nadia) == [("regroupement", "Huit jeunes, le son baisse.")]


@pytest.mark.requirement("S-25")
def test_same_identifier_other_content_is_kept_apart_once(cast: Cast, acting: Acting, a_note: ANote) -> None:
    nadia, data = acting(cast.nadia), a_note(texte="un")
    other = a_note(id=data.id, texte="deux")
    write_note(by=nadia, data=data)
    assert [write_note(by=nadia, data=other).statut for _ in range(2)] == ["conflit", "conflit"]
    sheet = read_note(nadia, data.id)
    assert sheet is not None
    assert (sheet.note.texte, [one.texte for one in sheet.conflits]) == ("un", ["deux"])


def test_a_colleague_sending_the_same_identifier_is_a_conflict(
    cast: Cast, acting: Acting, a_note: ANote
) -> None:
    data = a_note()
    write_note(by=acting(cast.nadia), data=data)
    assert write_note(by=acting(cast.karim), data=data).statut == "conflit"


def test_a_conflict_is_settled_once_and_may_become_a_note(cast: Cast, acting: Acting, a_note: ANote) -> None:
    nadia, data = acting(cast.nadia), a_note(texte="un")
    write_note(by=nadia, data=data)
    write_note(by=nadia, data=a_note(id=data.id, texte="deux"))
    conflit = NoteEnConflit.objects.get()
    kept = settle_conflict(by=nadia, conflit=conflit, keep=True)
    assert kept is not None
    assert kept.statut == "cree"
    assert settle_conflict(by=nadia, conflit=conflit, keep=True) is None
    assert sorted(text for _, text in listed(nadia)) == ["deux", "un"]


def test_another_service_cannot_tell_whether_an_identifier_is_taken(
    cast: Cast, acting: Acting, a_note: ANote
) -> None:
    data = a_note(texte="canari-alm")
    write_note(by=acting(cast.nadia), data=data)
    sud = acting(cast.mediateur_sud)
    same = write_note(by=sud, data=a_note(id=data.id, lieu=cast.square_sud.pk))
    assert (same.statut, same.note) == ("refuse", None)
    assert (read_note(sud, data.id), note_of(sud, data.id), listed(sud)) == (None, None, [])


def test_a_batch_answers_each_in_order_and_one_refusal_stops_no_other(
    cast: Cast, acting: Acting, a_note: ANote
) -> None:
    first, last = a_note(), a_note(categorie="eclairage")
    batch = [first, a_note(categorie="inconnue"), a_note(lieu=cast.square_sud.pk), first, last]
    results = write_notes(by=acting(cast.nadia), batch=batch)
    assert [(result.statut, result.motif) for result in results] == [
        ("cree", ""),
        ("refuse", "« inconnue » n'est pas dans la liste « Motifs » de votre équipe."),
        ("refuse", "Ce lieu n'est pas dans le territoire de votre équipe."),
        ("deja", ""),
        ("cree", ""),
    ]


def test_a_note_and_its_correction_may_wait_in_the_same_batch(
    cast: Cast, acting: Acting, a_note: ANote
) -> None:
    nadia, data = acting(cast.nadia), a_note()
    batch = [data, a_note(corrige=data.id, effectif="10_19")]
    assert [result.statut for result in write_notes(by=nadia, batch=batch)] == ["cree", "cree"]
    assert [line.effectif for line in notes_of_service(nadia).lignes] == ["10 à 19"]


def test_the_crew_corrects_and_nobody_else(cast: Cast, acting: Acting, a_note: ANote) -> None:
    nadia, karim = acting(cast.nadia), acting(cast.karim)
    alone = write_note(by=nadia, data=a_note()).note
    assert alone is not None
    assert correct_note(by=karim, note=alone, data=a_note()).statut == "refuse"
    start_sortie(by=nadia, sortie=uuid4(), equipage=[cast.karim.poste.pk])
    together = write_note(by=nadia, data=a_note()).note
    assert together is not None
    assert correct_note(by=karim, note=together, data=a_note(texte="ensemble")).statut == "cree"


@pytest.mark.requirement("S-25")
def test_concurrent_corrections_are_both_kept_and_shown(cast: Cast, acting: Acting, a_note: ANote) -> None:
    nadia, karim = acting(cast.nadia), acting(cast.karim)
    start_sortie(by=nadia, sortie=uuid4(), equipage=[cast.karim.poste.pk])
    note = write_note(by=nadia, data=a_note()).note
    assert note is not None
    for who, text in ((nadia, "six"), (karim, "neuf")):
        correct_note(by=who, note=note, data=a_note(texte=text))
    sheet = read_note(nadia, note.pk)
    assert sheet is not None
    assert sorted(version.texte for version in sheet.actuelles) == ["neuf", "six"]
    assert [(line.texte, line.rivale) for line in notes_of_service(nadia).lignes] == [
        (text, True) for text in sorted(["six", "neuf"], key=lambda one: _pk(one, sheet), reverse=True)
    ]


def _pk(text: str, sheet: object) -> str:
    return next(str(version.id) for version in sheet.versions if version.texte == text)  # type: ignore[attr-defined]


def test_a_cancelled_note_leaves_the_list_and_stays_in_the_history(
    cast: Cast, acting: Acting, a_note: ANote
) -> None:
    nadia = acting(cast.nadia)
    note = write_note(by=nadia, data=a_note(texte="erreur")).note
    assert note is not None
    assert cancel_note(by=nadia, note=note, correction=uuid4()).statut == "cree"
    sheet = read_note(nadia, note.pk)
    assert sheet is not None
    assert (listed(nadia), [version.annule for version in sheet.versions]) == ([], [False, True])


@pytest.mark.requirement("S-28")
@pytest.mark.parametrize("days", [-3, 400, -400])
def test_the_phones_time_is_advisory(cast: Cast, acting: Acting, a_note: ANote, days: int) -> None:
    told = clock.now() + timedelta(days=days)
    note = write_note(by=acting(cast.nadia), data=a_note(observee_le=told)).note
    assert note is not None
    believed = days == -3
    assert (note.observee_le == told, note.heure_ecartee) == (believed, not believed)


def test_a_counter_used_twice_keeps_both_notes_and_the_same_note_once(
    cast: Cast, acting: Acting, a_note: ANote
) -> None:
    nadia = acting(cast.nadia)
    first = a_note(appareil="tel-1", compteur=7)
    again = a_note(appareil="tel-1", compteur=7)
    other = a_note(appareil="tel-1", compteur=7, texte="autre")
    assert [write_note(by=nadia, data=data).statut for data in (first, again, other)] == [
        "cree",
        "deja",
        "cree",
    ]
    assert sorted(str(row) for row in Note.objects.values_list("compteur", flat=True)) == ["7", "None"]


@pytest.mark.requirement("S-17")
@pytest.mark.parametrize(
    "text",
    ["👩‍👩‍👧 à 1 h", "‮renversé", "<script>alert(1)</script>", "a\u0000b", " espaces \n\n gardés ", "नमस्ते"],
)
def test_any_text_is_stored_exactly_and_never_readable_in_the_table(
    cast: Cast, acting: Acting, a_note: ANote, text: str
) -> None:
    note = write_note(by=acting(cast.nadia), data=a_note(texte=text)).note
    assert note is not None
    fresh = Note.objects.get(pk=note.pk)
    assert unseal(fresh, "texte_scelle") == text
    assert text.encode() not in bytes(fresh.texte_scelle)


def test_a_night_crosses_midnight_and_a_day_does_not() -> None:
    one = datetime(2026, 3, 13, 1, 0, tzinfo=PARIS)
    morning = datetime(2026, 3, 13, 10, 0, tzinfo=PARIS)
    night, day = Role.CORRESPONDANT_DE_NUIT, Role.MEDIATEUR
    eve, same = date(2026, 3, 12), date(2026, 3, 13)
    assert [work_day(one, night), work_day(morning, night)] == [eve, eve]
    assert [work_day(one, day), work_day(morning, day)] == [eve, same]
    assert [slot(one), slot(morning)] == ["nuit_profonde", "matin"]


@pytest.mark.parametrize("hour", [0, 6, 10, 15, 22])
def test_an_outing_starts_once_and_takes_its_notes(
    cast: Cast, acting: Acting, a_note: ANote, hour: int, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(datetime(2026, 3, 13, hour, 30, tzinfo=PARIS))
    nadia, karim = acting(cast.nadia), acting(cast.karim)
    first = start_sortie(by=nadia, sortie=uuid4(), equipage=[cast.karim.poste.pk])
    assert start_sortie(by=nadia, sortie=uuid4(), equipage=[]) == first
    note = write_note(by=karim, data=a_note()).note
    assert note is not None
    assert note.sortie == first
    end_sortie(by=karim)
    assert end_sortie(by=nadia) is None
    assert list(first.lieux.all()) == [cast.hall]


def test_an_outing_refuses_whoever_is_not_of_the_team(cast: Cast, acting: Acting) -> None:
    with pytest.raises(Refused, match="n'est plus dans l'équipe"):
        start_sortie(by=acting(cast.nadia), sortie=uuid4(), equipage=[cast.samira.poste.pk])


def test_each_note_leaves_one_ledger_line_and_its_list_another(
    cast: Cast, acting: Acting, a_note: ANote
) -> None:
    nadia, data = acting(cast.nadia), a_note()
    for _ in range(2):
        write_note(by=nadia, data=data)
    notes_of_service(nadia)
    assert list(Ligne.objects.order_by("rang").values_list("acte", "objet_genre")) == [
        ("creation", "note"),
        ("liste", "note"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_note_or_three(
    cast: Cast, acting: Acting, a_note: ANote, count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    nadia = acting(cast.nadia)
    write_notes(by=nadia, batch=[a_note(texte="mot") for _ in range(count)])
    expected = 8
    with django_assert_num_queries(expected):  # type: ignore[attr-defined]
        assert len(notes_of_service(nadia).lignes) == count


def test_pages_follow_each_other_without_loss(cast: Cast, acting: Acting, a_note: ANote) -> None:
    nadia = acting(cast.nadia)
    write_notes(by=nadia, batch=[a_note(texte=str(number)) for number in range(5)])
    seen, cursor = [], ""
    while True:
        page = notes_of_service(nadia, suite=cursor, limite=2)
        seen += [line.texte for line in page.lignes]
        cursor = page.suite
        if not cursor:
            break
    assert sorted(seen) == ["0", "1", "2", "3", "4"]
