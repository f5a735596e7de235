"""Technical reports as tests need them: one row each, without a mail."""

from __future__ import annotations

from datetime import datetime

from maillage.base import clock
from maillage.main_courante.models import Guichet, Note, Signalement
from tests.cast import Cast


def told(
    cast: Cast, note: Note, *, envoye_le: datetime | None = None, repare_le: datetime | None = None
) -> Signalement:
    """Return a report of this note to the desk «Habitat» of ALM, told now unless said otherwise."""
    desk, _ = Guichet.objects.get_or_create(service=cast.alm, nom="Habitat", courriel="travaux@exemple.fr")
    sent = envoye_le or clock.now()
    return Signalement.objects.create(
        service=cast.alm,
        poste=note.poste,
        guichet=desk,
        note=note,
        lieu=note.lieu,
        categorie=note.categorie,
        jour=note.jour,
        envoye_le=sent,
        expire_le=sent,
        repare_le=repare_le,
    )
