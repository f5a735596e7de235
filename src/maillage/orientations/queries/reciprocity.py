"""What goes each way in a month: flows both services may count, and my own decisions."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import permutations
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.orientations.enums import EtatReception
from maillage.orientations.faces import Flow, OwnDecisions
from maillage.orientations.models import Orientation, Reception, Retour
from maillage.orientations.queries.received import inner_state
from maillage.sharing.enums import FinOuverture
from maillage.sharing.errors import NotVisible
from maillage.sharing.models import Ouverture
from maillage.sharing.openings import midnight

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# Below, a count may point at someone (law, question U-12).
THRESHOLD = 5
Pair = tuple[UUID, UUID]


def reciprocity(acteur: Acteur, partenariat: Partenariat, month: date) -> list[Flow]:
    """Return each direction between the two trades in the month of `month`, counted apart.

    Touches neither `Reception` nor `SuiteInterne`. Raises NotVisible.
    """
    _require_member(acteur, partenariat)
    start, end = _bounds(month)
    sent = _by_pair(partenariat, start, end)
    back = _returns_by_pair(partenariat, start, end)
    services = members(partenariat, month)
    mine = acteur.service.pk
    return [
        Flow(
            emetteur=one.nom_court,
            destinataire=other.nom_court,
            mien=mine in (one.pk, other.pk),
            orientations=_shown(sent[one.pk, other.pk], exact=mine in (one.pk, other.pk)),
            retours=_shown(back[one.pk, other.pk], exact=mine in (one.pk, other.pk)),
        )
        for one, other in permutations(services, 2)
        if one.metier != other.metier
    ]


def _require_member(acteur: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in acteur.partenariat_ids:
        raise NotVisible


def _bounds(month: date) -> tuple[datetime, datetime]:
    first = month.replace(day=1)
    after = first.replace(year=first.year + 1, month=1) if first.month == 12 else None
    return midnight(first), midnight(after or first.replace(month=first.month + 1))


def _by_pair(partenariat: Partenariat, start: datetime, end: datetime) -> Counter[Pair]:
    """Count what left, by sender and recipient."""
    rows = Orientation.objects.filter(partenariat=partenariat, envoyee_le__gte=start, envoyee_le__lt=end)
    pairs = rows.order_by().values_list("service_emetteur", "service_destinataire")
    return Counter({(one, other): n for one, other, n in pairs.annotate(n=Count("pk"))})


def _returns_by_pair(partenariat: Partenariat, start: datetime, end: datetime) -> Counter[Pair]:
    """Count what came back, by who gave the return and who reads it; a withdrawn one is not counted."""
    hidden = Ouverture.objects.filter(pk=OuterRef("ouverture"), cause_fin=FinOuverture.RETRAIT)
    rows = Retour.objects.filter(
        ~Exists(hidden), orientation__partenariat=partenariat, le__gte=start, le__lt=end
    )
    pairs = rows.order_by().values_list("orientation__service_destinataire", "orientation__service_emetteur")
    return Counter({(giver, reader): n for giver, reader, n in pairs.annotate(n=Count("pk"))})


def _shown(count: int, *, exact: bool) -> int | None:
    return count if exact or count >= THRESHOLD else None


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
