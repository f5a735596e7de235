"""Writing notes: each exactly once, whatever the network did in between (S-25, S-28)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import ensure_key, seal, unseal
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.directory.queries import territoires_of
from maillage.main_courante.enums import Liste, Statut
from maillage.main_courante.jours import slot, work_day
from maillage.main_courante.models import Note, NoteEnConflit, Sortie
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.notes import may_correct
from maillage.main_courante.queries.sorties import current_sortie
from maillage.main_courante.saisie import NoteData, Refused, digest, parse_note

BATCH_LIMIT = 500
FUTURE_TOLERANCE = timedelta(minutes=5)
OLDEST_BELIEVED = timedelta(days=60)


@dataclass(frozen=True)
class NoteResult:
    """What became of one note sent: its identifier, its status, the row kept, the reason of a refusal."""

    id: UUID | None
    statut: Statut
    note: Note | None = None
    motif: str = ""


def write_note(*, by: Acteur, data: NoteData) -> NoteResult:
    """Write one note; the same call twice writes once."""
    return write_notes(by=by, batch=[data])[0]


@transaction.atomic
def write_notes(*, by: Acteur, batch: Sequence[NoteData]) -> list[NoteResult]:
    """Write notes in one transaction and answer for each, in order: one refusal stops no other."""
    writer = _Writer(by, batch)
    return [writer.write(data) for data in batch]


def correct_note(*, by: Acteur, note: Note, data: NoteData) -> NoteResult:
    """Write a correction: a new note that names the one it corrects, by a member of its crew.

    Two corrections of one note are both kept, and shown.
    """
    return write_note(by=by, data=replace(data, corrige=note.pk))


def cancel_note(*, by: Acteur, note: Note, correction: UUID) -> NoteResult:
    """Withdraw a note by a correction whose identifier is `correction`; the note itself stays."""
    data = NoteData(
        id=correction,
        lieu=note.lieu_id,
        categorie=note.categorie,
        ambiance=note.ambiance,
        effectif=note.effectif,
        creneau=note.creneau,
        origine=note.origine,
        observee_le=note.observee_le,
        corrige=note.pk,
        annule=True,
    )
    return write_note(by=by, data=data)


@transaction.atomic
def settle_conflict(*, by: Acteur, conflit: NoteEnConflit, keep: bool) -> NoteResult | None:
    """Settle a conflict once: with `keep` its content becomes a note of its own.

    Returns None when nothing had to be written. Raises Refused when the writer is not of the crew.
    """
    if conflit.service_id != by.service.pk or not may_correct(conflit.note, by):
        raise Refused("Seule l'équipe de la sortie peut régler ce conflit.")
    changed = NoteEnConflit.objects.filter(pk=conflit.pk, reglee_le__isnull=True).update(
        reglee_le=clock.now()
    )
    if not changed:
        return None
    _trace(by, Acte.DECISION, "conflit", conflit.pk, {"gardee": keep})
    if not keep:
        return None
    content = json.loads(unseal(conflit, "contenu_scelle"))
    content |= {"id": str(new_id()), "appareil": "", "compteur": None}
    return write_note(by=by, data=parse_note(content))


class _Writer:
    """One batch being written: what must be known once for all its notes."""

    def __init__(self, by: Acteur, batch: Sequence[NoteData]) -> None:
        self.by = by
        self.now = clock.now()
        self.listes = listes_of(by.service)
        asked = {data.lieu for data in batch}
        ground = territoires_of(by.service).values("pk")
        # A note may wait weeks in a phone: its place may have been closed since.
        self.lieux = set(
            Lieu.objects.filter(pk__in=asked, territoire__in=ground).values_list("pk", flat=True)
        )
        self.sortie = current_sortie(by)
        named = {data.id for data in batch} | {data.corrige for data in batch if data.corrige}
        with house_work(HouseWork.IDENTIFIER):
            self.known = Note.objects.select_related("sortie").in_bulk(list(named))
        self.key = ensure_key(Portee.SERVICE, by.service.pk)

    def write(self, data: NoteData) -> NoteResult:
        """Write one note, or say why not."""
        mark = digest(data, self.by.professionnel_id)
        try:
            found = self.known.get(data.id) or self._same_counter(data, mark)
            if found is not None:
                return self._again(data, mark, found)
            note = self._build(data, mark)
            with transaction.atomic():
                note.save(force_insert=True)
        except Refused as refusal:
            return NoteResult(data.id, Statut.REFUSE, motif=str(refusal))
        except IntegrityError:
            # Another request wrote this identifier between our look and our insert.
            with house_work(HouseWork.IDENTIFIER):
                found = Note.objects.filter(pk=data.id).first()
            if found is None:
                raise
            return self._again(data, mark, found)
        self.known[note.pk] = note
        _trace(self.by, Acte.MODIFICATION if data.corrige else Acte.CREATION, "note", note.pk)
        return NoteResult(data.id, Statut.CREE, note)

    def _same_counter(self, data: NoteData, mark: str) -> Note | None:
        """Return the note that this phone already sent with this counter, if it is the same one."""
        if not data.appareil or data.compteur is None:
            return None
        return Note.objects.filter(
            service=self.by.service, appareil=data.appareil, compteur=data.compteur, empreinte=mark
        ).first()

    def _again(self, data: NoteData, mark: str, found: Note) -> NoteResult:
        if found.service_id != self.by.service.pk:
            return NoteResult(data.id, Statut.REFUSE, motif="Cet identifiant de note n'est pas utilisable.")
        if found.empreinte == mark:
            return NoteResult(data.id, Statut.DEJA, found)
        conflit = NoteEnConflit(
            note=found,
            service=self.by.service,
            poste=self.by.poste,
            empreinte=mark,
            recue_le=self.now,
        )
        content = json.dumps({"id": str(data.id), **data.content()}, ensure_ascii=False)
        conflit.contenu_scelle = seal(conflit, "contenu_scelle", content, key=self.key)
        NoteEnConflit.objects.bulk_create([conflit], ignore_conflicts=True)
        _trace(self.by, Acte.REFUS, "note", found.pk, {"motif": "conflit"})
        return NoteResult(data.id, Statut.CONFLIT, found)

    def _build(self, data: NoteData, mark: str) -> Note:
        self._check_words(data)
        corrected = self._corrected(data)
        observed, doubtful = self._observed(data.observee_le, corrected)
        sortie = corrected.sortie if corrected else self._sortie(data, observed)
        kept = corrected.creneau if corrected and data.observee_le is None else slot(observed)
        note = Note(
            id=data.id,
            service=self.by.service,
            poste=self.by.poste,
            sortie=sortie,
            lieu_id=data.lieu,
            jour=self._day(observed, sortie, corrected),
            creneau=data.creneau or kept,
            categorie=data.categorie,
            ambiance=data.ambiance,
            effectif=data.effectif,
            publics=list(data.publics),
            origine=data.origine,
            suites=list(data.suites),
            contacts_nouveaux=data.contacts_nouveaux,
            observee_le=observed,
            recue_le=self.now,
            heure_ecartee=doubtful,
            appareil=data.appareil,
            compteur=self._free_counter(data),
            annule=data.annule,
            corrige=corrected,
            empreinte=mark,
        )
        note.texte_scelle = seal(note, "texte_scelle", data.texte, key=self.key)
        return note

    def _check_words(self, data: NoteData) -> None:
        if data.lieu not in self.lieux:
            raise Refused("Ce lieu n'est pas dans le territoire de votre équipe.")
        if data.annule and data.corrige is None:
            raise Refused("Une annulation doit nommer la note qu'elle annule.")
        words = [
            (Liste.CATEGORIE, data.categorie),
            (Liste.AMBIANCE, data.ambiance),
            (Liste.EFFECTIF, data.effectif),
            (Liste.ORIGINE, data.origine),
            *((Liste.CRENEAU, code) for code in [data.creneau] if code),
            *((Liste.PUBLIC, code) for code in data.publics),
            *((Liste.SUITE, code) for code in data.suites),
        ]
        for liste, code in words:
            if not self.listes.knows(liste, code):
                raise Refused(f"« {code} » n'est pas dans la liste « {liste.label} » de votre équipe.")

    def _corrected(self, data: NoteData) -> Note | None:
        if data.corrige is None:
            return None
        note = self.known.get(data.corrige)
        if note is None or note.service_id != self.by.service.pk:
            raise Refused("La note à corriger n'existe pas.")
        if not may_correct(note, self.by):
            raise Refused("Seule l'équipe de la sortie peut corriger cette note.")
        return note

    def _observed(self, told: datetime | None, corrected: Note | None) -> tuple[datetime, bool]:
        """Return the moment to keep, and whether the phone's own time had to be set aside."""
        if told is None:
            return (corrected.observee_le if corrected else self.now), False
        believed = self.now - OLDEST_BELIEVED <= told <= self.now + FUTURE_TOLERANCE
        return (told, False) if believed else (self.now, True)

    def _sortie(self, data: NoteData, observed: datetime) -> Sortie | None:
        if data.sortie is None:
            current = self.sortie
            return current if current is not None and observed >= current.debut else None
        sortie = Sortie.objects.filter(
            pk=data.sortie, service=self.by.service, equipage=self.by.poste
        ).first()
        if sortie is None:
            raise Refused("Vous n'êtes pas dans l'équipe de cette sortie.")
        return sortie

    def _day(self, observed: datetime, sortie: Sortie | None, corrected: Note | None) -> date:
        if corrected is not None:
            return corrected.jour
        return sortie.jour if sortie is not None else work_day(observed, self.by.role)

    def _free_counter(self, data: NoteData) -> int | None:
        """Return the counter, unless this phone already used it for another note: both are kept."""
        if not data.appareil or data.compteur is None:
            return data.compteur
        taken = Note.objects.filter(
            service=self.by.service, appareil=data.appareil, compteur=data.compteur
        ).exists()
        return None if taken else data.compteur


def _trace(
    by: Acteur, acte: Acte, genre: str, objet: UUID, detail: dict[str, bool | str] | None = None
) -> None:
    record(
        chaine=by.service.pk,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre=genre,
        objet=objet,
        detail=detail,
    )
