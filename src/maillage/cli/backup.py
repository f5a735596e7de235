"""`maillage backup` and `maillage restore`: everything out in two encrypted files, and back with proof."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.base.dberrors import refusal
from maillage.base.installation import InstallationError, read_installation
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup

if TYPE_CHECKING:
    from maillage.operations.restore import Restored


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the two commands."""
    backup = subparsers.add_parser("backup", help="sauvegarde chiffrée, pendant que l'application sert")
    backup.add_argument(
        "file", metavar="FILE", help="fichier écrit ; les clés des personnes vont dans FILE.cles"
    )
    add_data_option(backup)
    backup.set_defaults(run=run_backup)
    restore = subparsers.add_parser("restore", help="restaure une sauvegarde et prouve qu'elle est entière")
    restore.add_argument("file", metavar="FILE", help="sauvegarde à restaurer")
    restore.add_argument(
        "--keys", metavar="FILE", help="clés des personnes (FILE.cles s'il existe), de moins de trente jours"
    )
    restore.add_argument(
        "--drill", action="store_true", help="essaie dans un dossier jetable, sans toucher à l'installation"
    )
    add_data_option(restore)
    restore.set_defaults(run=run_restore)


def run_backup(options: argparse.Namespace) -> None:
    """Write both files and read them again. Raises CommandError when the place or the database refuses."""
    target = Path(options.file)
    if target.is_dir():
        raise CommandError(f"{target} est un dossier : donnez le nom d'un fichier.")
    django_setup(options.data)
    from maillage.operations.backup import write_backup

    with _said():
        written = write_backup(target)
    print(f"Sauvegarde écrite et relue : {written.donnees}")
    print(f"{written.tables} tables, {written.lignes} lignes, {written.fichiers} fichiers")
    print(f"Clés des personnes, à garder trente jours au plus, ailleurs : {written.cles}")
    if written.cles_perimees:
        print(f"Fichiers de clés de plus de trente jours effacés : {written.cles_perimees}")


def run_restore(options: argparse.Namespace) -> None:
    """Restore into an empty installation, or into a folder thrown away after the proof."""
    data = Path(options.file)
    beside = data.with_name(f"{data.name}.cles")
    keys = Path(options.keys) if options.keys else beside if beside.exists() else None
    if not options.drill:
        _report(_restore(options.data, data, keys))
        _note(data)
        return
    with tempfile.TemporaryDirectory(prefix="maillage-exercice-") as folder:
        os.environ["MAILLAGE_KEYS"] = str(_key_file(options.data))
        _report(_restore(str(Path(folder) / "donnees"), data, keys))
        print("Exercice réussi ; l'installation n'a pas été touchée.")


def _restore(folder: str | None, data: Path, keys: Path | None) -> Restored:
    _key_file(folder)
    django_setup(folder)
    from django.core.management import call_command

    from maillage.operations.archive import read_header
    from maillage.operations.restore import restore

    with _said():
        read_header(data)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        return restore(data, keys)


def _note(data: Path) -> None:
    """Let `doctor` know that what was just restored has a backup: this one."""
    from maillage.operations.archive import read_header
    from maillage.operations.backup import note_last

    with _said():
        note_last(read_header(data)["le"], data)


def _key_file(folder: str | None) -> Path:
    """Return the key file, which must exist: a fresh one would open nothing. Raises CommandError."""
    if folder is not None:
        os.environ["MAILLAGE_DATA"] = folder
    try:
        installation = read_installation(os.environ)
        installation.data_dir.mkdir(parents=True, exist_ok=True)
    except InstallationError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"Impossible d'écrire {error.filename} : {reason(error)}.") from error
    if not installation.keys.exists():
        raise CommandError(
            f"Le trousseau {installation.keys} n'existe pas : remettez celui de la sauvegarde."
        )
    return installation.keys


def _report(restored: Restored) -> None:
    print(f"Restauré et relu à l'identique : {restored.tables} tables, {restored.lignes} lignes.")
    print(f"Fichiers : {restored.fichiers}. Clés de personnes : {restored.cles}.")
    print(f"Le journal tient : {restored.lignes_du_journal} lignes.")


@contextmanager
def _said() -> Iterator[None]:
    """Turn what may go wrong into one sentence."""
    from django.db import DatabaseError

    from maillage.operations.archive import BadArchive
    from maillage.operations.restore import CannotRestore

    try:
        yield
    except (BadArchive, CannotRestore) as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename} : {reason(error)}.") from error
