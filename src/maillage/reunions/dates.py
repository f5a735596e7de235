"""Dates of meetings beyond one by one: a field meeting every week, a meeting that will not be held."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Partenariat
from maillage.reunions.actions import convene, locked, require_planned
from maillage.reunions.enums import EtatReunion, GenreReunion, MotifReport
from maillage.reunions.models import Reunion

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

MOST_WEEKS = 26


@atomic
def convene_weekly(
    *,
    by: Acteur,
    partenariat: Partenariat,
    genre: str,
    le: datetime,
    semaines: int,
    lieu: str = "",
    duree_minutes: int = 90,
) -> list[Reunion]:
    """Plan a meeting, or the same field meeting each week at one hour; all or none.

    Raises as `convene`; BadAnswer for a weekly meeting that is not a field one, or too many weeks.
    """
    if not 1 <= semaines <= MOST_WEEKS:
        raise BadAnswer("semaines", f"De 1 à {MOST_WEEKS} semaines.")
    if semaines > 1 and genre != GenreReunion.TERRAIN:
        raise BadAnswer("semaines", "Seule une rencontre de terrain se répète chaque semaine.")
    return [
        convene(
            by=by,
            partenariat=partenariat,
            genre=genre,
            # Weeks are added to the hour on the clock: summer time changes nothing to it.
            le=le.astimezone(clock.PARIS) + timedelta(weeks=week),
            lieu=lieu,
            duree_minutes=duree_minutes,
        )
        for week in range(semaines)
    ]


@atomic
def cancel(*, by: Acteur, reunion: UUID, motif: str) -> Reunion:
    """Cancel a planned meeting: calendars are told, its guests' links open nothing more.

    Raises NotYours, CannotWrite, BadAnswer, NotNow (already held or cancelled).
    """
    row = locked(by, reunion)
    require_planned(row)
    if motif not in MotifReport.values:
        raise BadAnswer("motif", "Choisissez une raison de la liste.")
    row.etat, row.motif_annulation, row.annulee_le = EtatReunion.ANNULEE, motif, clock.now()
    row.sequence += 1
    row.save(update_fields=["etat", "motif_annulation", "annulee_le", "sequence"])
    record(
        chaine=by.service.pk,
        acte=Acte.FERMETURE,
        acteur=by.professionnel_id,
        objet_genre="reunion",
        objet=row.pk,
    )
    return row
