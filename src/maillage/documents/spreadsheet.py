"""Tables that leave for a spreadsheet, the French way, and never carry a live formula (P-12)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from maillage.documents.content import Table

Cell = str | int | float | Decimal | None

# A cell that starts so is run as a formula by Excel or LibreOffice; a leading quote makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BOM = "\ufeff"
WIDEST = 60


def defuse(value: Cell) -> str:
    """Return the cell as text that no spreadsheet will run: a quote is put before a formula sign.

    Numbers keep their decimal comma and are left alone, negative ones included.
    """
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def undefuse(text: str) -> str:
    """Return what `defuse` was given: the inverse, for files that come back."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV as French spreadsheets read it: UTF-8 with BOM, semicolons, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([defuse(header) for header in headers])
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8")


def table_csv(table: Table) -> bytes:
    """Return the CSV of a document's table."""
    return csv_bytes(table.headers, table.rows)


def xlsx_bytes(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Return a workbook of (sheet name, headers, rows): text stays text, numbers stay numbers.

    The first row is frozen and bold. Sheet names are cut to the thirty-one characters allowed.
    """
    book = Workbook()
    book.remove(book.active)
    for name, headers, rows in sheets:
        _add_sheet(book, name[:31], headers, rows)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _add_sheet(book: Workbook, name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sheet = book.create_sheet(name)
    widths = [len(header) for header in headers]
    for at, row in enumerate([headers, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=column)
            if isinstance(value, str):
                cell.value = value
                # Set after the value: openpyxl would have made it a formula.
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(FORMULA_STARTS)
            else:
                cell.value = value
            widths[column - 1] = max(widths[column - 1], len(str(value or "")))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, WIDEST)
        head = sheet.cell(row=1, column=column)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E6EFF1")
    sheet.freeze_panes = "A2"
