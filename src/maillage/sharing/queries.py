"""Reads through the door: one SQL query says what may be seen, and a ledger line says it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur
    from maillage.conventions.models import Partenariat
    from maillage.directory.models import Service
    from maillage.sharing.views import AccompagnementLine, AccompagnementSheet, Examined, Fact, Value


def examine(
    *,
    by: Acteur,
    destinataire: Service,
    partenariat: Partenariat,
    personne: UUID | None,
    nature: str,
    declared: Mapping[str, Value],
    established: Mapping[str, Fact] | None = None,
    finalite: str = "orientation_personne",
    portee: str = "orientation",
) -> Examined:
    """Gather the facts of an exchange by `by` today and ask the law. Writes nothing.

    Raises NotVisible when the two services are not in the partnership.
    """
    raise NotImplementedError


def list_accompagnements(
    acteur: Acteur, *, clos: bool = False, limit: int = 50, offset: int = 0
) -> list[AccompagnementLine]:
    """Return my service's accompagnements (open ones, or ended ones); leaves one ledger line."""
    raise NotImplementedError


def read_accompagnement(acteur: Acteur, identifiant: UUID) -> AccompagnementSheet:
    """Return one sheet of my service; leaves one ledger line. Raises NotVisible."""
    raise NotImplementedError
