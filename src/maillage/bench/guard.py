"""How well the guard reads: recall by kind and false alarms, on a written corpus of night notes.

The corpus lives with the tests, in two halves: the lists and rules were adjusted on the first, never
on the second. A note marks what should be found: `{n:Karim}` a name, `{t:06…}` a telephone…
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from maillage.main_courante.garde.lecture import Trouvaille, read

NAME = "guard"
CORPUS = Path(__file__).resolve().parents[3] / "tests" / "main_courante" / "corpus"
HALVES = {"tuned": "reglage.txt", "held_out": "a_part.txt"}
PROMISED_RECALL, PROMISED_FALSE_ALARMS = 0.95, 0.05
PROMISED_KINDS = ("nom", "telephone")
MARK = re.compile(r"\{([a-z]):([^}]*)\}")
KINDS = {
    "n": "nom",
    "t": "telephone",
    "p": "plaque",
    "a": "adresse",
    "s": "sante",
    "o": "origine",
    "c": "croyance",
    "i": "infraction",
    "v": "intime",
}


@dataclass(frozen=True)
class NoteEcrite:
    """One note of the corpus: its text, and what should be found in it as (kind, start, end)."""

    texte: str
    attendus: tuple[tuple[str, int, int], ...]


def run() -> dict[str, Any]:
    """Recall by kind and share of notes with a false alarm, for each half; empty without the corpus."""
    if not CORPUS.is_dir():
        return {}
    return {half: measure(corpus(CORPUS / name)) for half, name in HALVES.items()}


def lines(result: Mapping[str, Any]) -> list[str]:
    """The figures in French beside what was promised."""
    if not result:
        return ["Le corpus de notes n'est livré qu'avec les sources : rien à mesurer ici."]
    out = []
    for half, title in (("tuned", "Moitié de réglage"), ("held_out", "Moitié tenue à part")):
        figures = result[half]
        kept = "tenu" if figures["false_alarm_rate"] < PROMISED_FALSE_ALARMS else "non tenu"
        out.append(
            f"{title}, {figures['notes']} notes : {figures['false_alarms']} avec une fausse alerte, soit "
            f"{_share(figures['false_alarm_rate'])} (promis moins de une sur vingt, {kept}) ; "
            f"{figures['us_per_note']:.0f} µs la note."
        )
        out += [_recall(kind, found) for kind, found in figures["recall"].items()]
    return out


def corpus(path: Path) -> list[NoteEcrite]:
    """Read one half of the corpus, one note a line."""
    return [parse(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def parse(line: str) -> NoteEcrite:
    """Read one marked note."""
    text, spans, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append((KINDS[mark.group(1)], len(text), len(text) + len(mark.group(2))))
        text, at = text + mark.group(2), mark.end()
    return NoteEcrite(text + line[at:], tuple(spans))


def measure(notes: Sequence[NoteEcrite]) -> dict[str, Any]:
    """Measure one half.

    A mark is found when words of its kind overlap it; a note is a false alarm when something found
    overlaps no mark at all.
    """
    begun = perf_counter_ns()
    read_notes = [(note, read(note.texte)) for note in notes]
    spent = perf_counter_ns() - begun
    expected = Counter(kind for note in notes for kind, _, _ in note.attendus)
    found = Counter(
        kind
        for note, words in read_notes
        for kind, start, end in note.attendus
        if any(one.genre == kind and _overlaps(one, start, end) for one in words)
    )
    alarms = sum(any(_spurious(one, note) for one in words) for note, words in read_notes)
    return {
        "notes": len(notes),
        "recall": {
            kind: {"found": found[kind], "expected": expected[kind], "rate": found[kind] / expected[kind]}
            for kind in KINDS.values()
            if expected[kind]
        },
        "false_alarms": alarms,
        "false_alarm_rate": alarms / len(notes),
        "us_per_note": spent / len(notes) / 1000,
    }


def _overlaps(one: Trouvaille, start: int, end: int) -> bool:
    return one.debut < end and one.fin > start


def _spurious(one: Trouvaille, note: NoteEcrite) -> bool:
    return not any(_overlaps(one, start, end) for _, start, end in note.attendus)


def _recall(kind: str, figures: Mapping[str, Any]) -> str:
    said = f"  {kind} : {figures['found']} sur {figures['expected']}, soit {_share(figures['rate'])}"
    if kind not in PROMISED_KINDS:
        return f"{said}."
    kept = "tenu" if figures["rate"] >= PROMISED_RECALL else "non tenu"
    return f"{said} (promis {_share(PROMISED_RECALL)}, {kept})."


def _share(rate: float) -> str:
    return f"{100 * rate:.1f} %".replace(".", ",")
