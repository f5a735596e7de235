"""`maillage demo`: the six cities' year in a folder, then the product serving it."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from maillage.base.installation import DEFAULT_DIR, DEMO_MARK, mark_demo
from maillage.base.keyring import Keyring
from maillage.base.oserrors import reason
from maillage.cli import CommandError, django_setup

DATABASE = "maillage.sqlite3"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "demo", help="charge les six villes et une année inventée, puis sert l'application"
    )
    parser.add_argument("--port", type=int, default=8000, help="port de 127.0.0.1 (8000 par défaut)")
    parser.add_argument("--data", metavar="DIR", default=None, help=f"dossier ({DEFAULT_DIR} par défaut)")
    parser.add_argument("--no-serve", action="store_true", help="charge sans servir")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prepare the folder if needed, print where to go, and serve unless told not to."""
    if not 0 < options.port < 65536:
        raise CommandError("Le port doit être un nombre entre 1 et 65535.")
    folder = Path(options.data or DEFAULT_DIR).absolute()
    _prepare(folder)
    if options.no_serve:
        return 0
    from maillage.cli.serve import serve

    return serve(options.port)


def _prepare(folder: Path) -> None:
    """Load the demo into the folder unless it is already there; start again a half-made one."""
    database, ready = folder / DATABASE, folder / "accounts.json"
    if database.exists() and not (folder / DEMO_MARK).exists():
        raise CommandError(f"{folder} contient une installation qui n'est pas une démonstration.")
    if not ready.exists():
        for leftover in folder.glob(f"{DATABASE}*"):
            leftover.unlink()
    try:
        mark_demo(folder)
        keys = Path(f"{folder}.keys")
        if not keys.exists():
            Keyring.generate(keys)
    except OSError as error:
        raise CommandError(f"Impossible d'écrire dans {folder} : {reason(error)}.") from error
    django_setup(str(folder))
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    if not ready.exists():
        _load(folder)
    print(f"Démonstration prête (données inventées). Comptes : {ready}")


def _load(folder: Path) -> None:
    from maillage.demo.year import STEPS, load

    started, done = time.monotonic(), 0

    def progress(step: str) -> None:
        nonlocal done
        if sys.stderr.isatty():
            bar = "█" * done + "░" * (STEPS - done)
            print(f"\r{bar} {step:<48.48}", end="", file=sys.stderr, flush=True)
        else:
            print(f"{done + 1}/{STEPS} {step}", file=sys.stderr, flush=True)
        done += 1

    count = load(folder, progress)
    seconds = time.monotonic() - started
    print(f"\r{count} comptes, chargés en {seconds:.0f} s{'':<60}", file=sys.stderr)
