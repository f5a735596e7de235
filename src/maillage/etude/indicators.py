"""`maillage import indicators`: the social indicators that the study names without giving (§ 2).

Takes a published file as it is: one row a neighbourhood, one column a measure. Columns known by their
published name are recognised; `--mapping` {our indicator: column} names any other. What a measure says
comes from the file's dictionary, if one lies beside it, else from the list below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from maillage.directory.enums import GenreTerritoire
from maillage.directory.imports.ledger import record_import
from maillage.directory.imports.reading import Columns, SourceRow, plain, read_rows
from maillage.directory.imports.report import ImportRefused, Report
from maillage.directory.models import Territoire

KIND = "indicators"

INDICATEURS: Final[Mapping[str, str]] = {
    "chomage": "Chômage",
    "non_scolarises_15_17": "Jeunes de 15 à 17 ans non scolarisés",
    "sans_diplome": "Personnes sans diplôme",
    "couverture_caf": "Couverture par la CAF",
    "hlm": "Logement social (HLM)",
}
"""The five indicators that the study names, in its order."""

POPULATION: Final = "population"


@dataclass(frozen=True, slots=True)
class Mesure:
    """A published column: the indicator it measures, what it counts, and its unit («%» or «personnes»…)."""

    indicateur: str
    libelle: str
    unite: str


COLONNES: Final[Mapping[str, Mesure]] = {
    "abcde": Mesure("chomage", "Demandeurs d'emploi en fin de mois, toutes catégories", "personnes"),
    "part_chomprinc": Mesure("chomage", "Ménages qui vivent surtout d'indemnités de chômage", "%"),
    "taux_chomage": Mesure("chomage", "Taux de chômage", "%"),
    "part_non_scolarises_15_17": Mesure("non_scolarises_15_17", "Part des 15-17 ans non scolarisés", "%"),
    "part_sans_diplome": Mesure("sans_diplome", "Part des personnes sans diplôme", "%"),
    "percou": Mesure(
        "couverture_caf", "Personnes couvertes par au moins une prestation de la CAF", "personnes"
    ),
    "part_couverture_caf": Mesure("couverture_caf", "Part des habitants couverts par la CAF", "%"),
    "part_hlm": Mesure("hlm", "Part des ménages logés en HLM", "%"),
    "pop_mun": Mesure(POPULATION, "Population municipale du quartier", "personnes"),
}

_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code_qp", "codgeo", "code_insee"),
    "nom": ("nom_qp", "lib_qp", "libgeo"),
    "commune": ("nom_commune", "lib_com", "commune_qp"),
}
_QUARTIER: Final = re.compile(r"Q([PN])[0-9]{2}[0-9AB][0-9]{2}[0-9A-Z][A-Z]?")
_COMMUNE: Final = re.compile(r"[0-9][0-9AB][0-9]{3}")
_VINTAGES: Final = {"P": 2015, "N": 2024}
_SECRET: Final = frozenset({"", "s", "ns", "nd", "na", "n/a", "nc", "-", ".", "so"})
_BATCH: Final = 500


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Import the file in one transaction; with `dry_run` say what would happen and write nothing.

    A row with a bad code or figure is refused and reported; the others come in. A neighbourhood that
    the directory does not know is created from the file's name for it. Raises ImportRefused when the
    file itself cannot be used.
    """
    report, rows = Report(KIND), read_rows(path)
    identity, measures = _columns(rows, path, mapping or {})
    with transaction.atomic():
        _store(_read(rows, identity, measures, path.name, report), report)
        _remark(report, measures)
        record_import(report)
        transaction.set_rollback(dry_run)
    return report


@dataclass(frozen=True, slots=True)
class _Row:
    ligne: int
    code: str
    nom: str
    commune: str
    valeurs: dict[str, dict[str, Any]]


def _columns(
    rows: list[SourceRow], path: Path, mapping: Mapping[str, str]
) -> tuple[Columns, dict[str, Mesure]]:
    """Tell identity columns from measures; refuse a file that measures nothing we know."""
    asked = {name: column for name, column in mapping.items() if name in INDICATEURS}
    identity = Columns(_IDENTITY, {name: c for name, c in mapping.items() if name not in INDICATEURS})
    identity.check(rows, ["code"])
    present = {plain(name): name for row in rows for name in row.cells}
    said = _dictionary(path)
    measures: dict[str, Mesure] = {}
    for column, known in COLONNES.items():
        if plain(column) in present:
            label = said.get(plain(column), known.libelle)
            measures[present[plain(column)]] = Mesure(known.indicateur, label, known.unite)
    for indicateur, column in asked.items():
        if plain(column) not in present:
            raise ImportRefused(f"La colonne « {column} » n'est pas dans {path.name}.")
        label = said.get(plain(column), column)
        measures[present[plain(column)]] = Mesure(indicateur, label, "%" if "part" in plain(label) else "")
    if not any(m.indicateur in INDICATEURS for m in measures.values()):
        raise ImportRefused(
            f"{path.name} ne porte aucun indicateur connu (--mapping dit quelle colonne lire)."
        )
    return identity, measures


