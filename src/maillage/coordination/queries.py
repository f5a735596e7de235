"""Reads of the coordination: the contact book, the reminders of services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.coordination.models import Contact, RappelService

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

SHOWN = timedelta(days=7)


def contacts_of(partenariat: Partenariat) -> list[Contact]:
    """Return the contact book of a partnership, by world then structure."""
    rows = Contact.objects.filter(partenariat=partenariat)
    return list(rows.order_by("genre", "structure", "fonction", "pk"))


def last_reminders(partenariat: Partenariat) -> dict[UUID, date]:
    """Return the last day on which each service was reminded."""
    rows = RappelService.objects.filter(partenariat=partenariat).order_by("le")
    return dict(rows.values_list("service_id", "le"))


def reminded(acteur: Acteur) -> date | None:
    """Return the last day of this week on which the coordination reminded the reader's service."""
    row = RappelService.objects.filter(
        service=acteur.service, partenariat__in=acteur.partenariat_ids, le__gt=clock.today() - SHOWN
    )
    return row.order_by("-le").values_list("le", flat=True).first()
