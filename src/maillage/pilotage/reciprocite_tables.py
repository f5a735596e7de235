"""Reciprocity as tables, for screens and documents: figures, or why they are not written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maillage.diagnostics.masking import INSIDE, Cell
from maillage.documents.content import Table
from maillage.pilotage.echanges import REASONS
from maillage.pilotage.reciprocite import Compte, Sens

HEADS = ("De qui, vers qui", "Envoyées", "Répondues", "À temps", "Délai médian", "Refusées")


def tables_of(rows: Sequence[Sens], threshold: int = INSIDE, whose: str = "") -> list[Table]:
    """Return news of places, orientations and returns, a table each; `whose` ends their captions."""
    return [
        _counts(f"Nouvelles d'un lieu{whose}", ((row, row.lieux) for row in rows), threshold),
        _counts(f"Orientations{whose}", ((row, row.orientations) for row in rows), threshold),
        Table(
            f"Retours sur une orientation{whose}",
            ("De qui, vers qui", "Offerts", "Tenus"),
            [(direction(row), said(row.offerts, threshold), said(row.tenus, threshold)) for row in rows],
        ),
    ]


def direction(row: Sens) -> str:
    """Name a direction."""
    return f"{row.emetteur} vers {row.destinataire}"


def said(cell: Cell, threshold: int = INSIDE) -> str:
    """Write a figure, or why it is not written."""
    return str(cell.value) if cell.value is not None else cell.why.value.format(seuil=threshold)


def days(delay: float | None) -> str:
    """Write a number of days; a dash when there is none to tell."""
    if delay is None:
        return "–"
    return "le jour même" if delay == 0 else f"{delay:g} j".replace(".", ",")


def _counts(caption: str, rows: Iterable[tuple[Sens, Compte]], threshold: int) -> Table:
    return Table(caption, HEADS, [(direction(row), *_cells(found, threshold)) for row, found in rows])


def _cells(found: Compte, threshold: int) -> tuple[str, ...]:
    reasons = " ; ".join(f"{REASONS[key]} : {said(cell, threshold)}" for key, cell in found.motifs.items())
    refused = said(found.refuses, threshold)
    return (
        said(found.envoyes, threshold),
        said(found.repondus, threshold),
        said(found.a_temps, threshold),
        days(found.delai),
        f"{refused} ({reasons})" if reasons else refused,
    )
