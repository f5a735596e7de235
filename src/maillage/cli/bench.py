"""`maillage bench [NAME] [--json]`: runs the measurements of `maillage.bench`."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
from collections.abc import Mapping
from typing import Any, Protocol, cast

from maillage import bench
from maillage.cli import CommandError, add_data_option, django_setup


class Benchmark(Protocol):
    """What a module of `maillage.bench` offers; those without NAME are helpers.

    With `NEEDS_INSTALLATION = True` beside NAME, Django is loaded on the installation before `run`.
    """

    NAME: str

    def run(self) -> Mapping[str, Any]:
        """Measure; return plain figures, JSON-ready, with their units in the keys."""

    def lines(self, result: Mapping[str, Any]) -> list[str]:
        """Say the figures in French, one sentence a line, beside what was promised."""


def benchmarks() -> dict[str, Benchmark]:
    """Return every benchmark by its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(bench.__path__))
    modules = (cast(Benchmark, importlib.import_module(f"{bench.__name__}.{name}")) for name in names)
    return {module.NAME: module for module in modules if hasattr(module, "NAME")}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `bench` command."""
    parser = subparsers.add_parser("bench", help="mesure ce que Maillage promet")
    parser.add_argument("name", nargs="?", metavar="NOM", help="une seule mesure (sinon toutes)")
    add_data_option(parser)
    parser.add_argument("--json", action="store_true", help="les chiffres seuls, en JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run one benchmark or all; print figures as JSON or sentences.

    Raises CommandError for an unknown name.
    """
    known = benchmarks()
    if options.name is not None and options.name not in known:
        raise CommandError(f"pas de mesure « {options.name} » ; il y a : {', '.join(known)}.")
    chosen = {options.name: known[options.name]} if options.name else known
    if any(getattr(module, "NEEDS_INSTALLATION", False) for module in chosen.values()):
        django_setup(options.data)
    results = {name: module.run() for name, module in chosen.items()}
    if options.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        for name, result in results.items():
            print("\n".join([name, *(f"  {line}" for line in chosen[name].lines(result))]))
