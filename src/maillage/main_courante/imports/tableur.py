"""Reading a table of notes: CSV or XLSX, dates in any order said, hours, decimal commas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import zip_longest
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from maillage.base.oserrors import reason
from maillage.directory.imports.reading import MAX_BYTES, SourceRow, clean, read_rows
from maillage.directory.imports.report import ImportRefused

ORDERS = {"JMA": (2, 1, 0), "MJA": (2, 0, 1), "AMJ": (0, 1, 2)}
ORDER_NAMES = {"JMA": "jour/mois/année", "MJA": "mois/jour/année", "AMJ": "année/mois/jour"}
MAX_ROWS = 200_000
_PARTS = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"(\d{1,2})(?:\s?[:hH]\s?(\d{2})?)?(?::\d{2}(?:\.\d+)?)?")


def read_table(path: Path) -> list[SourceRow]:
    """Read a CSV, or the first sheet of an XLSX, the first row naming the columns.

    Raises ImportRefused when the file is neither, is too large, or is empty.
    """
    if path.suffix.lower() != ".xlsx":
        return read_rows(path)
    rows = list(_sheet_rows(path))
    if not rows:
        raise ImportRefused("Le fichier est vide.")
    return rows


def _sheet_rows(path: Path) -> Iterator[SourceRow]:
    try:
        if sum(part.file_size for part in zipfile.ZipFile(path).infolist()) > MAX_BYTES:
            raise ImportRefused(f"{path.name} dépasse 256 Mo.")
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise ImportRefused(f"Impossible de lire {path} : {reason(error)}.") from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise ImportRefused(f"{path.name} n'est pas un classeur XLSX.") from error
    try:
        lines = book.worksheets[0].iter_rows(values_only=True)
        headers = [_cell(value) for value in next(lines, ())]
        _check_headers(headers)
        for number, values in enumerate(lines, start=2):
            if number > MAX_ROWS:
                raise ImportRefused(f"Plus de {MAX_ROWS} lignes : coupez le fichier.")
            cells = dict(zip_longest(headers, map(_cell, values[: len(headers)]), fillvalue=""))
            if any(cells.values()):
                yield SourceRow(number, cells)
    finally:
        book.close()


def _check_headers(headers: Sequence[str]) -> None:
    if not any(headers):
        raise ImportRefused("Le fichier est vide.")
    if twice := sorted({header for header in headers if header and headers.count(header) > 1}):
        raise ImportRefused(f"La colonne « {twice[0]} » est là deux fois.")


def _cell(value: object) -> str:
    """Return a cell as it would be read on screen."""
    if isinstance(value, datetime):
        hour = f" {value:%H:%M}" if value.time() != time() else ""
        return f"{value:%Y-%m-%d}{hour}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else clean(str(value))


def parse_date(text: str, order: str) -> date:
    """Read a date in the order said (JMA, MJA, AMJ); ISO always. Raises ValueError in French."""
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        found = _PARTS.fullmatch(text)
        if found is None:
            raise ValueError
        parts = [int(part) for part in found.groups()]
        year, month, day = (parts[at] for at in ORDERS[order])
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise ValueError(f"« {text} » n'est pas une date ({ORDER_NAMES[order]}).") from error


def parse_hour(text: str) -> time:
    """Read 8:04, 21h30, 21 h 30 or 21h. Raises ValueError in French."""
    found = _HOUR.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        return time(int(found.group(1)), int(found.group(2) or 0))
    except ValueError as error:
        raise ValueError(f"« {text} » n'est pas une heure.") from error


def parse_degrees(longitude: str, latitude: str) -> tuple[float, float] | None:
    """Read two coordinates in degrees, decimal comma or point.

    None when one is missing, is no number, lies off the globe, or when both are 0 (a blank in disguise).
    """
    try:
        east, north = (float(text.replace(",", ".")) for text in (longitude, latitude))
    except ValueError:
        return None
    # Compared this way round so that « nan » fails too.
    on_earth = -180 <= east <= 180 and -90 <= north <= 90
    return (east, north) if on_earth and (east, north) != (0, 0) else None
