"""The signed paper, scanned: a direction attaches it to a settled version, and may take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import seal_bytes, unseal_bytes
from maillage.conventions.actions.atelier import lock_convention, note
from maillage.conventions.enums import EtatConvention
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.conventions.models import Numerisation
from maillage.conventions.queries import SIGNING_CAMPS, camp_of
from maillage.documents.attachments import Attachment, Genre

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

MOST = 8


@atomic
def attach_scan(*, by: Acteur, convention: UUID, piece: Attachment) -> Numerisation:
    """Seal a scan beside the version that it shows signed; it replaces nothing.

    `piece` comes cleaned. Raises NotYours (not a direction here), CannotWrite, NotNow (text not settled),
    BadAnswer (too many).
    """
    row = lock_convention(by, convention)
    if camp_of(by, row.partenariat) not in SIGNING_CAMPS:
        raise NotYours
    if row.etat not in (EtatConvention.ARRETEE, EtatConvention.SIGNEE):
        raise NotNow("Le texte n'est pas arrêté : un exemplaire signé vient après.")
    if row.numerisations.filter(retiree_le=None).count() >= MOST:
        raise BadAnswer("fichier", f"{MOST} fichiers au plus par version : retirez-en un d'abord.")
    made = Numerisation(
        convention=row,
        partenariat=row.partenariat,
        genre=piece.genre.value,
        octets=len(piece.content),
        deposee_le=clock.now(),
        deposee_par=by.poste,
    )
    made.contenu_scelle = seal_bytes(made, "contenu_scelle", piece.content)
    made.save()
    note(by, Acte.CREATION, "numerisation", made.pk, {"version": row.version})
    return made


@atomic
def open_scan(*, by: Acteur, numerisation: UUID) -> tuple[Numerisation, Attachment]:
    """Return a scan of one of my partnerships in clear, and write who opened it. Raises NotYours."""
    row = _of(by, numerisation)
    note(by, Acte.LECTURE, "numerisation", row.pk, {"version": row.convention.version})
    return row, Attachment(unseal_bytes(row, "contenu_scelle"), Genre(row.genre))


@atomic
def withdraw_scan(*, by: Acteur, numerisation: UUID) -> Numerisation:
    """Empty a scan attached by mistake; the line of its deposit stays. Raises NotYours, CannotWrite."""
    row = _of(by, numerisation)
    lock_convention(by, row.convention_id)
    if camp_of(by, row.partenariat) not in SIGNING_CAMPS:
        raise NotYours
    row.contenu_scelle, row.octets, row.retiree_le = b"", 0, clock.now()
    row.save(update_fields=["contenu_scelle", "octets", "retiree_le"])
    note(by, Acte.RETRAIT, "numerisation", row.pk, {"version": row.convention.version})
    return row


def _of(by: Acteur, numerisation: UUID) -> Numerisation:
    found = (
        Numerisation.objects.select_related("convention", "partenariat")
        .filter(pk=numerisation, partenariat__in=by.partenariat_ids, retiree_le=None)
        .first()
    )
    if found is None:
        raise NotYours
    return found
