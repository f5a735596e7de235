"""Notes of one's own service: lists, one note with its corrections and conflicts."""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys, unseal
from maillage.base.enums import Portee
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.directory.queries import lieux_of
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Note, NoteEnConflit
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.vocabulaire import RIEN_A_SIGNALER, Listes

PAGE = 50
HABIT_DAYS = 30


@dataclass(frozen=True)
class NoteLine:
    """One note in the service's own words; codes beside labels where screens or the API need them."""

    id: UUID
    lieu: Lieu
    jour: date
    creneau: str
    creneau_code: str
    categorie: str
    categorie_code: str
    famille: str
    ambiance: str
    ambiance_code: str
    effectif: str
    effectif_code: str
    publics: Sequence[str]
    origine: str
    origine_code: str
    suites: Sequence[str]
    contacts_nouveaux: int | None
    texte: str
    observee_le: datetime
    recue_le: datetime
    heure_ecartee: bool
    corrige: UUID | None
    annule: bool
    rivale: bool = False
    en_conflit: bool = False

    @property
    def nombre(self) -> str:
        """Say the headcount as one speaks, unless the team's own label already does."""
        if "personne" in self.effectif.lower():
            return self.effectif
        return f"{self.effectif} personne" + ("" if self.effectif_code == "1" else "s")

    @property
    def calme(self) -> bool:
        """Tell a passage where nothing had to be said."""
        return self.categorie_code == RIEN_A_SIGNALER


@dataclass(frozen=True)
class PageOfNotes:
    """Some notes, newest first, and the cursor of the next page ("" at the end)."""

    lignes: Sequence[NoteLine]
    suite: str


@dataclass(frozen=True)
class ConflictView:
    """The same identifier sent with another content: what that content says."""

    id: UUID
    recue_le: datetime
    lieu: str
    categorie: str
    ambiance: str
    effectif: str
    texte: str
    annule: bool


@dataclass(frozen=True)
class NoteSheet:
    """A note, every version of it from the first to the last, and the conflicts to settle."""

    note: NoteLine
    versions: Sequence[NoteLine]
    conflits: Sequence[ConflictView]
    corrigeable: bool
    auteurs: dict[UUID, str] = field(default_factory=dict)

    @property
    def actuelles(self) -> list[NoteLine]:
        """Return the versions that nothing corrects: more than one when two people corrected at once."""
        corrected = {version.corrige for version in self.versions}
        return [version for version in self.versions if version.id not in corrected]


class BadCursor(ValueError):
    """The cursor is not one that a page gave."""


@transaction.atomic
def notes_of_service(
    acteur: Acteur,
    *,
    jour: date | None = None,
    lieu: UUID | None = None,
    suite: str = "",
    limite: int = PAGE,
) -> PageOfNotes:
    """Return the current notes of the service, newest first; leaves one ledger line.

    What a correction replaced or withdrew is not listed. Raises BadCursor.
    """
    rows = _current(Note.objects.filter(service=acteur.service))
    if jour is not None:
        rows = rows.filter(jour=jour)
    if lieu is not None:
        rows = rows.filter(lieu=lieu)
    if suite:
        moment, pk = _read_cursor(suite)
        rows = rows.filter(Q(observee_le__lt=moment) | Q(observee_le=moment, pk__lt=pk))
    found = list(rows.order_by("-observee_le", "-pk")[: limite + 1])
    lignes = note_lines(acteur, found[:limite])
    _trace(acteur, Acte.LISTE, None)
    return PageOfNotes(lignes, _cursor(found[limite - 1]) if len(found) > limite else "")


def note_lines(acteur: Acteur, notes: Iterable[Note]) -> list[NoteLine]:
    """Put notes of the service into words; one query for the lists, one for the key."""
    listes = listes_of(acteur.service)
    key = data_keys(Portee.SERVICE, [acteur.service.pk]).get(acteur.service.pk)
    return [_line(note, listes, key) for note in notes]


def current_notes(acteur: Acteur, jour: date) -> QuerySet[Note]:
    """Return the current notes of the service's working day, in the order they were seen."""
    return _current(Note.objects.filter(service=acteur.service, jour=jour)).order_by("observee_le", "pk")


