"""Keeping what an administrator changed: one row a value, one ledger line an act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from maillage.administration.enums import Objet
from maillage.administration.models import Changement
from maillage.audit import PLATEFORME
from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import CannotWrite, NotYours
from maillage.directory.enums import Role
from maillage.directory.models import Poste


@dataclass(frozen=True)
class Moved:
    """One value that changed: its French name, what it was, what it is. Empty: nothing."""

    quoi: str
    avant: str = ""
    apres: str = ""


def require_administrator(by: Acteur) -> None:
    """Let an administrator go on. Raises NotYours for another role, CannotWrite for a post that reads."""
    if by.role != Role.ADMINISTRATEUR:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas de changer.")


def lock_ledger(by: Acteur, *, services: Iterable[UUID] = (), personnes: Iterable[UUID] = ()) -> None:
    """Lock every chain that an act writes in, at once: the administrator's, these services', these posts'."""
    held = Poste.objects.filter(professionnel__in=list(personnes)).values_list("service", flat=True)
    lock_chains({by.service.pk, PLATEFORME, *services, *held})


def keep(
    by: Acteur,
    acte: Acte,
    objet: Objet,
    reference: UUID | str,
    nom: str,
    moved: Sequence[Moved],
    *,
    asked_by: Poste | None = None,
) -> None:
    """Write what moved in the history, and one line in the ledger; nothing when nothing moved.

    `asked_by` is the first of the two administrators when the change needed both. Call it in the
    transaction of the change.
    """
    if not moved:
        return
    now = clock.now()
    Changement.objects.bulk_create(
        Changement(
            le=now,
            par=asked_by or by.poste,
            avec=by.poste if asked_by is not None else None,
            objet=objet,
            reference=str(reference),
            nom=nom[:250],
            quoi=one.quoi,
            avant=one.avant[:500],
            apres=one.apres[:500],
        )
        for one in moved
    )
    record(
        chaine=by.service.pk,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre=objet.value,
        objet=reference,
    )
