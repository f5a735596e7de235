"""What the next team receives, and where rounds passed: places and slots, never agents nor minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys, unseal
from maillage.base.enums import Portee
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.main_courante.enums import Liste
from maillage.main_courante.gestes import Geste
from maillage.main_courante.jours import NIGHT_ENDS, SLOT_ORDER
from maillage.main_courante.models import CompteRendu, Consigne, Note, Sortie
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.passages import standing

PAGE = 50


@dataclass(frozen=True)
class ConsigneLine:
    """One consigne as the team reads it; `passages` counts the rounds that passed there since."""

    id: UUID
    lieu: Lieu
    geste: str
    geste_libelle: str
    texte: str
    creee_le: datetime
    jusquau: date
    levee_le: datetime | None
    passages: int


@dataclass(frozen=True)
class CoverageRow:
    """One place in a period: how many rounds passed in each slot, in the order of `Coverage.creneaux`."""

    lieu: str
    quartier: str
    passages: Sequence[int]
    total: int


@dataclass(frozen=True)
class Coverage:
    """Declared rounds of a period by place and slot; `oublies` names the places nobody passed by."""

    since: date
    until: date
    sorties: int
    creneaux: Sequence[str]
    lignes: Sequence[CoverageRow]
    oublies: Sequence[str]


@transaction.atomic
def consignes_of(acteur: Acteur) -> list[ConsigneLine]:
    """Return what the service asks of its next team, oldest first; one ledger line."""
    rows = Consigne.objects.filter(
        service=acteur.service, levee_le__isnull=True, jusquau__gte=clock.today()
    ).order_by("creee_le", "pk")
    lines = _lines(acteur, list(rows.select_related("lieu__territoire")[:PAGE]))
    _trace(acteur, "consigne")
    return lines


@transaction.atomic
def consignes_of_day(acteur: Acteur, jour: date) -> list[ConsigneLine]:
    """Return the consignes that held during a working day, for its report; one ledger line.

    The day runs from five in the morning to five: what the night left at its end is in it.
    """
    start = datetime.combine(jour, time(NIGHT_ENDS), clock.PARIS)
    held = Q(levee_le__isnull=True) | Q(levee_le__gte=start)
    rows = Consigne.objects.filter(
        held, service=acteur.service, jusquau__gte=jour, creee_le__lt=start + timedelta(days=1)
    ).order_by("creee_le", "pk")
    lines = _lines(acteur, list(rows.select_related("lieu__territoire")[:PAGE]))
    _trace(acteur, "consigne")
    return lines


def consignes_waiting(acteur: Acteur) -> int:
    """Count the consignes that hold now."""
    return Consigne.objects.filter(
        service=acteur.service, levee_le__isnull=True, jusquau__gte=clock.today()
    ).count()


def report_sent(acteur: Acteur, jour: date) -> CompteRendu | None:
    """Return the fact that this day's report went to the hierarchy, None when it did not."""
    return CompteRendu.objects.filter(service=acteur.service, jour=jour).first()


@transaction.atomic
def coverage(acteur: Acteur, since: date, until: date, places: Sequence[Lieu]) -> Coverage:
    """Count the rounds of the service that passed by each place and slot, both days included.

    A round counts once by place and slot, whatever it wrote there: nobody's pace is measured.
    """
    notes = Note.objects.filter(
        service=acteur.service, jour__gte=since, jour__lte=until, sortie__isnull=False
    )
    rows = (
        standing(notes)
        .order_by()
        .values("lieu", "lieu__nom", "lieu__territoire__nom", "creneau")
        .annotate(rounds=Count("sortie", distinct=True))
    )
    found: dict[UUID, dict[str, int]] = {}
    names: dict[UUID, tuple[str, str]] = {}
    for row in rows:
        found.setdefault(row["lieu"], {})[row["creneau"]] = row["rounds"]
        names[row["lieu"]] = (row["lieu__nom"], row["lieu__territoire__nom"])
    slots = [code for code in SLOT_ORDER if any(code in counts for counts in found.values())]
    words = listes_of(acteur.service)
    lines = [
        CoverageRow(*names[pk], [counts.get(code, 0) for code in slots], sum(counts.values()))
        for pk, counts in found.items()
    ]
    _trace(acteur, "couverture")
    return Coverage(
        since=since,
        until=until,
        sorties=Sortie.objects.filter(service=acteur.service, jour__gte=since, jour__lte=until).count(),
        creneaux=[words.label(Liste.CRENEAU, code) for code in slots],
        lignes=sorted(lines, key=lambda line: (-line.total, line.lieu)),
        oublies=sorted(place.nom for place in places if place.pk not in found),
    )


def _lines(acteur: Acteur, rows: Sequence[Consigne]) -> list[ConsigneLine]:
    key = data_keys(Portee.SERVICE, [acteur.service.pk]).get(acteur.service.pk)
    passed = _passages(acteur, rows)
    return [
        ConsigneLine(
            id=row.pk,
            lieu=row.lieu,
            geste=row.geste,
            geste_libelle=Geste(row.geste).label,
            texte=unseal(row, "texte_scelle", key=key),
            creee_le=row.creee_le,
            jusquau=row.jusquau,
            levee_le=row.levee_le,
            passages=len({outing for when, outing in passed.get(row.lieu_id, []) if when >= row.creee_le}),
        )
        for row in rows
    ]


def _passages(acteur: Acteur, rows: Sequence[Consigne]) -> dict[UUID, list[tuple[datetime, UUID | None]]]:
    if not rows:
        return {}
    notes = Note.objects.filter(
        service=acteur.service,
        lieu__in={row.lieu_id for row in rows},
        observee_le__gte=min(row.creee_le for row in rows),
        sortie__isnull=False,
    )
    found: dict[UUID, list[tuple[datetime, UUID | None]]] = {}
    for place, when, outing in standing(notes).values_list("lieu", "observee_le", "sortie"):
        found.setdefault(place, []).append((when, outing))
    return found


def _trace(acteur: Acteur, genre: str) -> None:
    record(chaine=acteur.service.pk, acte=Acte.LISTE, acteur=acteur.professionnel_id, objet_genre=genre)
