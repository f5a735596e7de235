"""`maillage serve`: the web server of an installation."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from maillage.cli import CommandError, add_data_option, django_setup

THREADS = 8
DEFAULT_PORT = 8000


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `serve` command."""
    parser = subparsers.add_parser("serve", help="sert l'installation sur 127.0.0.1")
    add_data_option(parser)
    parser.add_argument("--port", type=port_number, default=DEFAULT_PORT, help="8000 par défaut")
    parser.add_argument("--processes", type=int, default=1, help="plusieurs seulement sur PostgreSQL")
    parser.set_defaults(run=run)


def port_number(text: str) -> int:
    """Read a TCP port; raises argparse's error with a French sentence otherwise."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un numéro de port")
    return int(text)


def run(options: argparse.Namespace) -> None:
    """Check the database, then become the server."""
    serve(options.port, data=options.data, processes=options.processes)


def serve(port: int, *, data: str | None = None, processes: int = 1) -> NoReturn:
    """Replace this process by gunicorn: threads on SQLite, `processes` times as many on PostgreSQL.

    Raises CommandError when the database is unsafe, not migrated, or asked for what it cannot do.
    """
    django_setup(data)
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection
    from django.utils.module_loading import import_string

    if not 1 <= processes <= 64:
        raise CommandError("--processes attend un nombre de 1 à 64.")
    if processes > 1 and connection.vendor == "sqlite":
        raise CommandError("SQLite se sert avec un seul processus ; utilisez DATABASE_URL pour plusieurs.")
    try:
        # By name: `config` stands above this package and may not be imported from it.
        import_string("maillage.config.checks.require_safe_database")()
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error
    connection.close()
    os.execv(sys.executable, _gunicorn(port, processes))  # noqa: S606


def _gunicorn(port: int, processes: int) -> list[str]:
    # Request lines may hold an identifier: no access log (S-40). Heartbeats stay in memory.
    memory = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108
    return [
        *(sys.executable, "-m", "gunicorn", "maillage.config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(processes)),
        *("--worker-class", "gthread", "--threads", str(THREADS)),
        # By name: `config` stands above this package.
        *("--logger-class", "maillage.config.journal.ServerLogger"),
        *("--log-level", "warning", "--graceful-timeout", "10", "--no-control-socket"),
        *memory,
    ]
