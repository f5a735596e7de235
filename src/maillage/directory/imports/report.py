"""What an import did: how many rows, what was refused and why, what was noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class ImportRefused(Exception):
    """The whole file is refused; nothing was written. The message is one French sentence."""


@dataclass(frozen=True)
class Rejection:
    """One refused row: its line in the file (1 is the first line), and why, in French."""

    ligne: int
    motif: str


@dataclass
class Report:
    """The outcome of an import: rows created, changed, already there, refused; remarks worth reading."""

    kind: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> None:
        """Count one row as `created`, `changed` or `unchanged`."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def reject(self, ligne: int, motif: str) -> None:
        """Keep a refused row."""
        self.rejected.append(Rejection(ligne, motif))

    def lines(self) -> list[str]:
        """Return the report as French lines, the totals first."""
        said = [
            f"{self.created} ajouté(s), {self.changed} modifié(s), {self.unchanged} déjà là, "
            f"{len(self.rejected)} refusé(s)."
        ]
        said += self.remarks
        said += [f"Ligne {one.ligne} refusée : {one.motif}" for one in self.rejected]
        return said

    def as_json(self) -> Mapping[str, object]:
        """Return the report as plain data."""
        return {
            "genre": self.kind,
            "ajoutes": self.created,
            "modifies": self.changed,
            "inchanges": self.unchanged,
            "refuses": [{"ligne": one.ligne, "motif": one.motif} for one in self.rejected],
            "remarques": list(self.remarks),
        }
