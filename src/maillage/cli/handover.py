"""`maillage handover`: everything this installation holds in one readable file, for a city that leaves."""

from __future__ import annotations

import argparse
from pathlib import Path
from uuid import UUID

from maillage.base.dberrors import refusal
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "handover", help="tout, en clair, dans un fichier qu'un autre programme sait lire"
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="fichier écrit, lisible de vous seul")
    parser.add_argument(
        "--dpo",
        metavar="IDENTIFIANT",
        required=True,
        help="la personne déléguée à la protection des données qui l'a demandé",
    )
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the file; refuse to write over another, or without a DPO in post. Raises CommandError."""
    if options.file.exists():
        raise CommandError(f"{options.file} existe déjà : donnez le nom d'un fichier neuf.")
    django_setup(options.data)
    from django.db import DatabaseError

    from maillage.operations.remise import hand_over

    try:
        handed = hand_over(options.file, dpo_id=_dpo(options.dpo))
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {options.file} : {reason(error)}.") from error
    print(f"Remise écrite : {options.file}")
    print(f"{handed.tables} tables, {handed.lignes} lignes, {handed.fichiers} fichiers")
    if handed.effacees:
        print(f"{handed.effacees} valeurs de personnes effacées restent vides.")
    print("Ce fichier se lit sans clé : remettez-le en main propre, puis effacez-le d'ici.")


def _dpo(identifiant: str) -> UUID:
    """Return the account of a DPO in post. Raises CommandError for anybody else."""
    from maillage.base import clock
    from maillage.comptes.models import Compte
    from maillage.comptes.queries import active_posts
    from maillage.directory.enums import Role

    compte = Compte.objects.filter(identifiant=identifiant).first()
    posts = [] if compte is None else active_posts(compte, clock.now())
    if compte is None or all(poste.role != Role.DPO for poste in posts):
        raise CommandError(
            f"« {identifiant} » n'est pas, aujourd'hui, une personne déléguée à la protection des données."
        )
    return compte.pk
