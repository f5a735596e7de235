"""What the guard promises, on the corpus; and that the measurement itself can fail."""

from __future__ import annotations

from typing import Any

import pytest

from maillage.bench import guard
from maillage.bench.guard import NoteEcrite, parse

NAMES_AND_PHONES = [(half, kind) for half in guard.HALVES for kind in guard.PROMISED_KINDS]


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    return guard.run()


def test_the_corpus_is_large_and_cut_in_half(result: dict[str, Any]) -> None:
    notes = [{note.texte for note in guard.corpus(guard.CORPUS / name)} for name in guard.HALVES.values()]
    assert sum(map(len, notes)) >= 400
    assert abs(len(notes[0]) - len(notes[1])) < 10
    assert notes[0] & notes[1] == set()


@pytest.mark.parametrize(("half", "kind"), NAMES_AND_PHONES)
def test_names_and_phone_numbers_are_found(result: dict[str, Any], half: str, kind: str) -> None:
    assert result[half]["recall"][kind]["rate"] >= guard.PROMISED_RECALL


@pytest.mark.parametrize("half", guard.HALVES)
def test_false_alarms_are_rare(result: dict[str, Any], half: str) -> None:
    assert result[half]["false_alarm_rate"] < guard.PROMISED_FALSE_ALARMS


def test_a_marked_note_reads_as_it_was_written() -> None:
    assert parse("Vu {n:Karim} au {a:3e gauche}.") == NoteEcrite(
        "Vu Karim au 3e gauche.", (("nom", 3, 8), ("adresse", 12, 21))
    )


def test_what_is_missed_and_what_is_invented_both_count() -> None:
    figures = guard.measure([parse("{n:Calme} ce soir."), parse("Karim est là."), parse("Rien.")])
    assert figures["recall"] == {"nom": {"found": 0, "expected": 1, "rate": 0.0}}
    assert (figures["false_alarms"], figures["notes"]) == (1, 3)


def test_the_figures_are_said_in_french(result: dict[str, Any]) -> None:
    said = guard.lines(result)
    assert said[0].startswith("Moitié de réglage, ")
    assert sum("promis 95,0 %, tenu" in line for line in said) == 4
    assert guard.lines({}) == ["Le corpus de notes n'est livré qu'avec les sources : rien à mesurer ici."]
