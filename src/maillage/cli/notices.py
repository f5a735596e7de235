"""`maillage notices`: one notice a day to each service, and reminders to the technical desks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from maillage.base.dberrors import refusal
from maillage.cli import CommandError, add_data_option, django_setup

if TYPE_CHECKING:
    from maillage.main_courante.actions.avis import Sent


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `notices` command."""
    parser = subparsers.add_parser("notices", help="envoie les avis du jour, sans donnée personnelle")
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    run = commands.add_parser(
        "run", help="avis aux services dont l'heure d'ouverture est passée (à lancer chaque quart d'heure)"
    )
    run.add_argument(
        "--site", metavar="ADRESSE", help="adresse de l'installation (sinon le premier de MAILLAGE_HOSTS)"
    )
    add_data_option(run)
    run.set_defaults(run=run_notices)


def run_notices(options: argparse.Namespace) -> int:
    """Send what is due; exit status 1 when a mail could not leave, the others having gone.

    Raises CommandError for an address that is not one, or a database that does not answer.
    """
    if options.site and not urlsplit(options.site).netloc:
        raise CommandError(f"« {options.site} » n'est pas une adresse (attendu : https://…).")
    django_setup(options.data)
    from django.db import DatabaseError

    try:
        sent, reminded = send((options.site or default_site()).rstrip("/"))
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    print(f"Avis envoyés : {sent.envoyes}")
    print(f"Services sans rien en attente : {sent.sans_objet}")
    print(f"Guichets techniques relancés : {reminded}")
    if sent.echecs:
        print(f"Courriels non partis, à retenter : {sent.echecs}")
    return 1 if sent.echecs else 0


def send(site: str) -> tuple[Sent, int]:
    """Send what is due, links under this address; return the notices' count and the desks reminded."""
    from maillage.main_courante.actions.avis import send_notices
    from maillage.main_courante.actions.veille import remind_desks

    return send_notices(site=site), remind_desks(address=lambda token: site + _link(token))


def _link(token: str) -> str:
    from django.urls import reverse

    return reverse("veille:lien", args=[token])


def default_site() -> str:
    """Return the address of the installation."""
    from django.conf import settings

    return str(settings.SITE)
