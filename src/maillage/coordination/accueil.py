"""The desk of a house that both services share: visits counted by half-day and motive, nobody named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Sum
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.coordination.enums import MomentAccueil, MotifAccueil
from maillage.coordination.models import PassageAccueil
from maillage.directory.enums import GenreLieu, Role
from maillage.directory.models import Lieu
from maillage.directory.queries import lieux_of

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

NOON, EVENING = 13, 18
MOST = 999


def houses_of(partenariat: Partenariat) -> list[Lieu]:
    """Return the shared houses of a partnership, by name."""
    return list(lieux_of(partenariat).filter(genre=GenreLieu.MAISON).order_by("nom", "pk"))


def half_day(moment: datetime) -> MomentAccueil:
    """Return the half-day a moment falls in."""
    hour = moment.astimezone(clock.PARIS).hour
    if hour < NOON:
        return MomentAccueil.MATIN
    return MomentAccueil.APRES_MIDI if hour < EVENING else MomentAccueil.SOIR


@atomic
def count_visit(
    *, by: Acteur, partenariat: Partenariat, maison: UUID, motif: str, plus: int
) -> PassageAccueil:
    """Count one visit more (`plus` 1) or take the last back (-1), now, for the house.

    Raises NotYours (another partnership, no desk post, a house that is not shared here), CannotWrite,
    BadAnswer (unknown motive), NotNow (nothing to take back).
    """
    if partenariat.pk not in by.partenariat_ids or by.role != Role.ACCUEIL:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")
    house = next((one for one in houses_of(partenariat) if one.pk == maison), None)
    if house is None:
        raise NotYours
    if motif not in MotifAccueil.values or plus not in (1, -1):
        raise BadAnswer("motif", "Choisissez un motif de la liste.")
    row, _ = PassageAccueil.objects.select_for_update().get_or_create(
        partenariat=partenariat,
        maison=house,
        jour=clock.today(),
        moment=half_day(clock.now()),
        motif=motif,
    )
    if not 0 <= row.nombre + plus <= MOST:
        raise NotNow("Il n'y a rien à ôter pour ce motif." if plus < 0 else f"{MOST} passages au plus.")
    row.nombre += plus
    row.save(update_fields=["nombre"])
    record(
        chaine=by.service.pk,
        acte=Acte.MODIFICATION,
        acteur=by.professionnel_id,
        objet_genre="passage_accueil",
        objet=house.pk,
    )
    return row


def visits(partenariat: Partenariat, maison: Lieu, since: date, until: date) -> dict[tuple[str, str], int]:
    """Return how many came by (half-day, motive), from `since` to `until` included."""
    rows = PassageAccueil.objects.filter(
        partenariat=partenariat, maison=maison, jour__gte=since, jour__lte=until
    )
    counted = rows.order_by().values_list("moment", "motif").annotate(n=Sum("nombre"))
    return {(moment, motif): n for moment, motif, n in counted if n}


def table(counted: dict[tuple[str, str], int]) -> Sequence[tuple[str, list[int], int]]:
    """Return one line a motive: its label, its counts by half-day in order, their sum."""
    lines = []
    for motif in MotifAccueil:
        row = [counted.get((moment, motif), 0) for moment in MomentAccueil]
        lines.append((str(motif.label), row, sum(row)))
    return lines
