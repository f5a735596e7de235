"""`maillage import adultes-relais`: the yearly file of the State's adulte-relais posts, as published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction

from maillage.directory.adultes_relais import Totaux, say_euros, totaux
from maillage.directory.imports.ledger import record_import
from maillage.directory.imports.reading import Columns, SourceRow, read_rows
from maillage.directory.imports.report import Report
from maillage.directory.imports.structures import KnownStructures, parse_siret
from maillage.directory.models import PosteAdulteRelais

KIND = "adultes-relais"
ALIASES: dict[str, tuple[str, ...]] = {
    "annee": ("exercice",),
    "numero": ("id_poste", "numero_poste", "poste"),
    "siret": ("numero_siret",),
    "employeur": ("raison_sociale", "nom_employeur"),
    "montant": ("montant_annuel", "subvention"),
    "contrat_de_ville": ("code_contrat_ville",),
    "departement": ("code_departement", "dep"),
    "region": ("code_region", "reg"),
}
REQUIRED = ("annee", "numero", "siret", "employeur", "montant")
NUMERO = re.compile(r"[0-9A-Z]{6,20}")
ANNEE = re.compile(r"20\d\d")
DEPARTEMENT = re.compile(r"\d[\dAB]|97\d|98\d")
REGION = re.compile(r"\d\d")
CENT = Decimal("0.01")
MOST = Decimal(1_000_000)
BATCH = 500


@dataclass
class PostsReport(Report):
    """The outcome, with the totals that the file itself makes, by year and département."""

    totaux: Sequence[Totaux] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the report, then one line a year and département."""
        return [*super().lines(), *(_say(one) for one in self.totaux)]

    def as_json(self) -> Mapping[str, object]:
        """Return the report and its totals as plain data; amounts are euros with two decimals."""
        return {**super().as_json(), "totaux": [one.as_json() for one in self.totaux]}


@dataclass(frozen=True)
class Line:
    """One row ready to store; `values` are the columns beside the identity."""

    ligne: int
    annee: int
    numero: str
    siret: str
    employeur: str
    values: Mapping[str, Any]


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> PostsReport:
    """Import the file in one transaction; with `dry_run` say what would happen and write nothing.

    A post is recognised by year, number and employer (its SIRET): read again, nothing is added. A row
    repeated as it is counts once. Raises ImportRefused when the file itself cannot be used.
    """
    report, rows = PostsReport(KIND), read_rows(path)
    columns = Columns(ALIASES, mapping)
    columns.check(rows, REQUIRED)
    lines = _gather(rows, columns, report)
    with transaction.atomic():
        _store(lines, report)
        report.totaux = totaux(annees=sorted({line.annee for line in lines}))
        record_import(report)
        transaction.set_rollback(dry_run)
    return report


def _gather(rows: Sequence[SourceRow], columns: Columns, report: PostsReport) -> list[Line]:
    """Read the rows, refusing those that cannot be a post and those that contradict one before."""
    lines: dict[tuple[int, str, str], Line] = {}
    repeated = 0
    for row in rows:
        try:
            line = _line(row.ligne, columns.pick(row))
        except ValueError as error:
            report.reject(row.ligne, str(error))
            continue
        first = lines.setdefault((line.annee, line.numero, line.siret), line)
        if first is line:
            continue
        if first.values == line.values:
            repeated += 1
        else:
            report.reject(row.ligne, f"le poste {line.numero} de {line.annee} est déjà ligne {first.ligne}.")
    if repeated:
        report.remarks.append(f"{repeated} ligne(s) répétée(s) telle(s) quelle(s), comptée(s) une fois.")
    return list(lines.values())


def _line(ligne: int, cells: Mapping[str, str]) -> Line:
    """Read one row. Raises ValueError with a French sentence."""
    for name in REQUIRED:
        if not cells[name]:
            raise ValueError(f"« {name} » manque.")
    if ANNEE.fullmatch(cells["annee"]) is None:
        raise ValueError(f"« {cells['annee']} » n'est pas une année.")
    if NUMERO.fullmatch(cells["numero"]) is None:
        raise ValueError(f"« {cells['numero']} » n'est pas un numéro de poste.")
    if len(cells["employeur"]) > 250:
        raise ValueError("le nom de l'employeur dépasse 250 caractères.")
    return Line(
        ligne,
        int(cells["annee"]),
        cells["numero"],
        parse_siret(cells["siret"]),
        cells["employeur"],
        {
            "montant_centimes": parse_cents(cells["montant"]),
            "contrat_de_ville": cells["contrat_de_ville"][:10],
            "departement": _code(cells["departement"], DEPARTEMENT, "département"),
            "region": _code(cells["region"], REGION, "région"),
        },
    )


def parse_cents(text: str) -> int:
    """Return euro cents from an amount with a decimal comma. Raises ValueError, in French."""
    digits = re.sub(r"[\s€]", "", text).replace(",", ".")
    try:
        if re.fullmatch(r"[0-9.]+", digits) is None:
            raise InvalidOperation
        amount = Decimal(digits)
    except InvalidOperation as error:
        raise ValueError(f"« {text} » n'est pas un montant en euros.") from error
    if amount != amount.quantize(CENT) or amount > MOST:
        raise ValueError(f"« {text} » n'est pas un montant en euros et centimes.")
    return int(amount * 100)


def _code(text: str, pattern: re.Pattern[str], kind: str) -> str:
    """Return a code with the zero that spreadsheets drop; empty stays empty."""
    code = text.upper().zfill(2) if text else ""
    if code and pattern.fullmatch(code) is None:
        raise ValueError(f"« {text} » n'est pas un code de {kind}.")
    return code


def _store(lines: Sequence[Line], report: PostsReport) -> None:
    """Write what is new or changed, each employer once whatever its spellings."""
    known = KnownStructures()
    years = {line.annee for line in lines}
    stored = {
        (row.annee, row.numero, row.employeur_id): row
        for row in PosteAdulteRelais.objects.filter(annee__in=years)
    }
    fresh, changed, spellings = [], [], 0
    for line in lines:
        found = known.store({"nom": line.employeur, "siret": line.siret, "sigle": "", "nature": ""})
        spellings += found == "changed"
        employer = known.by_siret[line.siret]
        row = stored.get((line.annee, line.numero, employer.pk))
        if row is None:
            fresh.append(
                PosteAdulteRelais(annee=line.annee, numero=line.numero, employeur=employer, **line.values)
            )
            continue
        moved = [name for name, value in line.values.items() if getattr(row, name) != value]
        for name in moved:
            setattr(row, name, line.values[name])
        if moved:
            changed.append(row)
    PosteAdulteRelais.objects.bulk_create(fresh, batch_size=BATCH)
    for row in changed:
        row.save()
    report.created, report.changed = len(fresh), len(changed)
    report.unchanged = len(lines) - len(fresh) - len(changed)
    if spellings:
        report.remarks.append(f"{spellings} employeur(s) complété(s) ou sous une autre orthographe, gardée.")


def _say(one: Totaux) -> str:
    where = one.departement or "sans département"
    return (
        f"{one.annee}, {where} : {one.lignes} lignes, {one.postes} postes, "
        f"{say_euros(one.montant_centimes)}, {one.employeurs} employeurs."
    )
