"""Reading what people publish: French CSV in its usual states, and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from maillage.base.oserrors import reason
from maillage.directory.imports.report import ImportRefused
from maillage.documents.spreadsheet import undefuse

MAX_BYTES = 256 * 1024 * 1024
DELIMITERS = ";,\t"
# `="01004;01005"` left bare in the file: its semicolon is not a separator.
BARE_ARMOUR = re.compile(r'(^|[;,\t])="([^"\r\n]*)"(?=[;,\t\r\n]|$)', re.MULTILINE)
EXCEL_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
WGS84 = ("CRS84", "4326")
FRENCH_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


@dataclass(frozen=True)
class SourceRow:
    """One row of the file: its line, its cells by column name as written, its outline if it has one."""

    ligne: int
    cells: Mapping[str, str]
    geometry: Mapping[str, Any] | None = None


def read_rows(path: Path) -> list[SourceRow]:
    """Read a CSV or a GeoJSON file, whichever it is.

    Raises ImportRefused when it cannot be opened, is too large, or is neither.
    """
    content = _content(path)
    if content.lstrip()[:1] == "{":
        return list(_geojson_rows(content))
    return list(_csv_rows(content))


def _content(path: Path) -> str:
    """Return the file's text: UTF-8 (with or without BOM), else Windows Latin."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefused(f"{path.name} dépasse 256 Mo.")
        raw = path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"Impossible de lire {path} : {reason(error)}.") from error
    if b"\0" in raw:
        raise ImportRefused(f"{path.name} n'est ni un CSV ni un GeoJSON.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _csv_rows(content: str) -> Iterator[SourceRow]:
    first = content.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(MAX_BYTES)
    sound = BARE_ARMOUR.sub(r'\1"\2"', content)
    reader = csv.reader(io.StringIO(sound, newline=""), delimiter=delimiter)
    try:
        headers = [header.strip() for header in next(reader, [])]
        if not any(headers):
            raise ImportRefused("Le fichier est vide.")
        if twice := sorted({header for header in headers if header and headers.count(header) > 1}):
            raise ImportRefused(f"La colonne « {twice[0]} » est là deux fois.")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                named = zip(headers, cells, strict=False)
                yield SourceRow(reader.line_num, {name: clean(cell) for name, cell in named})
    except csv.Error as error:
        raise ImportRefused(f"Ligne {reader.line_num} illisible : {error}.") from error


def _geojson_rows(content: str) -> Iterator[SourceRow]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ImportRefused("Le fichier commence comme un GeoJSON et n'en est pas un.") from error
    features = found.get("features")
    if found.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise ImportRefused("Le GeoJSON n'est pas une « FeatureCollection ».")
    crs = json.dumps(found.get("crs") or "CRS84")
    if not any(name in crs for name in WGS84):
        raise ImportRefused("Les coordonnées ne sont pas en WGS 84 (longitude, latitude).")
    for rank, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        cells = {str(name): _said(value) for name, value in (properties or {}).items()}
        yield SourceRow(rank, cells, feature.get("geometry") if isinstance(feature, dict) else None)


def _said(value: object) -> str:
    if isinstance(value, list):
        return ";".join(str(one) for one in value)
    return "" if value is None else clean(str(value))


def clean(cell: str) -> str:
    """Return a cell as it was meant: composed characters, no edges, no spreadsheet armour.

    `="01004"` is how a published file keeps a leading zero; a quote before a sign is our own.
    """
    text = unicodedata.normalize("NFC", cell).strip()
    armoured = EXCEL_TEXT.match(text)
    return undefuse(armoured.group(1).strip() if armoured else text)


class Columns:
    """Finds our fields in a file's columns: by the mapping given, else by the names people publish.

    Names are compared without case, accents, spaces, stars or underscores.
    """

    def __init__(
        self, aliases: Mapping[str, Sequence[str]], mapping: Mapping[str, str] | None = None
    ) -> None:
        """Remember the names of each field; `mapping` {field: column} comes first.

        Raises ImportRefused when the mapping names a field that this kind of file does not have.
        """
        unknown = sorted(set(mapping or {}) - set(aliases))
        if unknown:
            known = ", ".join(aliases)
            raise ImportRefused(f"La correspondance nomme « {unknown[0]} » ; champs possibles : {known}.")
        self.mapping = dict(mapping or {})
        self.names = {
            field: [plain(self.mapping[field])]
            if field in self.mapping
            else [plain(name) for name in (field, *names)]
            for field, names in aliases.items()
        }

    def check(self, rows: Iterable[SourceRow], required: Sequence[str]) -> None:
        """Raise ImportRefused when a needed column is nowhere in the file."""
        present: set[str] = set()
        for row in rows:
            present.update(plain(name) for name in row.cells)
        for field in required:
            if not present & set(self.names[field]):
                wanted = self.mapping.get(field, field)
                raise ImportRefused(f"La colonne « {wanted} » manque (--mapping dit comment elle s'appelle).")

    def pick(self, row: SourceRow) -> dict[str, str]:
        """Return the row's values by field; an absent column is an empty text."""
        cells = {plain(name): value for name, value in row.cells.items()}
        return {
            field: next((cells[name] for name in names if cells.get(name)), "")
            for field, names in self.names.items()
        }


def plain(name: str) -> str:
    """Return a name without case, accents, spaces or signs, for comparison."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def parse_day(text: str) -> date | None:
    """Read DD/MM/YYYY or an ISO date; None when empty. Raises ValueError with a French sentence."""
    if not text:
        return None
    try:
        if FRENCH_DATE.fullmatch(text):
            return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"« {text} » n'est pas une date (JJ/MM/AAAA).") from error


def read_mapping(path: Path) -> dict[str, str]:
    """Read a mapping file: a JSON object {our field: column of the file}. Raises ImportRefused."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ImportRefused(f"Impossible de lire {path} : {reason(error)}.") from error
    except ValueError as error:
        raise ImportRefused(f"{path.name} n'est pas un fichier JSON.") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ImportRefused(f"{path.name} doit être un objet JSON {{champ: colonne}}.")
    return found
