"""Territories with the social indicators that the study names: empty, with the reason, where no file was
given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.directory.enums import GenreTerritoire
from maillage.directory.models import Territoire
from maillage.etude.enums import Ville
from maillage.etude.indicators import INDICATEURS

_SHOWN = (
    GenreTerritoire.COMMUNE,
    GenreTerritoire.ARRONDISSEMENT,
    GenreTerritoire.QUARTIER,
    GenreTerritoire.LIGNE,
)
_PAGE = 40


@dataclass(frozen=True)
class Mesured:
    """One measure as shown: what it counts, its value in French, and where it comes from."""

    libelle: str
    valeur: str
    source: str


@dataclass(frozen=True)
class Indicator:
    """One of the five indicators, with its measures, or the reason why there is none."""

    libelle: str
    mesures: tuple[Mesured, ...]
    raison: str


def territories(request: HttpRequest) -> HttpResponse:
    """The six cities with what lies in them, then other territories whose indicators were imported."""
    codes = [v.insee for v in Ville]
    within = (
        Territoire.objects.filter(Q(parent__code__in=codes) | Q(communes__code__in=codes), genre__in=_SHOWN)
        .select_related("parent")
        .prefetch_related("communes")
    )
    inside: dict[str, list[Territoire]] = {code: [] for code in codes}
    for place in sorted(within.distinct(), key=_reading_order):
        owners = {c.code for c in place.communes.all()} | ({place.parent.code} if place.parent else set())
        for code in owners & set(codes):
            inside[code].append(place)
    communes = {t.code: t for t in Territoire.objects.filter(genre=GenreTerritoire.COMMUNE, code__in=codes)}
    others = Territoire.objects.exclude(indicateurs={}).exclude(code__in=codes)
    others = others.exclude(pk__in=[p.pk for places in inside.values() for p in places])
    page = Paginator(others.order_by("nom", "code"), _PAGE).get_page(request.GET.get("page"))
    cities = [(v, communes[v.insee], inside[v.insee]) for v in Ville if v.insee in communes]
    return render(request, "etude/territoires.html", {"cities": cities, "others": page})


def _reading_order(place: Territoire) -> tuple[str, str]:
    """By kind, then by name; arrondissements by number, for «10e» is not before «2e»."""
    return place.genre, place.code if place.genre == GenreTerritoire.ARRONDISSEMENT else place.nom


def territory(request: HttpRequest, genre: str, code: str) -> HttpResponse:
    """One territory and its indicators; 404 if unknown."""
    if genre not in _SHOWN:
        raise Http404
    found = Territoire.objects.filter(genre=genre, code=code).select_related("parent").first()
    if found is None:
        raise Http404
    population = found.indicateurs.get("pop_mun", {})
    indicators = indicators_of(found)
    reasons = {one.raison for one in indicators}
    context = {
        "territoire": found,
        "commune": found.parent.nom if found.parent else found.attributs.get("commune", ""),
        "population": say_figure(population, bare=True) if population else found.population,
        "indicators": indicators,
        # Said once when nothing is known, rather than five times.
        "raison_commune": reasons.pop() if len(reasons) == 1 else "",
        "services": found.services_presents.filter(dans_etude=True).order_by("rang"),
    }
    return render(request, "etude/territoire.html", context)


def indicators_of(territoire: Territoire) -> list[Indicator]:
    """The five indicators of a territory, each with its measures or the reason why it is empty."""
    stored: list[dict[str, Any]] = list(territoire.indicateurs.values())
    files = sorted({str(row.get("source", "")) for row in stored})
    found = []
    for code, label in INDICATEURS.items():
        rows = [row for row in stored if row.get("indicateur") == code]
        reason = ""
        if not rows:
            reason = (
                f"Le fichier importé ({', '.join(files)}) ne le donne pas pour ce territoire."
                if files
                else "Aucun fichier n'a été importé pour ce territoire ; le rapport n'en donne pas la valeur."
            )
        found.append(Indicator(label, tuple(_measured(row) for row in rows), reason))
    return found


def say_figure(row: dict[str, Any], *, bare: bool = False) -> str:
    """A figure in French: «53,5 %», «1 177 personnes»; `bare` leaves the unit out."""
    value = row["valeur"]
    text = f"{value:_}".replace("_", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return text if bare or not row.get("unite") else f"{text}\N{NO-BREAK SPACE}{row['unite']}"


def _measured(row: dict[str, Any]) -> Mesured:
    when = str(row["annee"]) if row.get("annee") else "année non précisée"
    return Mesured(str(row["libelle"]), say_figure(row), f"{row['source']}, {when}")
