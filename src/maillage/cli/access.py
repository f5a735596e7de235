"""`maillage access`: everything held about one person, as the answer to a request for access."""

from __future__ import annotations

import argparse
from pathlib import Path
from uuid import UUID

from maillage.base.dberrors import refusal
from maillage.cli import CommandError, add_data_option, django_setup

ASKERS = ("personne", "mere", "pere", "tuteur", "autre")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `access` command."""
    parser = subparsers.add_parser("access", help="répond à une demande d'accès (RGPD 15), tiers masqués")
    parser.add_argument(
        "numero", metavar="NUMERO", type=UUID, help="l'accompagnement, la personne ou la demande"
    )
    parser.add_argument("file", metavar="FICHIER", type=Path, help="le fichier à écrire, en .pdf ou .json")
    parser.add_argument("--for", dest="asker", choices=ASKERS, default="personne", help="qui demande")
    add_data_option(parser)
    parser.set_defaults(run=run_access)


def run_access(options: argparse.Namespace) -> None:
    """Open the request if it is not, write the answer as it stands, say what a human has still to decide.

    Raises CommandError for another kind of file, nobody held, or a database that does not answer.
    """
    kind = options.file.suffix.lstrip(".")
    if kind not in {"pdf", "json"}:
        raise CommandError("Le fichier finit par .pdf ou par .json.")
    django_setup(options.data)
    from django.db import DatabaseError

    from maillage.documents.content import DocumentError
    from maillage.sharing.errors import SharingError

    try:
        content, left = _answer(options.numero, options.asker, kind)
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    except (SharingError, DocumentError) as error:
        raise CommandError(str(error)) from error
    try:
        options.file.write_bytes(content)
    except OSError as error:
        raise CommandError(f"Ce fichier ne s'écrit pas : {options.file}.") from error
    print(f"Réponse écrite : {options.file}")
    print(f"À trancher par le délégué à la protection des données : {left}")


def _answer(numero: UUID, asker: str, kind: str) -> tuple[bytes, int]:
    """Return the file's bytes and how many decisions are left."""
    from django.conf import settings
    from django.db.transaction import atomic

    from maillage.documents import pdf
    from maillage.pilotage.dpo.acces import read_answer
    from maillage.pilotage.dpo.acces_papier import answer_document, answer_json
    from maillage.sharing.demandes.requests import open_by_command, trace_answer

    with atomic():
        opened = open_by_command(numero, asker)
        answer = read_answer(None, opened.pk if opened else numero)
        trace_answer(None, answer.opened, kind)
        mention = "Données inventées" if settings.MAILLAGE_DEMO else ""
        if kind == "json":
            return answer_json(answer), answer.restent
        return pdf.render_document(answer_document(answer, mention=mention)), answer.restent
