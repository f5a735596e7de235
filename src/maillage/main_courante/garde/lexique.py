"""The guard's lists and rules, read once from the data files that the phone reads too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Genre:
    """A kind of word that a note should not hold: its label, why, and neutral wordings to offer."""

    code: str
    libelle: str
    pourquoi: str
    propositions: tuple[str, ...]


@dataclass(frozen=True)
class Motif:
    """One pattern of a kind, and the contexts that it needs (`apres`) or that excuse it (`sauf_*`).

    `casse` reads the text as typed; otherwise it is read without case nor accents.
    """

    genre: str
    dit: re.Pattern[str]
    casse: bool
    apres: re.Pattern[str] | None
    sauf_avant: re.Pattern[str] | None
    sauf_apres: re.Pattern[str] | None
    avec: re.Pattern[str] | None


@dataclass(frozen=True)
class Lexique:
    """Everything the guard knows: kinds, patterns, first names, surnames, and words that surround them."""

    genres: Mapping[str, Genre]
    motifs: tuple[Motif, ...]
    expressions: re.Pattern[str]
    prenoms: frozenset[str]
    faibles: frozenset[str]
    reperes: Mapping[str, frozenset[str]]


@cache
def lexique() -> Lexique:
    """Return the guard's own lexicon."""
    raw = json.loads((HERE / "regles.json").read_text(encoding="utf-8"))
    genres = {
        code: Genre(code, one["libelle"], one["pourquoi"], tuple(one["propositions"]))
        for code, one in raw["genres"].items()
    }
    return Lexique(
        genres=genres,
        motifs=tuple(_motif(one) for one in raw["motifs"]),
        expressions=_bounded(raw["expressions"]),
        prenoms=_words("prenoms.txt"),
        faibles=_words("ambigus.txt") | _words("noms.txt"),
        reperes={name: frozenset(words.split()) for name, words in raw["reperes"].items()},
    )


def with_names(names: Iterable[str]) -> Lexique:
    """Return the lexicon enriched with first names of the installer, already without accents.

    They count as weak: a capital or a word such as «le jeune» must show that someone is meant.
    """
    own = lexique()
    added = frozenset(names) - own.prenoms
    return Lexique(own.genres, own.motifs, own.expressions, own.prenoms, own.faibles | added, own.reperes)


def _words(name: str) -> frozenset[str]:
    return frozenset((HERE / name).read_text(encoding="utf-8").split())


def _bounded(pattern: str, letters: str = "a-z0-9") -> re.Pattern[str]:
    return re.compile(f"(^|[^{letters}])({pattern})(?![{letters}])")


def _motif(raw: Mapping[str, Any]) -> Motif:
    casse = bool(raw.get("casse"))
    return Motif(
        genre=raw["genre"],
        dit=_bounded(raw["dit"], "A-Za-z0-9" if casse else "a-z0-9"),
        casse=casse,
        apres=_optional(raw, "apres", "(?:^|[^a-z0-9])(?:{})\\Z"),
        sauf_avant=_optional(raw, "sauf_avant", "(?:^|[^a-zA-Z0-9])(?:{})\\Z"),
        sauf_apres=_optional(raw, "sauf_apres", "^(?:{})"),
        avec=_optional(raw, "avec", "{}"),
    )


def _optional(raw: Mapping[str, Any], name: str, frame: str) -> re.Pattern[str] | None:
    return re.compile(frame.replace("{}", raw[name])) if name in raw else None
