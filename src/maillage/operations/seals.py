"""Telling, every night, the rights that were written or changed beside the product (S-20)."""

from __future__ import annotations

from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base.seals import unsealed


@atomic
def tell_unsealed() -> int:
    """Write a line for each right whose seal does not hold, on its service's ledger; return how many."""
    broken = [row for rows in unsealed().values() for row in rows]
    for row in sorted(broken, key=lambda one: str(one.told_to())):
        record(
            chaine=row.told_to(),
            acte=Acte.SCEAU,
            acteur=None,
            objet_genre=row._meta.model_name or "",
            objet=row.pk if isinstance(row.pk, UUID) else None,
        )
    return len(broken)
