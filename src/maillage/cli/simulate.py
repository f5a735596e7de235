"""`maillage simulate`: the exchanges of a period judged again under what one wants to try; counts only."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maillage.base.dberrors import refusal
from maillage.base.oserrors import reason
from maillage.cli import CommandError, add_data_option, django_setup

if TYPE_CHECKING:
    from maillage.conventions.models import Partenariat
    from maillage.pilotage.rejeu import Line, Simulation
    from maillage.pilotage.scenario import Scenario, TriedClause

HIDDEN = "moins de 5, ou tu"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `simulate` command."""
    parser = subparsers.add_parser(
        "simulate", help="rejuge une période sous une autre forme, d'autres clauses, d'autres lectures"
    )
    parser.add_argument("--partenariat", metavar="ID", required=True, help="son code ou son identifiant")
    parser.add_argument("--form", metavar="FORME", default="", help="informel, convention ou pilotage_unique")
    parser.add_argument("--clauses", metavar="FILE", type=Path, help="clauses ajoutées (liste JSON)")
    parser.add_argument(
        "--lecture", metavar="U-x=v", action="append", default=[], help="par exemple U-10=rapport"
    )
    parser.add_argument("--since", metavar="JOUR", default="", help="premier jour (AAAA-MM-JJ)")
    parser.add_argument("--until", metavar="JOUR", default="", help="dernier jour (AAAA-MM-JJ)")
    parser.add_argument("--json", action="store_true", help="les chiffres seuls, en JSON")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print what the replay counts. Raises CommandError for what does not exist or cannot be tried."""
    since, until = _day(options.since), _day(options.until)
    django_setup(options.data)
    from django.db import DatabaseError

    from maillage.pilotage.rejeu import simulate
    from maillage.pilotage.scenario import ScenarioError

    try:
        found = simulate(_partenariat(options.partenariat), _scenario(options), since=since, until=until)
    except ScenarioError as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise CommandError(refusal(error)) from error
    if options.json:
        from maillage.pilotage.figures import as_json

        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_said(found)))


def _scenario(options: argparse.Namespace) -> Scenario:
    from maillage.pilotage.scenario import Scenario

    lectures = {}
    for given in options.lecture:
        question, equals, reading = given.partition("=")
        if not equals:
            raise CommandError(f"--lecture attend U-x=prudente ou U-x=rapport, et non « {given} ».")
        lectures[question.strip()] = reading.strip()
    clauses = _clauses(options.clauses) if options.clauses else ()
    return Scenario(forme=options.form, clauses=clauses, lectures=lectures)


def _clauses(path: Path) -> tuple[TriedClause, ...]:
    from maillage.pilotage.scenario import clauses_of

    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"Impossible de lire {path} : {reason(error)}.") from error
    except ValueError as error:
        raise CommandError(f"{path} n'est pas une liste de clauses en JSON.") from error
    return clauses_of(rows)


def _partenariat(given: str) -> Partenariat:
    from uuid import UUID

    from maillage.conventions.models import Partenariat

    found = Partenariat.objects.filter(code=given).first()
    if found is None:
        try:
            found = Partenariat.objects.filter(pk=UUID(given)).first()
        except ValueError:
            found = None
    if found is None:
        known = ", ".join(Partenariat.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"Pas de partenariat « {given} » ; il y a : {known or 'aucun'}.")
    return found


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"« {text} » n'est pas un jour écrit AAAA-MM-JJ.") from None


def _said(found: Simulation) -> Iterator[str]:
    """The figures in French, one line each."""
    from maillage.law import catalogue
    from maillage.pilotage.rejeu import LIMITS

    yield f"{found.partenariat.nom}, du {found.depuis:%d/%m/%Y} au {found.jusqu_au:%d/%m/%Y}"
    if found.ensemble is None:
        yield "Moins de 5 échanges sur cette période : rien ne se montre."
    else:
        yield f"{found.echanges} échanges rejugés."
        for line in (found.ensemble, *found.directions):
            yield from _table(line, catalogue.labels("titre"))
        for one in found.contributions:
            yield f"{one.nom} : {_moves(one.seule, catalogue.labels('titre'))}"
            yield f"  sans elle, parmi les autres : {_moves(one.sans_elle, catalogue.labels('titre'))}"
        for rule in found.fondements:
            yield f"{rule.regle} : {_cell(rule.avant)} avant, {_cell(rule.apres)} après"
        for flow in found.exemples:
            who = f"{flow.emetteur} → {flow.destinataire}"
            yield f"{flow.nombre or 'Au moins 5'} fois, {who}, {flow.nature} : {flow.phrase}"
    yield LIMITS


def _table(line: Line, titles: Mapping[str, str]) -> Iterator[str]:
    yield f"{line.nom} :"
    for issue, avant in line.avant.items():
        apres = line.apres[issue]
        if avant != 0 or apres != 0:
            yield f"  {titles[issue]} : {_cell(avant)} avant, {_cell(apres)} après"


def _moves(cells: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    moved = [
        f"{titles[issue]} {'(tu)' if cell is None else f'{cell:+d}'}"
        for issue, cell in cells.items()
        if cell != 0
    ]
    return ", ".join(moved) or "aucun verdict ne change"


def _cell(cell: int | None) -> str:
    return HIDDEN if cell is None else str(cell)
