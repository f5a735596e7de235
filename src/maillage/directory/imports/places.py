"""`maillage import places`: the published list of priority neighbourhoods, 2024 or 2015, as it is.

Accepts the official GeoJSON and CSV of either vintage; a line per (neighbourhood, commune) or
several communes in one cell; with or without outlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from maillage.directory.enums import GenreTerritoire
from maillage.directory.imports.ledger import record_import
from maillage.directory.imports.outlines import Outline, read_outline, same_outline
from maillage.directory.imports.reading import Columns, SourceRow, read_rows
from maillage.directory.imports.report import Report
from maillage.directory.models import Territoire
from maillage.directory.territories import departement_of

KIND = "places"
CODE = re.compile(r"Q([PN])[0-9]{2}[0-9AB][0-9]{2}[0-9A-Z][A-Z]?")
COMMUNE = re.compile(r"[0-9][0-9AB][0-9]{3}")
VINTAGES = {"P": 2015, "N": 2024}
# Our field, then the names under which the published files give it.
ALIASES: dict[str, tuple[str, ...]] = {
    "code": ("code_qp", "CODE_QP", "codgeo"),
    "nom": ("lib_qp", "nom_qp", "NOM_QP", "libgeo"),
    "communes": ("insee_com", "code_commune", "depcom", "code_insee"),
    "noms_communes": ("lib_com", "commune", "nom_commune", "COMMUNE_QP", "commune_qp"),
}
BATCH = 500


@dataclass
class Place:
    """One neighbourhood gathered from one or several rows."""

    code: str
    nom: str
    millesime: int
    communes: dict[str, str] = field(default_factory=dict)
    outline: Outline | None = None


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Import the file in one transaction; with `dry_run` say what would happen and write nothing.

    A row that is not a neighbourhood is refused and reported; the others come in. Raises
    ImportRefused when the file itself cannot be used.
    """
    report, rows = Report(KIND), read_rows(path)
    columns = Columns(ALIASES, mapping)
    columns.check(rows, ["code", "nom"])
    places = _gather(rows, columns, report)
    with transaction.atomic():
        _store(places, report)
        record_import(report)
        transaction.set_rollback(dry_run)
    return report


def _gather(rows: Iterable[SourceRow], columns: Columns, report: Report) -> list[Place]:
    """Group the rows by neighbourhood, refusing those that cannot be one."""
    places: dict[str, Place] = {}
    notes: dict[str, list[str]] = {"mended": [], "suspect": [], "bare": []}
    for row in rows:
        values = columns.pick(row)
        try:
            place = _place(values)
            outline = None if row.geometry is None else read_outline(row.geometry)
            known = places.setdefault(place.code, place)
            if known.nom != place.nom:
                raise ValueError(f"le quartier {place.code} porte déjà le nom « {known.nom} »")
            known.communes |= place.communes
            known.outline = outline or known.outline
        except ValueError as error:
            report.reject(row.ligne, f"{error}.")
            continue
    for place in places.values():
        _note_outline(place, notes)
    _remark(report, notes)
    return list(places.values())


def _place(values: Mapping[str, str]) -> Place:
    """Read one row; raises ValueError with a French sentence."""
    code, nom = values["code"].upper(), values["nom"]
    match = CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"« {values['code']} » n'est pas un code de quartier prioritaire")
    if not nom or len(nom) > 200:
        raise ValueError(f"le quartier {code} n'a pas de nom utilisable")
    codes = [one.strip() for one in values["communes"].split(";") if one.strip()]
    for one in codes:
        if COMMUNE.fullmatch(one) is None:
            raise ValueError(f"« {one} » n'est pas un code de commune (cinq caractères)")
    names = [one.strip() for one in values["noms_communes"].split(";")]
    paired = names if len(names) == len(codes) else [""] * len(codes)
    return Place(code, nom, VINTAGES[match.group(1)], dict(zip(codes, paired, strict=True)))


def _note_outline(place: Place, notes: Mapping[str, list[str]]) -> None:
    if place.outline is None:
        notes["bare"].append(place.code)
        return
    if place.outline.mended:
        notes["mended"].append(place.code)
    if place.outline.suspect:
        notes["suspect"].append(place.code)


