"""The night's report: it assembles itself from what the team wrote; places and slots, never agents."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base.clock import PARIS
from maillage.comptes.acteur import Acteur
from maillage.main_courante.jours import NOON, SLOT_ORDER
from maillage.main_courante.models import Note, Sortie
from maillage.main_courante.queries.messages import (
    CardsGiven,
    MessageLine,
    contacts_by_place,
    messages_of_moment,
)
from maillage.main_courante.queries.notes import NoteLine, current_notes, note_lines
from maillage.main_courante.vocabulaire import TECHNIQUE


@dataclass
class PlaceOfNight:
    """One place in the order of the night: its notes by slot."""

    nom: str
    quartier: str
    notes: list[NoteLine] = field(default_factory=list)


@dataclass(frozen=True)
class NightReport:
    """A working day of one service: outings in number, places, what must be passed on."""

    service: str
    jour: date
    sorties: int
    passages: int
    calmes: int
    lieux: Sequence[PlaceOfNight]
    tranquilles: Sequence[tuple[str, str]]
    techniques: Sequence[NoteLine]
    messages: Sequence[MessageLine]
    cartes: Sequence[CardsGiven]
    contacts_nouveaux: int

    @property
    def vide(self) -> bool:
        """Tell that nothing was written that day."""
        return not (self.passages or self.messages or self.cartes)


@transaction.atomic
def night_report(acteur: Acteur, jour: date) -> NightReport:
    """Assemble the working day of the acting person's service; leaves a ledger line.

    A night crosses midnight: messages count from noon to noon when the day has night notes.
    """
    rows = note_lines(acteur, current_notes(acteur, jour))
    rows.sort(key=lambda line: (_rank(line.creneau_code), line.observee_le))
    told = [line for line in rows if not line.calme]
    since, until = _span(jour, rows)
    record(
        chaine=acteur.service.pk,
        acte=Acte.LECTURE,
        acteur=acteur.professionnel_id,
        objet_genre="nuit",
        detail={"jour": jour.isoformat()},
    )
    return NightReport(
        service=str(acteur.service),
        jour=jour,
        sorties=Sortie.objects.filter(service=acteur.service, jour=jour).count(),
        passages=len(rows),
        calmes=len(rows) - len(told),
        lieux=_by_place(told),
        tranquilles=[(line.lieu.nom, line.creneau) for line in rows if line.calme],
        techniques=[line for line in told if line.famille == TECHNIQUE],
        messages=messages_of_moment(acteur, since, until),
        cartes=contacts_by_place(acteur, jour, jour),
        contacts_nouveaux=sum(line.contacts_nouveaux or 0 for line in rows),
    )


def latest_day(acteur: Acteur) -> date | None:
    """Return the last working day on which the service wrote, None when it never did."""
    found: date | None = Note.objects.filter(service=acteur.service).aggregate(last=Max("jour"))["last"]
    return found


def _rank(code: str) -> int:
    return SLOT_ORDER.index(code) if code in SLOT_ORDER else len(SLOT_ORDER)


def _by_place(lines: Sequence[NoteLine]) -> list[PlaceOfNight]:
    places: dict[object, PlaceOfNight] = {}
    for line in lines:
        place = places.setdefault(line.lieu.pk, PlaceOfNight(line.lieu.nom, line.lieu.territoire.nom))
        place.notes.append(line)
    return list(places.values())


def _span(jour: date, lines: Sequence[NoteLine]) -> tuple[datetime, datetime]:
    night = any(line.observee_le.astimezone(PARIS).date() > jour for line in lines)
    start = datetime.combine(jour, time(NOON if night else 5), PARIS)
    return start, start + timedelta(days=1)
