"""What a document says, whatever file carries it: titles, paragraphs, lists, tables, charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


class DocumentError(Exception):
    """The document cannot be made; the message is one French sentence."""


@dataclass(frozen=True)
class Heading:
    """A title inside the document; `level` 1 is a section, 2 a sub-section."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; `strong` sets it in bold."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of short lines, numbered when `numbered`."""

    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption and column headers; every row has as many cells as there are headers.

    `widths` are relative column widths (equal when empty); `numbers` the indexes of columns to align
    right; the first column names its row when `row_headers`. `to_sign` leaves room for a pen and keeps
    the rows together. Raises ValueError on an uneven row.
    """

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numbers: frozenset[int] = frozenset()
    row_headers: bool = True
    to_sign: bool = False

    def __post_init__(self) -> None:
        """Refuse a row that does not fit its headers: it would shift figures to wrong columns."""
        if any(len(row) != len(self.headers) for row in self.rows):
            raise ValueError(f"table « {self.caption} »: a row does not have {len(self.headers)} cells")

    @property
    def lines(self) -> Sequence[Sequence[tuple[str, str]]]:
        """Return each row as (header, cell) pairs: on a narrow screen a cell says its column itself."""
        return [list(zip(self.headers, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Chart:
    """A drawn chart (SVG), the sentence that says it, and the table that holds its figures."""

    svg: str
    alt: str
    table: Table


Block = Heading | Paragraph | Bullets | Table | Chart


@dataclass(frozen=True)
class Document:
    """A whole document: title, subtitle, the mention printed on every page, and its blocks.

    `mention` carries « données inventées » in a demonstration; `large` is for who reads with difficulty.
    """

    title: str
    blocks: Sequence[Block]
    subtitle: str = ""
    mention: str = ""
    author: str = "Maillage"
    landscape: bool = False
    large: bool = False
    keywords: Sequence[str] = field(default_factory=tuple)
