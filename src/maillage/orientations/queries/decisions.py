"""What my own service decided of a month's orientations."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.conventions.models import Partenariat
from maillage.orientations.enums import EtatReception
from maillage.orientations.faces import OwnDecisions
from maillage.orientations.models import Reception
from maillage.orientations.queries.received import inner_state
from maillage.sharing.errors import NotVisible
from maillage.sharing.openings import midnight

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


def _require_member(acteur: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in acteur.partenariat_ids:
        raise NotVisible


def _bounds(month: date) -> tuple[datetime, datetime]:
    first = month.replace(day=1)
    after = first.replace(year=first.year + 1, month=1) if first.month == 12 else None
    return midnight(first), midnight(after or first.replace(month=first.month + 1))


def own_decisions(acteur: Acteur, partenariat: Partenariat, month: date) -> OwnDecisions:
    """Return what my service did of what it received that month. Raises NotVisible."""
    _require_member(acteur, partenariat)
    start, end = _bounds(month)
    rows = Reception.objects.filter(
        Q(orientation__envoyee_le__gte=start, orientation__envoyee_le__lt=end),
        service_id=acteur.service.pk,
        orientation__partenariat=partenariat,
    ).select_related("orientation")
    states = Counter(inner_state(row.orientation, row) for row in rows)
    return OwnDecisions(
        recues=states.total(),
        a_voir=states[EtatReception.A_VOIR],
        acceptees=states[EtatReception.ACCEPTEE],
        reorientees=states[EtatReception.REORIENTEE],
        declinees=states[EtatReception.DECLINEE],
        retirees=states[EtatReception.RETIREE],
        expirees=states[EtatReception.EXPIREE],
    )
