"""Turns sealed columns and events into what a screen may hold."""

from __future__ import annotations

from django.db.models import Model

from maillage.base.encryption import Unreadable, unseal
from maillage.dossiers.models import Accord
from maillage.sharing.views import AccordState


def readable(row: Model, column: str, key: bytes | None) -> str:
    """Return a sealed text, or nothing once its key is destroyed."""
    if key is None:
        return ""
    try:
        return unseal(row, column, key=key)
    except Unreadable:
        return ""


def accord_state(event: Accord) -> AccordState:
    """Return an event of agreement as plain values."""
    return AccordState(
        portee=event.portee,
        destinataire=event.destinataire.nom_court,
        donneur=event.donneur,
        lien=event.titulaire.lien if event.titulaire else "",
        etat=event.etat,
        forme=event.forme,
        le=event.le,
    )
