"""`maillage import prenoms`: first names for the guard, from a list the installer has (INSEE's, for one).

Kept as one small file beside the installation's other files; the phone fetches it. They are read as
weak signs: such a word counts only where a capital or a cue shows that someone is meant.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction

from maillage.base.oserrors import reason
from maillage.directory.imports.ledger import record_import
from maillage.directory.imports.reading import plain
from maillage.directory.imports.report import ImportRefused, Report
from maillage.main_courante.garde.lecture import WORD, fold
from maillage.main_courante.garde.lexique import lexique

KIND = "prenoms"
NAMES = ("preusuel", "prenom", "prenoms")
COUNTS = ("nombre", "valeur", "total", "effectif")
FEWEST, MOST, SHORTEST, LONGEST = 20, 12_000, 3, 20


def stored() -> Path:
    """Return where the list is kept."""
    return Path(settings.MEDIA_ROOT) / "prenoms.txt.gz"


def given() -> bytes:
    """Return the list as kept, compressed (gzip); an empty list when the installer gave none."""
    try:
        return stored().read_bytes()
    except FileNotFoundError:
        return gzip.compress(b"", mtime=0)


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Replace the installer's list by this file's: a CSV of names and births, or one name a line.

    Names given fewer than twenty times, those the guard knows, and what is no word are left out.
    `mapping` may name the columns `prenom` and `nombre`. Raises ImportRefused when nothing can be read.
    """
    report, births = Report(KIND), Counter[str]()
    for name, number in _read(path, mapping or {}):
        for word in WORD.findall(fold(name)):
            births[word] += number
    own = lexique()
    kept = [
        word
        for word, number in births.most_common()
        if number >= FEWEST
        and SHORTEST <= len(word) <= LONGEST
        and word.isalpha()
        and word not in own.prenoms | own.faibles
    ][:MOST]
    if not births:
        raise ImportRefused(f"{path.name} ne contient aucun prénom.")
    before = set(gzip.decompress(given()).decode().split())
    report.created = len(set(kept) - before)
    report.unchanged = sum(word in own.prenoms | own.faibles | before for word in births)
    report.remarks.append(f"{len(births)} prénom(s) lus ; les plus rares et les déjà connus sont laissés.")
    with transaction.atomic():
        record_import(report)
        transaction.set_rollback(dry_run)
        if not dry_run:
            _write(" ".join(sorted(kept)))
    return report


def _write(words: str) -> None:
    place = stored()
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    fresh.write_bytes(gzip.compress(words.encode(), mtime=0))
    fresh.replace(place)


def _read(path: Path, mapping: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield (name, births) row by row: INSEE's file has a line for each year."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            first = opened.readline()
            if not any(sign in first for sign in ";,\t"):
                yield from ((line.strip(), FEWEST) for line in (first, *opened))
                return
            delimiter = max(";,\t", key=first.count)
            headers = [plain(name) for name in next(csv.reader([first], delimiter=delimiter))]
            at = _column(headers, (mapping.get("prenom", ""), *NAMES))
            count = _column(headers, (mapping.get("nombre", ""), *COUNTS), needed=False)
            for row in csv.reader(opened, delimiter=delimiter):
                told = row[count] if 0 <= count < len(row) else str(FEWEST)
                if at < len(row) and told.isascii() and told.isdigit():
                    yield row[at], int(told)
    except OSError as error:
        raise ImportRefused(f"Impossible de lire {path} : {reason(error)}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ImportRefused(f"{path.name} n'est pas un fichier de texte en UTF-8.") from error


def _column(headers: list[str], names: tuple[str, ...], *, needed: bool = True) -> int:
    for name in names:
        if name and plain(name) in headers:
            return headers.index(plain(name))
    if needed:
        raise ImportRefused("La colonne « prenom » manque (--mapping dit comment elle s'appelle).")
    return -1
