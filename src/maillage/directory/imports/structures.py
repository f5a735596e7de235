"""`maillage import structures`: legal persons, recognised by SIRET, else by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import transaction

from maillage.directory.imports.ledger import record_import
from maillage.directory.imports.reading import Columns, SourceRow, plain, read_rows
from maillage.directory.imports.report import ImportRefused, Report
from maillage.directory.models import Structure

KIND = "structures"
ALIASES: dict[str, tuple[str, ...]] = {
    "nom": ("raison_sociale", "denomination", "structure"),
    "siret": ("numero_siret",),
    "sigle": (),
    "nature": ("categorie", "forme_juridique"),
}
# «Prénom responsable» describes a structure; a column of these very names describes a person.
A_PERSON = {"prenom", "datedenaissance", "lieudenaissance"}
LIMITS = {"nom": 250, "sigle": 40, "nature": 40}
LA_POSTE = "356000000"


def run(path: Path, *, dry_run: bool = False, mapping: Mapping[str, str] | None = None) -> Report:
    """Import the file in one transaction; with `dry_run` write nothing.

    A second spelling of a known SIRET is kept as a variant. Raises ImportRefused when the file itself
    cannot be used.
    """
    report, rows = Report(KIND), read_rows(path)
    columns = Columns(ALIASES, mapping)
    columns.check(rows, ["nom"])
    if "nom" not in (mapping or {}):
        _refuse_persons(rows)
    with transaction.atomic():
        known = KnownStructures()
        for row in rows:
            values = columns.pick(row)
            try:
                _check(values)
            except ValueError as error:
                report.reject(row.ligne, str(error))
                continue
            report.count(known.store(values))
        record_import(report)
        transaction.set_rollback(dry_run)
    return report


def _refuse_persons(rows: Sequence[SourceRow]) -> None:
    """Refuse a list of persons, whose names would become those of structures. Raises ImportRefused."""
    about = [name for name in (rows[0].cells if rows else ()) if plain(name) in A_PERSON]
    if about:
        raise ImportRefused(
            f"Ce fichier parle de personnes ({', '.join(about)}) : ce ne sont pas des structures. "
            "Si ce sont leurs contacts, --mapping dit quelle colonne est le nom de la structure."
        )


def _check(values: dict[str, str]) -> None:
    """Refuse what cannot be stored; tidies the SIRET in place. Raises ValueError in French."""
    if not values["nom"]:
        raise ValueError("le nom manque.")
    for name, longest in LIMITS.items():
        if len(values[name]) > longest:
            raise ValueError(f"« {name} » dépasse {longest} caractères.")
    if values["siret"]:
        values["siret"] = parse_siret(values["siret"])


def parse_siret(text: str) -> str:
    """Return a SIRET's fourteen digits. Raises ValueError, in French, for what cannot be one."""
    digits = "".join(text.split())
    if "E+" in digits.upper():
        raise ValueError(f"SIRET « {text} » abrégé par un tableur : remettez ses 14 chiffres.")
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 14):
        raise ValueError(f"SIRET « {text} » : 14 chiffres attendus.")
    if not _luhn(digits) and not (digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0):
        raise ValueError(f"SIRET « {text} » : la clé de contrôle ne tombe pas juste.")
    return digits


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + rank % 2) for rank, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


class KnownStructures:
    """The structures already stored, by SIRET and by name, kept up to date while the file is read."""

    def __init__(self) -> None:
        self.by_siret: dict[str, Structure] = {}
        self.by_name: dict[str, Structure] = {}
        for structure in Structure.objects.order_by("nom", "pk"):
            self._remember(structure)

    def _remember(self, structure: Structure) -> None:
        if structure.siret:
            self.by_siret.setdefault(structure.siret, structure)
        for name in (structure.nom, *structure.variantes):
            self.by_name.setdefault(plain(name), structure)

    def store(self, values: Mapping[str, str]) -> str:
        """Create or complete one structure; return `created`, `changed` or `unchanged`."""
        found = self._find(values)
        if found is None:
            found = Structure.objects.create(**values)
            self._remember(found)
            return "created"
        if not _complete(found, values):
            return "unchanged"
        found.save()
        self._remember(found)
        return "changed"

    def _find(self, values: Mapping[str, str]) -> Structure | None:
        """Recognise a structure by SIRET; by name only when the two SIRET do not contradict."""
        if values["siret"] in self.by_siret:
            return self.by_siret[values["siret"]]
        named = self.by_name.get(plain(values["nom"]))
        if named is None or (named.siret and values["siret"]):
            return None
        return named


def _complete(structure: Structure, values: Mapping[str, str]) -> bool:
    """Fill what was empty and keep another spelling as a variant; say whether anything moved."""
    moved = False
    for name in ("siret", "sigle", "nature"):
        if values[name] and not getattr(structure, name):
            setattr(structure, name, values[name])
            moved = True
    if values["nom"] not in (structure.nom, *structure.variantes):
        structure.variantes = sorted({*structure.variantes, values["nom"]})
        moved = True
    return moved
