"""`maillage report`: documents made from the database."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from maillage.base.dberrors import refusal
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup

# Each module offers `read()`, `as_document(read)`, `as_json(read)` and `as_table(read)`.
KINDS = {
    "activite": "maillage.pilotage.activite_rapport",
    "chapitre-3": "maillage.directory.chapter3",
    "diagnostic": "maillage.diagnostics.rapport",
    "evaluation": "maillage.evaluations.rapport",
    "reunion": "maillage.reunions.compte_rendu",
}
OF_A_PARTNERSHIP = {"activite", "diagnostic", "evaluation"}
OF_A_YEAR = {"activite", "evaluation"}
NOTHING = {
    "activite": "Aucun partenariat ni financeur de ce nom, ou aucun trimestre n'y est encore fini.",
    "chapitre-3": "L'étude n'est pas dans la base : lancez « maillage demo » ou « maillage init ».",
    "diagnostic": "Rien n'a encore été publié : publiez d'abord une édition dans « Diagnostics ».",
    "evaluation": "Aucune évaluation de ce partenariat, ou de cette année, n'est ouverte.",
    "reunion": "Aucun compte rendu verrouillé dans cette installation.",
}
BINARY = {"pdf", "docx"}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `report` command."""
    parser = subparsers.add_parser("report", help="produit un document à partir de la base")
    parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(sorted(KINDS)))
    parser.add_argument("--format", choices=["pdf", "docx", "json", "csv"], default="json")
    parser.add_argument("--partenariat", metavar="CODE", default="", help="d'un seul partenariat")
    parser.add_argument("--annee", metavar="AAAA", type=int, help="année du rapport, de l'évaluation")
    parser.add_argument(
        "--financeur", metavar="NOM", default="", help="activité : des seuls services qu'il finance"
    )
    parser.add_argument("--output", metavar="FILE", help="fichier écrit (sinon la sortie standard)")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the document; raises CommandError when there is nothing to say or nowhere to write."""
    if options.output is None and options.format in BINARY and sys.stdout.isatty():
        raise CommandError(f"Un fichier {options.format} ne s'affiche pas ici : ajoutez --output FICHIER.")
    django_setup(options.data)
    made = make(options.kind, options.format, options.partenariat, options.annee, options.financeur)
    if options.output is None:
        sys.stdout.buffer.write(made)
        return
    try:
        Path(options.output).write_bytes(made)
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {options.output} : {reason(error)}.") from error


def make(kind: str, form: str, partenariat: str = "", annee: int | None = None, financeur: str = "") -> bytes:
    """Return the document of this kind in this format.

    Raises CommandError when the database is not ready, holds nothing for it, or the file cannot be made.
    """
    from django.db import DatabaseError

    from maillage.documents.content import DocumentError

    source = importlib.import_module(KINDS[kind])
    wanted: dict[str, Any] = {"partenariat": partenariat} if kind in OF_A_PARTNERSHIP else {}
    if kind in OF_A_YEAR:
        wanted["annee"] = annee
    if kind == "activite":
        wanted["financeur"] = financeur
    try:
        found = source.read(**wanted)
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    if not found:
        raise CommandError(NOTHING[kind])
    try:
        return _render(source, found, form)
    except DocumentError as error:
        raise CommandError(str(error)) from error


def _render(source: Any, found: Any, form: str) -> bytes:
    from maillage.documents import docx, pdf, spreadsheet

    match form:
        case "pdf":
            return pdf.render_document(source.as_document(found))
        case "docx":
            return docx.render_document(source.as_document(found))
        case "csv":
            return spreadsheet.table_csv(source.as_table(found))
        case _:
            return (json.dumps(source.as_json(found), ensure_ascii=False, indent=1) + "\n").encode()