def _remark(report: Report, notes: Mapping[str, list[str]]) -> None:
    if notes["mended"]:
        report.remarks.append(f"{len(notes['mended'])} contour(s) réparé(s) : {', '.join(notes['mended'])}.")
    if notes["suspect"]:
        report.remarks.append(f"À vérifier, surface changée de plus de 1 % : {', '.join(notes['suspect'])}.")
    if notes["bare"]:
        report.remarks.append(f"{len(notes['bare'])} quartier(s) sans contour dans le fichier.")


def _store(places: list[Place], report: Report) -> None:
    """Write what is new or changed; an outline already there is not lost to a file without outlines."""
    communes = _store_communes(places)
    wanted = {place.code: place for place in places}
    stored = {
        found.code: found
        for found in Territoire.objects.filter(genre=GenreTerritoire.QUARTIER, code__in=wanted)
    }
    fresh, changed = [], []
    for code, place in wanted.items():
        values = _values(place, communes)
        known = stored.get(code)
        if known is None:
            fresh.append(Territoire(genre=GenreTerritoire.QUARTIER, code=code, **values))
            report.count("created")
        elif _apply(known, values):
            changed.append(known)
            report.count("changed")
        else:
            report.count("unchanged")
    Territoire.objects.bulk_create(fresh, batch_size=BATCH)
    fields = ["nom", "millesime", "parent", "geometrie", "attributs"]
    Territoire.objects.bulk_update(changed, fields, batch_size=BATCH)
    stored |= {one.code: one for one in fresh}
    _link(wanted, stored, communes)


def _values(place: Place, communes: Mapping[str, Territoire]) -> dict[str, Any]:
    first = next(iter(place.communes), None)
    values: dict[str, Any] = {
        "nom": place.nom,
        "millesime": place.millesime,
        "parent": communes[first] if first else None,
    }
    if place.outline is not None:
        state = "repare" if place.outline.mended else "publie"
        values |= {"geometrie": place.outline.geometry, "attributs": {"contour": state}}
    return values


def _apply(known: Territoire, values: Mapping[str, Any]) -> bool:
    """Put the new values on a stored neighbourhood; say whether anything moved."""
    merged = dict(values)
    if merged["parent"] is None:
        del merged["parent"]
    if "geometrie" in merged and same_outline(known.geometrie, merged["geometrie"]):
        del merged["geometrie"], merged["attributs"]
    if "attributs" in merged:
        merged["attributs"] = {**known.attributs, **merged["attributs"]}
    moved = [name for name, value in merged.items() if getattr(known, name) != value]
    for name in moved:
        setattr(known, name, merged[name])
    return bool(moved)


def _store_communes(places: Iterable[Place]) -> dict[str, Territoire]:
    """Return the communes of these neighbourhoods, creating the unknown ones under their département."""
    named: dict[str, str] = {}
    for place in places:
        for code, nom in place.communes.items():
            named[code] = named.get(code) or nom
    known = _communes(named)
    departements = {
        found.code: found for found in Territoire.objects.filter(genre=GenreTerritoire.DEPARTEMENT)
    }
    Territoire.objects.bulk_create(
        [
            Territoire(
                genre=GenreTerritoire.COMMUNE,
                code=code,
                nom=nom or code,
                parent=departements.get(departement_of(code)),
            )
            for code, nom in named.items()
            if code not in known
        ],
        batch_size=BATCH,
    )
    return _communes(named)


def _communes(codes: Iterable[str]) -> dict[str, Territoire]:
    found = Territoire.objects.filter(genre=GenreTerritoire.COMMUNE, code__in=list(codes))
    return {commune.code: commune for commune in found}


def _link(
    wanted: Mapping[str, Place], stored: Mapping[str, Territoire], communes: Mapping[str, Territoire]
) -> None:
    """Record every commune a neighbourhood spans, the ones already recorded being left alone."""
    through = Territoire.communes.through
    through.objects.bulk_create(
        [
            through(from_territoire_id=stored[code].pk, to_territoire_id=communes[commune].pk)
            for code, place in wanted.items()
            for commune in place.communes
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
