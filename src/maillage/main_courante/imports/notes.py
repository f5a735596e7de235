"""`maillage import notes`: a table of notes kept elsewhere, brought into one service's logbook.

The table's rows become notes of the past: whoever heads the service answers for them. Each keeps an
identifier drawn from the row, so that the same file brought twice adds nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from django.db import transaction

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import ensure_key, seal
from maillage.base.enums import Portee
from maillage.directory.enums import Role
from maillage.directory.imports.reading import SourceRow
from maillage.directory.imports.report import ImportRefused, Report
from maillage.directory.models import Poste, Service
from maillage.directory.queries import in_force
from maillage.main_courante.enums import Liste
from maillage.main_courante.garde.lecture import read
from maillage.main_courante.imports.correspondance import Lecteur, keep, personal, reader, recall
from maillage.main_courante.imports.lieux import Lieux
from maillage.main_courante.imports.mots import Mots
from maillage.main_courante.imports.tableur import parse_date, parse_hour, read_table
from maillage.main_courante.jours import slot, work_day
from maillage.main_courante.models import Note
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.saisie import NoteData, Refused, check_text, digest

KIND = "notes"
ORIGIN = UUID("6c1f0d52-3a0e-5e0b-9c55-5f6d6e6f7465")
DEVICE = "import"
BATCH = 500
# An hour within each slot, for notes whose file tells the slot only.
HOURS = {
    "matin": 9,
    "midi": 12,
    "apres_midi": 15,
    "sortie_ecole": 17,
    "soiree": 19,
    "nuit": 22,
    "nuit_profonde": 1,
}


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Import the file in one transaction; with `dry_run` write nothing.

    Without a mapping, the one kept for the same columns serves; one given is kept. Raises
    ImportRefused when the file itself cannot be used.
    """
    report, rows = Report(KIND), read_table(path)
    headers = list(dict.fromkeys(name for row in rows for name in row.cells if name))
    with transaction.atomic():
        chosen = mapping if mapping is not None else recall(headers)
        lecteur = reader(chosen or {}, headers)
        writer = _Writer(_service(lecteur), lecteur, report)
        writer.write(rows)
        if mapping is not None:
            keep(headers, mapping)
        elif chosen is not None:
            report.remarks.append("Correspondance gardée la dernière fois, reprise pour ces colonnes.")
        if left := personal(headers):
            said = ", ".join(left)
            report.remarks.append(f"Colonnes laissées de côté, elles parlent de personnes : {said}.")
        record(
            chaine=writer.service.pk,
            acte=Acte.CREATION,
            acteur=None,
            objet_genre="import",
            detail={"genre": KIND, "ajoutes": report.created, "refuses": len(report.rejected)},
        )
        transaction.set_rollback(dry_run)
    return report


def _service(lecteur: Lecteur) -> Service:
    code = lecteur.setting("service")
    if not code:
        raise ImportRefused("Dites à quelle équipe sont ces notes : « service= » dans la correspondance.")
    service = Service.objects.filter(code=code).first()
    if service is None:
        raise ImportRefused(f"Aucune équipe n'a le code « {code} ».")
    return service


@dataclass
class _Ready:
    """A row that can be stored: its note, the text still in clear, whether it once left from here."""

    ligne: int
    note: Note
    texte: str
    ours: bool


