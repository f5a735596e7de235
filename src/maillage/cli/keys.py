"""`maillage keys`: change the installation's keys while it serves."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from maillage.base.dberrors import refusal
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `keys` commands."""
    parser = subparsers.add_parser("keys", help="change les clés de l'installation")
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    rotate = commands.add_parser("rotate", help="de nouvelles clés, sans arrêter le service")
    add_data_option(rotate)
    rotate.set_defaults(run=run_rotate)
    forget = commands.add_parser("forget", help="ôte une ancienne clé, et ce qu'elle seule ouvrait")
    forget.add_argument("name", metavar="NOM", help="son nom dans le trousseau, par exemple k1")
    add_data_option(forget)
    forget.set_defaults(run=run_forget)


def run_rotate(options: argparse.Namespace) -> None:
    """Make fresh keys current, wrap everything again."""
    django_setup(options.data)
    from maillage.operations.keys import rotate_keys

    with _said():
        name, moved = rotate_keys()
    print(f"Clé courante : {name}. Enveloppes refaites : {moved}.")
    print("Gardez une copie du trousseau, ailleurs que la base ; les anciennes clés y restent, pour relire")
    print("les sauvegardes faites avant aujourd'hui.")


def run_forget(options: argparse.Namespace) -> None:
    """Forget a former key."""
    django_setup(options.data)
    from maillage.operations.keys import CannotForget, forget_key

    with _said():
        try:
            forget_key(options.name)
        except CannotForget as error:
            raise CommandError(str(error)) from error
    print(f"{options.name} est oubliée : les sauvegardes qu'elle seule ouvrait ne se relisent plus.")


@contextmanager
def _said() -> Iterator[None]:
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename} : {reason(error)}.") from error
