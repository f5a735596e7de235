"""`maillage retention`: the daily work on what may no longer be kept, and on what waits too long."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from maillage.base.dberrors import refusal
from maillage.cli import CommandError, add_data_option, django_setup


@dataclass(frozen=True)
class Done:
    """How many of each thing the work did, or would do."""

    orientations: int
    accompagnements: int
    echanges: int
    heures: int
    rappels: int
    cles: int = 0


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `retention` command."""
    parser = subparsers.add_parser("retention", help="efface ce qui ne doit plus être gardé")
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    work = commands.add_parser(
        "run", help="clôt les orientations à leur date, efface, rappelle les réponses attendues (chaque jour)"
    )
    work.add_argument("--dry-run", action="store_true", help="compte sans rien changer")
    add_data_option(work)
    work.set_defaults(run=run_retention)
    proof = commands.add_parser("proof", help="écrit la preuve signée des effacements, sans rien d'effacé")
    proof.add_argument("file", metavar="FICHIER", type=Path)
    add_data_option(proof)
    proof.set_defaults(run=run_proof)


def run_retention(options: argparse.Namespace) -> None:
    """Close and erase what is due today, then remind the services that have not answered.

    Raises CommandError when the database does not answer.
    """
    django_setup(options.data)
    from django.db import DatabaseError

    try:
        done = _count() if options.dry_run else work()
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    planned = options.dry_run
    print(f"Orientations {'à clore et effacer' if planned else 'closes et effacées'} : {done.orientations}")
    print(f"Accompagnements {'à effacer' if planned else 'effacés'} : {done.accompagnements}")
    print(f"Échanges arrivés à terme {'à effacer' if planned else 'effacés'} : {done.echanges}")
    print(f"Heures arrivées à terme {'à effacer' if planned else 'effacées'} : {done.heures}")
    print(f"Rappels {'à faire' if planned else 'faits'} aux services : {done.rappels}")
    if not planned:
        print(f"Clés retirées des sauvegardes : {done.cles}")


def run_proof(options: argparse.Namespace) -> None:
    """Write one signed line per erasure. Raises CommandError when the file cannot be written."""
    django_setup(options.data)
    from django.db.transaction import atomic

    from maillage.sharing.retention import proof_lines

    with atomic():
        lines = list(proof_lines())
    try:
        options.file.write_bytes(b"".join(lines))
    except OSError as error:
        raise CommandError(f"Ce fichier ne s'écrit pas : {options.file}.") from error
    print(f"Effacements prouvés : {len(lines)}")


def _count() -> Done:
    from maillage.base import clock
    from maillage.coordination.vacations import old_hours
    from maillage.orientations.actions import due_on, late_on
    from maillage.sharing.retention import old_exchanges, supports_due

    today = clock.today()
    return Done(
        due_on(today).count(),
        supports_due(today).count(),
        old_exchanges(today).count(),
        old_hours(today).count(),
        late_on(today).count(),
    )


def work() -> Done:
    """Close and erase, then remind; return how many of each. Django must be set up."""
    from maillage.base import clock
    from maillage.coordination.vacations import drop_old_hours
    from maillage.orientations.actions import close_due, remind_due
    from maillage.sharing.retention import drop_old_exchanges, erase_due_supports

    today = clock.today()
    closed, erased, dropped = close_due(today), erase_due_supports(today), drop_old_exchanges(today)
    hours = drop_old_hours(today)
    return Done(closed, erased, dropped, hours, len(remind_due(today)), _forget())


def _forget() -> int:
    """Take the keys of persons erased out of the backups kept here; return how many."""
    from maillage.operations.backup import forget_keys, last_folder
    from maillage.sharing.retention import erased_persons

    named = os.environ.get("MAILLAGE_BACKUPS", "")
    folders = {one.resolve() for one in (Path(named) if named else None, last_folder()) if one}
    owners = erased_persons() if folders else []
    return sum(forget_keys(folder, owners) for folder in sorted(folders))