def _dictionary(path: Path) -> dict[str, str]:
    """What each column means, from the dictionary published beside the file, when there is one."""
    beside = path.with_name(path.name.replace("indicateurs", "dictionnaire"))
    if beside == path or not beside.is_file():
        return {}
    return {
        plain(row.cells.get("colonne", "")): row.cells.get("description", "").rstrip(".")
        for row in read_rows(beside)
        if row.cells.get("description")
    }


def _read(
    rows: Iterable[SourceRow], identity: Columns, measures: Mapping[str, Mesure], source: str, report: Report
) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for row in rows:
        named = identity.pick(row)
        try:
            code = _code(named["code"])
            if code in found:
                raise ValueError(f"le territoire {code} est déjà donné à la ligne {found[code].ligne}")
            valeurs = {
                column: {
                    "indicateur": mesure.indicateur,
                    "libelle": mesure.libelle,
                    "unite": mesure.unite,
                    "valeur": value,
                    "annee": None,
                    "source": source,
                }
                for column, mesure in measures.items()
                if (value := _figure(row.cells.get(column, ""), mesure)) is not None
            }
        except ValueError as error:
            report.reject(row.ligne, f"{error}.")
            continue
        found[code] = _Row(row.ligne, code, named["nom"], named["commune"], valeurs)
    return found


def _code(text: str) -> str:
    code = text.upper()
    if not _QUARTIER.fullmatch(code) and not _COMMUNE.fullmatch(code):
        raise ValueError(f"« {text[:40]} » n'est ni un code de quartier prioritaire ni un code de commune")
    return code


def _figure(text: str, mesure: Mesure) -> float | int | None:
    """A figure, or None when it is withheld or absent. Raises ValueError with a French sentence."""
    if text.casefold() in _SECRET:
        return None
    try:
        value = float(re.sub(r"\s", "", text).replace(",", ".").rstrip("%"))
    except ValueError:
        raise ValueError(f"« {text[:40]} » n'est pas un nombre ({mesure.libelle})") from None
    if not math.isfinite(value) or value < 0 or (mesure.unite == "%" and value > 100):
        raise ValueError(f"« {text[:40]} » est hors de ce qui est possible ({mesure.libelle})")
    return int(value) if value.is_integer() else value


def _store(rows: Mapping[str, _Row], report: Report) -> None:
    kinds = [GenreTerritoire.QUARTIER, GenreTerritoire.COMMUNE]
    known = {t.code: t for t in Territoire.objects.filter(genre__in=kinds, code__in=rows)}
    fresh, changed = [], []
    for code, row in rows.items():
        territoire = known.get(code)
        if territoire is None:
            made = _new(row, report)
            if made is not None:
                fresh.append(made)
            continue
        merged = {**territoire.indicateurs, **row.valeurs}
        if merged == territoire.indicateurs:
            report.count("unchanged")
            continue
        territoire.indicateurs = merged
        changed.append(territoire)
        report.count("changed")
    Territoire.objects.bulk_create(fresh, batch_size=_BATCH)
    Territoire.objects.bulk_update(changed, ["indicateurs"], batch_size=_BATCH)


def _new(row: _Row, report: Report) -> Territoire | None:
    """A neighbourhood that only this file knows; a commune that the directory ignores is refused."""
    match = _QUARTIER.fullmatch(row.code)
    if match is None or not row.nom or len(row.nom) > 200:
        report.reject(row.ligne, f"le territoire {row.code} n'est pas dans l'annuaire (importez « places »).")
        return None
    report.count("created")
    return Territoire(
        genre=GenreTerritoire.QUARTIER,
        code=row.code,
        nom=row.nom,
        millesime=_VINTAGES[match.group(1)],
        attributs={"commune": row.commune} if row.commune else {},
        indicateurs=row.valeurs,
    )


def _remark(report: Report, measures: Mapping[str, Mesure]) -> None:
    given = {m.indicateur for m in measures.values()}
    missing = [label for code, label in INDICATEURS.items() if code not in given]
    if missing:
        report.remarks.append(f"Le fichier ne donne pas : {', '.join(missing)}.")
    if report.created:
        report.remarks.append(f"{report.created} quartier(s) connus par ce seul fichier, sans contour.")
