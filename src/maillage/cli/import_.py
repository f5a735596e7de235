"""`maillage import`: published files brought into the database, in one transaction each."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

from maillage.base.dberrors import refusal
from maillage.cli import CommandError, add_data_option, django_setup

# Each module offers `run(path, *, dry_run, mapping)` and returns a report with `lines()`, `rejected`.
KINDS = {
    "adultes-relais": "maillage.directory.imports.adultes_relais",
    "bundle": "maillage.reseau.imports",
    "indicators": "maillage.etude.indicators",
    "key": "maillage.reseau.card_imports",
    "notes": "maillage.main_courante.imports.notes",
    "prenoms": "maillage.main_courante.imports.prenoms",
    "places": "maillage.directory.imports.places",
    "posts": "maillage.directory.imports.posts",
    "structures": "maillage.directory.imports.structures",
}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `import` command."""
    parser = subparsers.add_parser("import", help="fait entrer un fichier publié")
    parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(sorted(KINDS)))
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX (notes), GeoJSON, lot ou carte")
    parser.add_argument("--dry-run", action="store_true", help="dit ce qui se passerait, n'écrit rien")
    parser.add_argument("--mapping", metavar="FILE", type=Path, help="JSON {champ: colonne du fichier}")
    parser.add_argument("--json", action="store_true", help="compte rendu en JSON")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import the file and print its report; return 2 when rows were refused, the others being in."""
    django_setup(options.data)
    from django.db import DatabaseError

    from maillage.directory.imports.reading import read_mapping
    from maillage.directory.imports.report import ImportRefused

    module = importlib.import_module(KINDS[options.kind])
    try:
        mapping = read_mapping(options.mapping) if options.mapping else None
        report = module.run(options.file, dry_run=options.dry_run, mapping=mapping)
    except ImportRefused as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise CommandError(f"Rien n'a été importé. {refusal(error)}") from error
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        if options.dry_run:
            print("Essai à blanc : rien n'a été écrit.")
        print("\n".join(report.lines()))
    if report.rejected:
        print(f"maillage : {len(report.rejected)} ligne(s) refusée(s)", file=sys.stderr)
    return 2 if report.rejected else 0
