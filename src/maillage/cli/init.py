"""`maillage init`: an empty installation, or the present one brought up to date."""

from __future__ import annotations

import argparse
import os

from maillage.base.dberrors import refusal
from maillage.base.installation import Installation, InstallationError, read_installation
from maillage.base.keyring import Keyring
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `init` command."""
    parser = subparsers.add_parser("init", help="crée une installation vide, ou met à jour celle qui existe")
    add_data_option(parser)
    parser.add_argument(
        "--admin",
        metavar="« PRÉNOM NOM »",
        action="append",
        default=[],
        help="une des deux personnes qui administrent (à donner deux fois)",
    )
    parser.add_argument(
        "--new-links", action="store_true", help="remplace les liens d'invitation qui n'ont pas servi"
    )
    parser.add_argument(
        "--reinvite",
        metavar="IDENTIFIANT",
        default="",
        help="rend un accès à une personne qui administre et a tout perdu, quand l'autre ne le peut pas",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Make the folder, the key file and the tables, invite two administrators; overwrite nothing."""
    names = _names(options.admin)
    installation = prepare(options.data)
    django_setup(options.data)
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        links = _links(names, renew=options.new_links, again=options.reinvite)
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    print(
        f"Installation prête. Gardez {installation.keys} ailleurs que la base : sans lui, rien ne se relit."
    )
    for identifiant, link in links:
        print(f"{identifiant} : {link} (une fois, pendant sept jours)")


def _names(given: list[str]) -> list[tuple[str, str]]:
    """Read the two administrators' names, or none. Raises CommandError for one, three, or half a name."""
    names = [tuple(name.strip().split(maxsplit=1)) for name in given]
    if given and (len(names) != 2 or any(len(name) != 2 for name in names)):
        raise CommandError("Donnez --admin deux fois, chaque fois un prénom et un nom entre guillemets.")
    return [(name[0], name[1]) for name in names]


def _links(names: list[tuple[str, str]], *, renew: bool, again: str = "") -> list[tuple[str, str]]:
    """Return the identifier and the invitation link of each administrator invited by this command.

    Raises CommandError when `again` names nobody who administrates.
    """
    from django.conf import settings

    from maillage.comptes import installation

    invited = installation.invite_administrators(names or installation.NAMES)
    if renew and not invited:
        invited = installation.renew_administrators_links()
    if again:
        found = installation.start_administrator_over(again)
        if found is None:
            raise CommandError(f"« {again} » n'est pas l'identifiant d'une personne qui administre.")
        invited = [*invited, found]
    return [(one.compte.identifiant, f"{settings.SITE}/invitation/{one.jeton}/") for one in invited]


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
        raise CommandError(f"Impossible d'écrire {error.filename} : {reason(error)}.") from error
    return installation
