"""The `maillage` command: one or more sub-commands per module of this package.

A module offers `register(subparsers)`, which adds its parser and sets `set_defaults(run=callable)`;
importing it loads no Django.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn


class CommandError(Exception):
    """Bad input from the person at the keyboard: one clear French line on stderr, exit status 2."""


# argparse speaks English; these are the complaints a person meets.
_COMPLAINTS = [
    (r"unrecognized arguments: (.*)", r"argument inconnu : \1"),
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"argument .*: invalid choice: '?(.*?)'? \(choose from (.*)\)", r"« \1 » n'existe pas ; il y a : \2"),
    (r"argument (.*): expected one argument", r"\1 attend une valeur"),
    (r"argument (.*): invalid \w+ value: '(.*)'", r"\1 n'accepte pas « \2 »"),
    (r"argument (.*?): (.*)", r"\1 : \2"),
]


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks French, and whose complaints are one line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "add_help": False})
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        """Print the complaint on stderr and leave with status 2."""
        for pattern, said in _COMPLAINTS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, said, message)
                break
        print(f"{self.prog} : {message} (voir {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def django_setup(data: str | None = None) -> None:
    """Point Maillage at an installation, then load Django.

    `data` is the value of `--data`; without it MAILLAGE_DATA, DATABASE_URL, then var/demo decide
    (see `maillage.base.installation`). Raises CommandError when the settings refuse to load.
    """
    if data is not None:
        os.environ["MAILLAGE_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error
    from maillage.base.wall import declare_house

    declare_house()


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Give a sub-command the `--data DIR` option that every command reading an installation has."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        default=None,
        help="dossier de l'installation (sinon MAILLAGE_DATA, sinon DATABASE_URL, sinon var/demo)",
    )


def _build_parser() -> argparse.ArgumentParser:
    """Assemble the parser from every module of this package that offers `register(subparsers)`."""
    from maillage import __version__

    parser = _Parser(prog="maillage", description="Médiation sociale et prévention spécialisée, ensemble.")
    parser.add_argument(
        "--version", action="version", version=f"maillage {__version__}", help="affiche la version"
    )
    subparsers = parser.add_subparsers(title="commandes", metavar="COMMANDE", parser_class=_Parser)
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        if not found.name.startswith("_"):
            importlib.import_module(f"{__name__}.{found.name}").register(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (0 fine, 1 a check failed, 2 bad input).

    Each module's `run` takes the parsed namespace and returns an exit status or None for 0.
    """
    parser = _build_parser()
    options = parser.parse_args(argv)
    if not hasattr(options, "run"):
        parser.print_help()
        return 0
    try:
        return int(options.run(options) or 0)
    except CommandError as error:
        print(f"maillage : {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (head, less) went away: nothing left to say, and no traceback at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
