"""`maillage init`: an empty installation, or the present one brought up to date."""

from __future__ import annotations

import argparse
import os

from maillage.base.installation import Installation, InstallationError, read_installation
from maillage.base.keyring import Keyring
from maillage.cli import CommandError, add_data_option, django_setup


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `init` command."""
    parser = subparsers.add_parser("init", help="crée une installation vide, ou met à jour celle qui existe")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Make the folder, the key file and the tables; nothing that exists is overwritten."""
    installation = prepare(options.data)
    django_setup(options.data)
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        raise CommandError("La base de données ne répond pas, ou refuse d'être mise à jour.") from error
    print(
        f"Installation prête. Gardez {installation.keys} ailleurs que la base : sans lui, rien ne se relit."
    )


def prepare(data: str | None) -> Installation:
    """Create the data folder and the key file if they do not exist; return the installation.

    Raises CommandError when the environment does not name one, or a folder cannot be written.
    """
    if data is not None:
        os.environ["MAILLAGE_DATA"] = data
    try:
        installation = read_installation(os.environ)
        installation.data_dir.mkdir(parents=True, exist_ok=True)
        if not installation.keys.exists():
            Keyring.generate(installation.keys)
    except InstallationError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {error.filename} : {error.strerror}.") from error
    return installation
