"""«Ce que vos passages ont donné»: what the logbook knows of, and the projects born where the team walks."""

from __future__ import annotations

from datetime import date, datetime

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.queries import lieux_of
from maillage.main_courante.queries.passages import FRUIT, Fruit, fruits
from maillage.projets.queries import projects_born_at


def brought(acteur: Acteur, since: date | None = None, until: date | None = None) -> list[Fruit]:
    """Return what the service's passages brought in a period (thirty days without one), newest first.

    Of one day, repairs come first: they are the news, and a page that shows a few must show them.
    """
    last = until or clock.today()
    first = since or last - FRUIT
    found = [*fruits(acteur, first, last), *_projects(acteur, first, last)]
    return sorted(found, key=lambda fruit: (fruit.le, fruit.genre == "repare", fruit.phrase), reverse=True)


def _projects(acteur: Acteur, first: date, last: date) -> list[Fruit]:
    """Projects of the reader's own partnerships, at places of their own service."""
    places = lieux_of(acteur.service).values_list("pk", flat=True)
    rows = projects_born_at(places, first)
    return [
        Fruit("projet", f"Un projet est né : {row.titre} ({row.lieu})", _day(row.propose_le))
        for row in rows
        if row.partenariat_id in acteur.partenariat_ids and _day(row.propose_le) <= last
    ]


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.PARIS).date()
