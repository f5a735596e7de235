"""Reading the study's own file, where the installer gives it.

The report never ships with the product. Items of the study point to a passage by section, paragraph number
and fingerprint; this module cuts the installer's copy into numbered passages so that a pointer can be
checked, and so that the passage can be shown beside the item.
"""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

VARIABLE: Final = "MAILLAGE_RAPPORT"
"""Environment variable naming the installer's copy of the report (UTF-8 Markdown)."""

_HEADING: Final = re.compile(r"^#+\s*\**\s*(?P<title>.*?)\**\s*$")
_CHAPTER: Final = re.compile(r"^(?P<number>\d{1,2})\.\s")
_LETTER: Final = re.compile(r"^(?P<letter>[a-f])\.\s")
_PEOPLE: Final = frozenset({"couverture", "remerciements", "contact"})
"""Sections that name people: items point there by office, and the passage itself is never shown."""
_NAMED: Final = {
    "SOMMAIRE": "sommaire",
    "REMERCIEMENTS": "remerciements",
    "ANNEXES": "annexes",
    "Contact": "contact",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the report: its section ("8a"), its rank from 1 in that section, and its text."""

    section: str
    paragraphe: int
    texte: str

    @property
    def empreinte(self) -> str:
        """Fingerprint of the text, see :func:`fingerprint`."""
        return fingerprint(self.texte)


def fingerprint(text: str) -> str:
    """Twelve hexadecimal digits that name a passage whatever its accents, case, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))
    return hashlib.sha256(letters.encode()).hexdigest()[:12]


def cut(text: str) -> list[Passage]:
    """Cut the whole report into passages, in reading order; a paragraph broken by a page end is mended."""
    section, merged = "couverture", False
    passages: list[Passage] = []
    for raw in text.splitlines():
        line = raw.strip(" ").rstrip()
        if not line.strip() or line.strip() == "-":
            continue
        heading = _HEADING.match(line)
        if heading:
            section = _next_section(section, heading["title"])
            merged = False
            continue
        rank = len([p for p in passages if p.section == section])
        if merged and _continues(line):
            last = passages.pop()
            passages.append(Passage(section, last.paragraphe, f"{last.texte} {line}"))
        else:
            passages.append(Passage(section, rank + 1, line))
        merged = True
    return passages


def _continues(line: str) -> bool:
    return line[0].islower()


def _next_section(current: str, title: str) -> str:
    chapter = _CHAPTER.match(title)
    if chapter:
        return chapter["number"]
    letter = _LETTER.match(title)
    number = re.match(r"\d+", current)
    if letter and number:
        return number[0] + letter["letter"]
    for opening, name in _NAMED.items():
        if title.startswith(opening):
            return name
    return current


def report_path() -> Path | None:
    """Where the installer keeps the report, or None; a path that is set but absent counts as none."""
    given = os.environ.get(VARIABLE)
    path = Path(given) if given else None
    return path if path is not None and path.is_file() else None


def passage_at(section: str, paragraphe: int) -> Passage | None:
    """The passage at a pointer, or None: no copy given, no such paragraph, or a section that names people."""
    path = report_path()
    if path is None or section in _PEOPLE:
        return None
    return _index(path, path.stat().st_mtime_ns).get((section, paragraphe))


@lru_cache(maxsize=2)
def _index(path: Path, _modified: int) -> dict[tuple[str, int], Passage]:
    return {(p.section, p.paragraphe): p for p in cut(path.read_text(encoding="utf-8"))}