def note_of(acteur: Acteur, identifiant: UUID) -> Note | None:
    """Return a note of the service, None when absent or another's."""
    return (
        Note.objects.filter(service=acteur.service, pk=identifiant)
        .select_related("lieu__territoire", "sortie", "poste")
        .first()
    )


@transaction.atomic
def read_note(acteur: Acteur, identifiant: UUID) -> NoteSheet | None:
    """Return a note of the service with all its versions; leaves one ledger line. None: not yours."""
    note = note_of(acteur, identifiant)
    if note is None:
        return None
    rows = _family(note)
    lines = {line.id: line for line in note_lines(acteur, rows)}
    _trace(acteur, Acte.LECTURE, note.pk)
    return NoteSheet(
        note=lines[note.pk],
        versions=list(lines.values()),
        conflits=_conflicts(acteur, [row.pk for row in rows]),
        corrigeable=may_correct(note, acteur),
        auteurs={row.pk: str(row.poste.professionnel) for row in rows},
    )


def may_correct(note: Note, acteur: Acteur) -> bool:
    """Say whether this person is of the note's crew; without an outing, whether they wrote it."""
    if note.poste_id == acteur.poste.pk:
        return True
    return note.sortie is not None and note.sortie.equipage.filter(pk=acteur.poste.pk).exists()


def recent_places(acteur: Acteur, limit: int = 8) -> tuple[list[Lieu], list[Lieu]]:
    """Return the places the team noted most lately (newest first), and all the others by name."""
    since = clock.now() - timedelta(days=HABIT_DAYS)
    lately = (
        Note.objects.filter(service=acteur.service, observee_le__gte=since)
        .order_by()
        .values("lieu")
        .annotate(last=Max("observee_le"))
        .order_by("-last")[:limit]
    )
    order = [row["lieu"] for row in lately]
    places = list(lieux_of(acteur.service))
    known = {place.pk: place for place in places}
    first = [known[pk] for pk in order if pk in known]
    first += [place for place in places if place.pk not in order][: limit - len(first)]
    chosen = {place.pk for place in first}
    return first, [place for place in places if place.pk not in chosen]


def frequent_categories(acteur: Acteur, limit: int = 6) -> list[str]:
    """Return the category codes the team writes most in a month, most frequent first."""
    since = clock.now() - timedelta(days=HABIT_DAYS)
    month = Note.objects.filter(service=acteur.service, observee_le__gte=since).order_by()
    # Grouped by the database, SQLite would walk all the years in the order of the categories.
    times = Counter(month.values_list("categorie", flat=True))
    del times[RIEN_A_SIGNALER]
    return sorted(times, key=lambda code: (-times[code], code))[:limit]


def last_place(acteur: Acteur) -> UUID | None:
    """Return the place of the writer's last note of the day, to be offered again."""
    since = clock.now() - timedelta(hours=12)
    evening = Note.objects.filter(service=acteur.service, observee_le__gte=since).order_by("-observee_le")
    # Asked for the post, SQLite would walk all that it ever wrote.
    return next(
        (lieu for poste, lieu in evening.values_list("poste", "lieu") if poste == acteur.poste.pk), None
    )


def open_conflicts(acteur: Acteur) -> int:
    """Count the conflicts that the writer's crews have to settle."""
    mine = Q(note__poste=acteur.poste) | Q(note__sortie__equipage=acteur.poste)
    rows = NoteEnConflit.objects.filter(mine, service=acteur.service, reglee_le__isnull=True)
    return rows.distinct().count()


def conflict_of(acteur: Acteur, identifiant: UUID) -> NoteEnConflit | None:
    """Return a conflict of the service, None when absent or another's."""
    rows = NoteEnConflit.objects.filter(service=acteur.service, pk=identifiant)
    return rows.select_related("note__sortie").first()


