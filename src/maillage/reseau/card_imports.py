"""A city's card brought in by `maillage import key`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from maillage.directory.imports.report import Report
from maillage.reseau.cards import learn, spoken
from maillage.reseau.imports import brought


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Believe the key of a card: whoever runs the command heard it said; `mapping` has no meaning here.

    Raises ImportRefused.
    """
    report = Report("key")

    def keep(text: str) -> None:
        for row in learn(text, confirmed=True):
            report.count("created")
            report.remarks.append(f"« {row.nom} » signe avec {spoken(row.cle_publique)}.")
        report.remarks.append("Faites lire cette clé à la ville, de vive voix : elle doit dire la même.")

    return brought(path, report, keep, dry_run=dry_run)
