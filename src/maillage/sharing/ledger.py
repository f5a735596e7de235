"""The door's lines in the ledger: on the chain of the service that acts, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.sharing.pace import count_reading

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def note(
    by: Acteur, acte: Acte, genre: str, objet: UUID | None = None, detail: Mapping[str, object] | None = None
) -> None:
    """Write one line on the chain of the acteur's service; codes and numbers only in `detail`.

    A sheet read counts towards the account's pace.
    """
    record(
        chaine=by.service.pk,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre=genre,
        objet=objet,
        detail=detail,
    )
    if acte == Acte.LECTURE:
        count_reading(by, genre)
