"""What leaves the logbook: one service's notes, places and slots, never agents nor minutes.

The table comes back through `maillage import notes` without adding anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base.encryption import data_keys, unseal
from maillage.base.enums import Portee
from maillage.directory.models import Service
from maillage.documents.spreadsheet import Cell, csv_bytes, xlsx_bytes
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Note
from maillage.main_courante.queries.listes import listes_of

FORMATS = ("csv", "xlsx", "geojson")
HEADERS = (
    *("reference", "date", "creneau", "lieu", "quartier", "categorie", "ambiance", "effectif", "publics"),
    *("origine", "suites", "contacts_nouveaux", "longitude", "latitude", "texte"),
)


@transaction.atomic
def export_notes(
    service: Service, *, form: str, since: date | None = None, until: date | None = None
) -> bytes:
    """Return the service's current notes of these working days, both included, as a file.

    `form` is one of FORMATS. A corrected note is left out for its correction, a withdrawn one
    altogether. The free text is in the tables, never on the map. One line in the service's ledger.
    """
    notes = _current(service)
    if since is not None:
        notes = notes.filter(jour__gte=since)
    if until is not None:
        notes = notes.filter(jour__lte=until)
    ordered = notes.order_by("jour", "observee_le", "pk")
    made = _geojson(service, ordered) if form == "geojson" else _table(service, ordered, form)
    record(
        chaine=service.pk,
        acte=Acte.EXPORT,
        acteur=None,
        objet_genre="export",
        detail={"genre": "notes", "forme": form},
    )
    return made


def _current(service: Service) -> QuerySet[Note]:
    corrected = Note.objects.filter(corrige=OuterRef("pk"))
    notes = Note.objects.filter(service=service, annule=False).exclude(Exists(corrected))
    return notes.select_related("lieu__territoire")


def _table(service: Service, notes: QuerySet[Note], form: str) -> bytes:
    rows = _rows(service, notes)
    return xlsx_bytes([("Notes", HEADERS, rows)]) if form == "xlsx" else csv_bytes(HEADERS, rows)


def _rows(service: Service, notes: QuerySet[Note]) -> list[list[Cell]]:
    listes = listes_of(service)
    key = data_keys(Portee.SERVICE, [service.pk]).get(service.pk)

    def said(liste: Liste, codes: Sequence[str]) -> str:
        return " | ".join(listes.label(liste, code) for code in codes)

    return [
        [
            *(str(note.pk), f"{note.jour:%d/%m/%Y}", listes.label(Liste.CRENEAU, note.creneau)),
            *(note.lieu.nom, note.lieu.territoire.nom, listes.label(Liste.CATEGORIE, note.categorie)),
            *(said(Liste.AMBIANCE, [note.ambiance]), said(Liste.EFFECTIF, [note.effectif])),
            *(said(Liste.PUBLIC, note.publics), said(Liste.ORIGINE, [note.origine])),
            *(said(Liste.SUITE, note.suites), note.contacts_nouveaux),
            *(note.lieu.longitude, note.lieu.latitude, unseal(note, "texte_scelle", key=key)),
        ]
        for note in notes
    ]


def _geojson(service: Service, notes: QuerySet[Note]) -> bytes:
    listes = listes_of(service)
    made = {
        "type": "FeatureCollection",
        "name": "notes",
        "features": [
            {
                "type": "Feature",
                "id": str(note.pk),
                "properties": {
                    "date": note.jour.isoformat(),
                    "creneau": listes.label(Liste.CRENEAU, note.creneau),
                    "lieu": note.lieu.nom,
                    "categorie": listes.label(Liste.CATEGORIE, note.categorie),
                    "ambiance": listes.label(Liste.AMBIANCE, note.ambiance),
                    "effectif": listes.label(Liste.EFFECTIF, note.effectif),
                },
                "geometry": _point(note),
            }
            for note in notes
        ],
    }
    return (json.dumps(made, ensure_ascii=False) + "\n").encode()


def _point(note: Note) -> dict[str, Any] | None:
    if note.lieu.longitude is None or note.lieu.latitude is None:
        return None
    return {"type": "Point", "coordinates": [note.lieu.longitude, note.lieu.latitude]}
