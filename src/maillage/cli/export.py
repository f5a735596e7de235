"""`maillage export`: the directory's tables, for a spreadsheet or another installation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from maillage.cli import CommandError, add_data_option, django_setup

KINDS = ("places", "posts", "structures")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `export` command."""
    parser = subparsers.add_parser("export", help="écrit une table de l'annuaire en CSV (ou GeoJSON)")
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="sinon la sortie standard")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the table, `places` with its outlines when FILE ends in .geojson. Recorded in the ledger.

    Raises CommandError when the database is not ready or the file cannot be written.
    """
    django_setup(options.data)
    from django.db import DatabaseError

    try:
        made = make(options.kind, geojson=options.file is not None and options.file.suffix == ".geojson")
    except DatabaseError as error:
        raise CommandError(
            "La base n'est pas prête : lancez « maillage demo » ou « maillage init »."
        ) from error
    if options.file is None:
        sys.stdout.buffer.write(made)
        return
    try:
        options.file.write_bytes(made)
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {options.file} : {error.strerror}.") from error


def make(kind: str, *, geojson: bool) -> bytes:
    """Return the file's bytes and record the export in the platform's ledger, in one transaction."""
    from django.db import transaction

    from maillage.audit import PLATEFORME
    from maillage.audit.actions import record
    from maillage.audit.enums import Acte
    from maillage.directory import exports

    if geojson and kind != "places":
        raise CommandError("Seul « places » a des contours : choisissez un fichier .csv.")
    with transaction.atomic():
        record(chaine=PLATEFORME, acte=Acte.EXPORT, acteur=None, objet_genre="export", detail={"genre": kind})
        return exports.places_geojson() if geojson else exports.as_csv(kind)
