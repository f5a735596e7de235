"""The ledger line of an import."""

from __future__ import annotations

from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.directory.imports.report import Report


def record_import(report: Report) -> None:
    """Write in the platform's ledger that a file came in: its kind and its counts, nothing else."""
    record(
        chaine=PLATEFORME,
        acte=Acte.MODIFICATION,
        acteur=None,
        objet_genre="import",
        detail={
            "genre": report.kind,
            "ajoutes": report.created,
            "modifies": report.changed,
            "refuses": len(report.rejected),
        },
    )