def _current(rows: QuerySet[Note]) -> QuerySet[Note]:
    rivals = Note.objects.filter(corrige=OuterRef("corrige")).exclude(pk=OuterRef("pk"))
    pending = NoteEnConflit.objects.filter(note=OuterRef("pk"), reglee_le__isnull=True)
    return (
        rows.filter(annule=False)
        .exclude(Exists(Note.objects.filter(corrige=OuterRef("pk"))))
        .annotate(rivale=Exists(rivals), en_conflit=Exists(pending))
        .select_related("lieu__territoire")
    )


def _family(note: Note) -> list[Note]:
    """Return every version of a note, first to last: few, so one query a step."""
    root = note
    while root.corrige is not None:
        root = root.corrige
    rows, level = [], [root.pk]
    while level:
        step = list(
            Note.objects.filter(pk__in=level)
            .select_related("lieu__territoire", "poste__professionnel")
            .order_by("recue_le", "pk")
        )
        rows += step
        level = list(Note.objects.filter(corrige__in=level).values_list("pk", flat=True))
    return sorted(rows, key=lambda row: (row.recue_le, row.pk != root.pk))


def _line(note: Note, listes: Listes, key: bytes | None) -> NoteLine:
    return NoteLine(
        id=note.pk,
        lieu=note.lieu,
        jour=note.jour,
        creneau=listes.label(Liste.CRENEAU, note.creneau),
        creneau_code=note.creneau,
        categorie=listes.label(Liste.CATEGORIE, note.categorie),
        categorie_code=note.categorie,
        famille=listes.family(note.categorie),
        ambiance=listes.label(Liste.AMBIANCE, note.ambiance),
        ambiance_code=note.ambiance,
        effectif=listes.label(Liste.EFFECTIF, note.effectif),
        effectif_code=note.effectif,
        publics=[listes.label(Liste.PUBLIC, code) for code in note.publics],
        origine=listes.label(Liste.ORIGINE, note.origine),
        origine_code=note.origine,
        suites=[listes.label(Liste.SUITE, code) for code in note.suites],
        contacts_nouveaux=note.contacts_nouveaux,
        texte=unseal(note, "texte_scelle", key=key),
        observee_le=note.observee_le,
        recue_le=note.recue_le,
        heure_ecartee=note.heure_ecartee,
        corrige=note.corrige_id,
        annule=note.annule,
        rivale=getattr(note, "rivale", False),
        en_conflit=getattr(note, "en_conflit", False),
    )


def _conflicts(acteur: Acteur, notes: Sequence[UUID]) -> list[ConflictView]:
    rows = list(NoteEnConflit.objects.filter(note__in=notes, reglee_le__isnull=True).order_by("recue_le"))
    if not rows:
        return []
    key = data_keys(Portee.SERVICE, [acteur.service.pk]).get(acteur.service.pk)
    said = {row.pk: json.loads(unseal(row, "contenu_scelle", key=key)) for row in rows}
    places = Lieu.objects.in_bulk([UUID(content["lieu"]) for content in said.values()])
    listes = listes_of(acteur.service)
    return [
        ConflictView(
            id=row.pk,
            recue_le=row.recue_le,
            lieu=str(places[UUID(said[row.pk]["lieu"])]) if UUID(said[row.pk]["lieu"]) in places else "",
            categorie=listes.label(Liste.CATEGORIE, said[row.pk]["categorie"]),
            ambiance=listes.label(Liste.AMBIANCE, said[row.pk]["ambiance"]),
            effectif=listes.label(Liste.EFFECTIF, said[row.pk]["effectif"]),
            texte=said[row.pk]["texte"],
            annule=said[row.pk]["annule"],
        )
        for row in rows
    ]


def _cursor(note: Note) -> str:
    raw = f"{note.observee_le.isoformat()}|{note.pk}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        moment, _, pk = raw.partition("|")
        return clock.parse_moment(moment), UUID(pk)
    except (ValueError, binascii.Error, OverflowError) as error:
        raise BadCursor(text) from error


def _trace(acteur: Acteur, acte: Acte, objet: UUID | None) -> None:
    record(
        chaine=acteur.service.pk,
        acte=acte,
        acteur=acteur.professionnel_id,
        objet_genre="note",
        objet=objet,
    )
