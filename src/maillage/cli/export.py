"""`maillage export`: the directory's tables and a service's notes, for a spreadsheet or elsewhere."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from maillage.base.dberrors import refusal
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup

KINDS = ("bundle", "data-inclusion", "key", "notes", "places", "posts", "structures")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `export` command."""
    parser = subparsers.add_parser("export", help="écrit une table en CSV (XLSX, GeoJSON)")
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="sinon la sortie standard")
    parser.add_argument("--service", metavar="CODE", help="notes : de quelle équipe")
    parser.add_argument("--since", metavar="DATE", type=_day, help="notes : depuis ce jour (AAAA-MM-JJ)")
    parser.add_argument("--until", metavar="DATE", type=_day, help="notes : jusqu'à ce jour compris")
    parser.add_argument("--partenariat", metavar="CODE", help="bundle : de quel partenariat")
    parser.add_argument("--year", metavar="YEAR", type=int, help="bundle : quelle année, finie")
    add_data_option(parser)
    parser.set_defaults(run=run)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date (AAAA-MM-JJ)") from error


def run(options: argparse.Namespace) -> None:
    """Write the table; `places` and `notes` as a map when FILE ends in .geojson. Recorded in the ledger.

    Raises CommandError when the database is not ready or the file cannot be written.
    """
    django_setup(options.data)
    from django.db import DatabaseError

    try:
        form = options.file.suffix.lower().lstrip(".") if options.file is not None else "csv"
        if options.kind == "notes":
            made = make_notes(options.service, form=form, since=options.since, until=options.until)
        elif options.kind == "bundle":
            made = make_bundle(options.partenariat, options.year)
        elif options.kind == "key":
            made = make_key()
        elif options.kind == "data-inclusion":
            made = make_data_inclusion()
        else:
            made = make(options.kind, geojson=form == "geojson")
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    if options.file is None:
        sys.stdout.buffer.write(made)
        return
    try:
        options.file.write_bytes(made)
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {options.file} : {reason(error)}.") from error


def make(kind: str, *, geojson: bool) -> bytes:
    """Return the file's bytes and record the export in the platform's ledger, in one transaction."""
    from django.db import transaction

    from maillage.directory import exports

    if geojson and kind != "places":
        raise CommandError("Seul « places » a des contours : choisissez un fichier .csv.")
    with transaction.atomic():
        _record(kind)
        return exports.places_geojson() if geojson else exports.as_csv(kind)


def _record(kind: str) -> None:
    from maillage.audit import PLATEFORME
    from maillage.audit.actions import record
    from maillage.audit.enums import Acte

    record(chaine=PLATEFORME, acte=Acte.EXPORT, acteur=None, objet_genre="export", detail={"genre": kind})


def make_notes(code: str | None, *, form: str, since: date | None, until: date | None) -> bytes:
    """Return one service's notes as a file. Raises CommandError without a service or for another form."""
    from maillage.directory.models import Service
    from maillage.main_courante.exports import FORMATS, export_notes

    if code is None:
        raise CommandError("Les notes sont à une équipe : dites laquelle avec --service.")
    service = Service.objects.filter(code=code).first()
    if service is None:
        raise CommandError(f"Aucune équipe n'a le code « {code} ».")
    if form not in FORMATS:
        raise CommandError(f"Choisissez un fichier en {', '.join('.' + known for known in FORMATS)}.")
    return export_notes(service, form=form, since=since, until=until)


def make_data_inclusion() -> bytes:
    """Return structures and services in the data·inclusion v1 schema; recorded in the ledger."""
    from django.db import transaction

    from maillage.directory import data_inclusion

    with transaction.atomic():
        _record("data-inclusion")
        return data_inclusion.as_json()


def make_key() -> bytes:
    """Return this installation's card. Raises CommandError while there is no partnership to speak for."""
    from django.db import transaction

    from maillage.conventions.models import Partenariat
    from maillage.reseau.cards import write_card

    if not Partenariat.objects.exists():
        raise CommandError("Aucun partenariat ici : il n'y a pas de ville dont donner la clé.")
    with transaction.atomic():
        _record("key")
        return write_card().encode()


def make_bundle(code: str | None, year: int | None) -> bytes:
    """Return the signed file of one year of a partnership. Raises CommandError when it cannot be told."""
    from maillage.conventions.models import Partenariat
    from maillage.reseau.actions import publish
    from maillage.reseau.envelope import BundleRefused

    if code is None or year is None:
        raise CommandError("Un lot dit une année d'un partenariat : donnez --partenariat et --year.")
    partenariat = Partenariat.objects.filter(code=code).first()
    if partenariat is None:
        raise CommandError(f"Aucun partenariat n'a le code « {code} ».")
    try:
        return publish(partenariat=partenariat, annee=year).encode()
    except BundleRefused as error:
        raise CommandError(str(error)) from error
