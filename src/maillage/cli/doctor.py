"""`maillage doctor`: how the installation is, one sentence a line, each with its cure."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from maillage.cli import add_data_option, django_setup

if TYPE_CHECKING:
    from maillage.operations.doctor import Finding

MARKS = {"bien": "·", "attention": "!", "mal": "✗"}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="examine l'installation ; code 1 si quelque chose va mal")
    parser.add_argument("--json", action="store_true", help="pour une machine : une liste d'objets")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print each finding; exit status 1 when one of them is wrong (to be watched is not wrong)."""
    django_setup(options.data)
    from maillage.operations.doctor import Etat, examine

    findings = [*examine(), _administrators()]
    if options.json:
        said = [
            {"nom": one.nom, "etat": one.etat.value, "phrase": one.phrase, "remede": one.remede}
            for one in findings
        ]
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        for one in findings:
            print(f"{MARKS[one.etat.value]} {one.nom:<13} {one.phrase}")
            if one.remede:
                print(f"  {'':<13} → {one.remede}")
    return 1 if any(one.etat is Etat.MAL for one in findings) else 0


def _administrators() -> Finding:
    """Say whether a right can still be given: it takes two."""
    from django.db import DatabaseError

    from maillage.administration.queries import administrators_able
    from maillage.operations.doctor import Etat, Finding

    try:
        able = administrators_able()
    except DatabaseError:
        return Finding("personnes", Etat.MAL, "La base ne dit pas qui administre.", "Guérissez la base.")
    if able < 2:
        said = "Moins de deux personnes qui administrent peuvent entrer : aucun droit ne peut être donné."
        cure = "Ouvrez les liens d'arrivée, ou maillage init --new-links, ou --reinvite IDENTIFIANT."
        return Finding("personnes", Etat.ATTENTION, said, cure)
    return Finding("personnes", Etat.BIEN, f"{able} personnes qui administrent peuvent entrer.")
