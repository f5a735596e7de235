"""The replay's pages: the three forms side by side, then anything one wants to try. Nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.base import clock
from maillage.conventions.queries import forme
from maillage.law.codes import TITRES
from maillage.pilotage.masking import Cell
from maillage.pilotage.rejeu import LIMITS, Contribution, Line, Simulation, finished_year, simulate
from maillage.web.door import acteur_of
from maillage.web.panels import ICONS
from maillage.web.partenariat.samples import Bench
from maillage.web.partenariat.views import partnership_of
from maillage.web.rejeu.formes import compare
from maillage.web.rejeu.forms import TrialForm

REASONS = [
    "Un nombre de un à quatre ne s'affiche pas : on reconnaîtrait quelqu'un. Un autre se tait avec lui "
    "quand une soustraction le donnerait, et un changement de moins de cinq aussi.",
    "Le rejeu lit les faits et les réponses de chaque échange, jamais un nom, une orientation ni un contenu.",
    "Il relit quatre trimestres finis, toujours les mêmes pour tous : deux périodes choisies au jour près "
    "diraient, par soustraction, l'échange de ce jour.",
    "Il ne change rien : une réponse donnée reste celle de son jour.",
]


@dataclass(frozen=True)
class Row:
    """One outcome of a table: its words, its icon, before and after."""

    issue: str
    titre: str
    icon: str
    avant: Cell
    apres: Cell

    @property
    def moved(self) -> bool:
        """Say whether the number changes, as far as it is shown."""
        return self.avant != self.apres


@dataclass(frozen=True)
class Move:
    """One clause or reading in a sentence: what it does alone, what goes without it."""

    nom: str
    seule: str
    sans_elle: str
    nothing: bool


def forms_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show everyday exchanges under the three forms, and which clause makes each difference."""
    partenariat, on = partnership_of(acteur_of(request), code), clock.today()
    real = forme(partenariat, on)
    context = {
        "partenariat": partenariat,
        "comparisons": compare(Bench(partenariat, on), real),
        "tab": "rejeu",
        "onglet": "formes",
    }
    return render(request, "rejeu/formes.html", context)


def trial_page(request: HttpRequest, code: str) -> HttpResponse:
    """Judge a finished year's exchanges again as the address asks; 422 when it asks the impossible."""
    partenariat = partnership_of(acteur_of(request), code)
    form = TrialForm(request.GET or None, partenariat=partenariat)
    context = {
        "partenariat": partenariat,
        "form": form,
        "limits": LIMITS,
        "reasons": REASONS,
        "tab": "rejeu",
        "onglet": "essai",
    }
    if form.is_bound and not form.is_valid():
        return render(request, "rejeu/essai.html", context, status=422)
    if form.is_bound:
        since, until = finished_year()
        found = simulate(partenariat, form.scenario(), since=since, until=until)
        context |= {"found": found, **_shown(found)}
    return render(request, "rejeu/essai.html", context)


def _shown(found: Simulation) -> Mapping[str, object]:
    lines = [found.ensemble, *found.directions] if found.ensemble else []
    return {
        "tables": [(line.nom, _rows(line)) for line in lines],
        "moves": [_move(one) for one in found.contributions],
        "titles": TITRES,
    }


def _rows(line: Line) -> Sequence[Row]:
    return [
        Row(issue, TITRES[issue], ICONS[issue], avant, line.apres[issue])
        for issue, avant in line.avant.items()
        if (avant, line.apres[issue]) != (0, 0)
    ]


def _move(one: Contribution) -> Move:
    return Move(one.nom, _moves(one.seule), _moves(one.sans_elle), one.nothing)


def _moves(cells: Mapping[str, Cell]) -> str:
    """Say where numbers move; a hidden one is said to be."""
    return ", ".join(f"« {TITRES[issue]} » {_by(cell)}" for issue, cell in cells.items() if cell != 0)


def _by(cell: Cell) -> str:
    if cell is None:
        return "se tait"
    return f"{abs(cell)} de {'plus' if cell > 0 else 'moins'}"
