"""`maillage retention`: the daily work on what may no longer be kept, and on what waits too long."""

from __future__ import annotations

import argparse

from maillage.cli import CommandError, add_data_option, django_setup


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


def run_retention(options: argparse.Namespace) -> None:
    """Close and erase what is due today, then remind the services that have not answered.

    Raises CommandError when the database does not answer.
    """
    django_setup(options.data)
    from django.db import DatabaseError

    try:
        closed, reminded = _count() if options.dry_run else work()
    except DatabaseError as error:
        raise CommandError("La base de données ne répond pas, ou n'est pas à jour.") from error
    verb = "à clore et effacer" if options.dry_run else "closes et effacées"
    print(f"Orientations {verb} : {closed}")
    print(f"Rappels {'à faire' if options.dry_run else 'faits'} aux services : {reminded}")


def _count() -> tuple[int, int]:
    from maillage.base import clock
    from maillage.orientations.actions import due_on, late_on

    return due_on(clock.today()).count(), late_on(clock.today()).count()


def work() -> tuple[int, int]:
    """Close and erase, then remind; return how many of each. Django must be set up."""
    from maillage.base import clock
    from maillage.orientations.actions import close_due, remind_due

    return close_due(clock.today()), len(remind_due(clock.today()))