@dataclass
class _Writer:
    """One file being written into one service's logbook."""

    service: Service
    lecteur: Lecteur
    report: Report
    seen: Counter[str] = field(default_factory=Counter)
    to_reread: list[int] = field(default_factory=list)

    def write(self, rows: Sequence[SourceRow]) -> None:
        """Write every row that can be, in batches, and say why the others cannot."""
        self.now = clock.now()
        self.mots = Mots(listes_of(self.service))
        self.lieux = Lieux(self.service, self.lecteur)
        posts = list(Poste.objects.filter(service=self.service).order_by("-debut", "pk"))
        self.poste = _author(posts)
        night = any(post.role == Role.CORRESPONDANT_DE_NUIT for post in posts)
        self.role = Role.CORRESPONDANT_DE_NUIT if night else Role.MEDIATEUR
        ready = []
        for row in rows:
            try:
                ready.append(self._prepare(row))
            except (ValueError, Refused) as error:
                self.report.reject(row.ligne, str(error))
        self.lieux.create_missing([one.note.lieu for one in ready])
        key = ensure_key(Portee.SERVICE, self.service.pk)
        for at in range(0, len(ready), BATCH):
            self._store(ready[at : at + BATCH], key)
        self._remark()

    def _prepare(self, row: SourceRow) -> _Ready:
        cells = self.lecteur.pick(row)
        texte = check_text(cells["texte"])
        moment, creneau = self._moment(cells)
        lieu = self.lieux.find(cells["lieu"], cells["longitude"], cells["latitude"])
        data = NoteData(
            id=self._identifier(cells),
            lieu=lieu.pk,
            categorie=self.mots.code(Liste.CATEGORIE, cells["categorie"]),
            ambiance=self.mots.code(Liste.AMBIANCE, cells["ambiance"]),
            effectif=self.mots.headcount(cells["effectif"]),
            creneau=creneau,
            origine=self.mots.code(Liste.ORIGINE, cells["origine"]),
            publics=self.mots.codes(Liste.PUBLIC, cells["publics"]),
            suites=self.mots.codes(Liste.SUITE, cells["suites"]),
            contacts_nouveaux=self.mots.contacts(cells["contacts_nouveaux"]),
            texte=texte,
            observee_le=moment,
            appareil=DEVICE,
        )
        if texte and read(texte, lieux=[lieu.nom]):
            self.to_reread.append(row.ligne)
        note = self._note(data, moment, lieu_name=lieu.nom)
        return _Ready(row.ligne, note, texte, ours=cells["reference"] == str(note.pk))

    def _note(self, data: NoteData, moment: datetime, *, lieu_name: str) -> Note:
        """Build the row; its mark is drawn from the place's name, since a trial run's place is not kept."""
        marked = NoteData(**{**data.__dict__, "lieu": uuid5(ORIGIN, lieu_name)})
        return Note(
            id=data.id,
            service=self.service,
            poste=self.poste,
            lieu=self.lieux.by_id(data.lieu),
            jour=work_day(moment, self.role),
            creneau=data.creneau,
            categorie=data.categorie,
            ambiance=data.ambiance,
            effectif=data.effectif,
            publics=list(data.publics),
            origine=data.origine,
            suites=list(data.suites),
            contacts_nouveaux=data.contacts_nouveaux,
            observee_le=moment,
            recue_le=self.now,
            appareil=DEVICE,
            empreinte=digest(marked, self.service.pk),
        )

    def _moment(self, cells: Mapping[str, str]) -> tuple[datetime, str]:
        """Return when the note was seen and its slot, from an hour or from the slot alone."""
        told, _, beside = cells["date"].partition(" ")
        if not told:
            raise ValueError("la date manque.")
        jour = parse_date(told, self.lecteur.setting("dates", "JMA"))
        hour = cells["heure"] or beside
        if hour:
            moment = datetime.combine(jour, parse_hour(hour), clock.PARIS)
            creneau = slot(moment)
        elif cells["creneau"]:
            creneau = self.mots.code(Liste.CRENEAU, cells["creneau"])
            moment = datetime.combine(jour, time(HOURS.get(creneau, 12)), clock.PARIS)
            if creneau == "nuit_profonde":
                moment += timedelta(days=1)
        else:
            raise ValueError("ni heure ni créneau (« creneau= » en donne un à tout le fichier).")
        if moment > self.now:
            raise ValueError(f"« {cells['date']} » n'est pas encore passé.")
        return moment, creneau

    def _identifier(self, cells: Mapping[str, str]) -> UUID:
        """Return the note's identifier: its own if it came from here, else one drawn from the row.

        Rows alike in everything are told apart by their order.
        """
        told = cells["reference"] or json.dumps(cells, ensure_ascii=False, sort_keys=True)
        self.seen[told] += 1
        if cells["reference"]:
            if self.seen[told] > 1:
                raise ValueError(f"la référence « {told[:60]} » est là deux fois.")
            try:
                return UUID(told)
            except ValueError:
                return uuid5(ORIGIN, f"{self.service.pk}:{told}")
        return uuid5(ORIGIN, f"{self.service.pk}:{told}:{self.seen[told]}")

    def _store(self, batch: Sequence[_Ready], key: bytes) -> None:
        known = Note.objects.in_bulk([one.note.pk for one in batch])
        fresh = []
        for one in batch:
            found = known.get(one.note.pk)
            if found is None:
                one.note.texte_scelle = seal(one.note, "texte_scelle", one.texte, key=key)
                fresh.append(one.note)
                self.report.count("created")
            elif found.service_id != self.service.pk:
                self.report.reject(one.ligne, "cette référence n'est pas utilisable.")
            elif not one.ours and found.empreinte != one.note.empreinte:
                self.report.reject(one.ligne, "déjà importée avec un autre contenu ; l'ancienne est gardée.")
            else:
                self.report.count("unchanged")
        Note.objects.bulk_create(fresh)

    def _remark(self) -> None:
        self.report.rejected.sort(key=lambda one: one.ligne)
        self.report.remarks += self.lieux.remarks()
        if self.to_reread:
            shown = ", ".join(str(ligne) for ligne in self.to_reread[:20])
            more = "…" if len(self.to_reread) > 20 else ""
            self.report.remarks.append(
                f"{len(self.to_reread)} texte(s) à relire, des mots y désignent peut-être quelqu'un : "
                f"ligne(s) {shown}{more}."
            )


def _author(posts: Sequence[Poste]) -> Poste:
    """Return who answers for the notes: the head of service in force, else the latest post."""
    today = clock.today()
    heads = [post for post in posts if post.role == Role.CHEF_DE_SERVICE and in_force(post, today)]
    if not posts:
        raise ImportRefused("Cette équipe n'a encore aucun poste : personne ne répond de ces notes.")
    return (heads or list(posts))[0]
