"""`maillage work`: the unattended work that is due, each piece once, whatever happened to the last worker."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.base.dberrors import refusal
from maillage.cli import CommandError, add_data_option, django_setup

if TYPE_CHECKING:
    from maillage.operations.jobs import Job

# Written at four, when no team is out; signed heads and erasures first.
NIGHT = 4
BACKUPS_KEPT = timedelta(days=30)
BACKUP_NAME = "maillage-{:%Y-%m-%d}.sauvegarde"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "work", help="fait le travail dû : avis, conservation, signatures, sauvegarde (à lancer souvent)"
    )
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do what is due; exit status 1 when a job failed (it will be tried again), the others being done."""
    django_setup(options.data)
    from django.db import DatabaseError

    from maillage.operations.jobs import run_due

    try:
        done = run_due(jobs())
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    print(f"Fait : {', '.join(done.faits) or 'rien à faire'}")
    if done.echecs:
        print(f"À retenter : {', '.join(done.echecs)}")
    return 1 if done.echecs else 0


def jobs() -> list[Job]:
    """Return the installation's jobs; the backup only where MAILLAGE_BACKUPS names a folder."""
    from django.conf import settings

    from maillage.audit.actions import sign_heads
    from maillage.cli import retention
    from maillage.operations.jobs import Job, daily, quarterly
    from maillage.operations.seals import tell_unsealed

    found = [
        Job("avis", quarterly, _notices),
        Job("conservation", daily(NIGHT), retention.work),
        Job("sceaux", daily(NIGHT), tell_unsealed),
        Job("signatures", daily(NIGHT), sign_heads),
    ]
    folder = settings.MAILLAGE_BACKUPS
    if folder is not None:
        found.append(Job("sauvegarde", daily(NIGHT), lambda: _backup(folder)))
    return found


def _notices() -> None:
    """Send the notices; raises when a mail did not leave, so that the job is tried again."""
    from maillage.cli.notices import default_site, send

    sent, _reminded = send(default_site())
    if sent.echecs:
        raise ConnectionError(f"{sent.echecs} mails did not leave")


def _backup(folder: Path) -> None:
    """Write the day's backup, and let go of those older than thirty days that this job wrote."""
    from maillage.base import clock
    from maillage.operations.backup import write_backup

    folder.mkdir(parents=True, exist_ok=True)
    write_backup(folder / BACKUP_NAME.format(clock.today()))
    oldest = BACKUP_NAME.format(clock.today() - BACKUPS_KEPT)
    for path in folder.glob("maillage-????-??-??.sauvegarde"):
        if path.name < oldest:
            path.unlink()
