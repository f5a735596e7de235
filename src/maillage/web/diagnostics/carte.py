"""The map without tiles: places as numbered marks, one half for each trade, and the ground's outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from maillage.diagnostics.figures import TENSE, TRADES
from maillage.directory.models import Territoire

WIDTH, HEIGHT, MARGIN = 640.0, 420.0, 36.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A place on the drawing: its number in the table, where, what each trade sees (a CSS class)."""

    rang: int
    nom: str
    x: str
    y: str
    mediation: str
    prevention: str
    dit: str


@dataclass(frozen=True)
class Carte:
    """What the template draws: outlines (SVG paths), marks, places that have no coordinates."""

    contours: Sequence[str]
    marques: Sequence[Mark]
    hors: int


def draw(figures: Mapping[str, Any], territoires: Iterable[Territoire]) -> Carte:
    """Lay the places and their ground out on the drawing; north is up."""
    placed = [
        (rank, place)
        for rank, place in enumerate(figures["lieux"], start=1)
        if place["longitude"] is not None and place["latitude"] is not None
    ]
    rings = [ring for one in territoires for ring in _rings(one.geometrie)]
    points = [(place["longitude"], place["latitude"]) for _, place in placed]
    fit = _Fit([*points, *(point for ring in rings for point in ring)])
    marks = [_mark(rank, place, fit.at((place["longitude"], place["latitude"]))) for rank, place in placed]
    return Carte([_path(ring, fit) for ring in rings], marks, len(figures["lieux"]) - len(placed))


class _Fit:
    """Fits degrees into the drawing, keeping shapes at this latitude."""

    def __init__(self, points: Sequence[Point]) -> None:
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        self.squeeze = cos(radians((min(ys) + max(ys)) / 2))
        self.west, self.north = min(xs), max(ys)
        wide, tall = (max(xs) - min(xs)) * self.squeeze or 1e-6, (max(ys) - min(ys)) or 1e-6
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (HEIGHT - tall * self.scale) / 2

    def at(self, point: Point) -> Point:
        x = self.left + (point[0] - self.west) * self.squeeze * self.scale
        return round(x, 1), round(self.top + (self.north - point[1]) * self.scale, 1)


def _mark(rank: int, place: Mapping[str, Any], at: Point) -> Mark:
    seen = [_seen(place[trade]["part"]) for trade in TRADES]
    said = f"{rank}. {place['nom']} : {place['accord'] or 'on ne peut pas comparer'}"
    return Mark(rank, place["nom"], str(at[0]), str(at[1]), seen[0], seen[1], said)


def _seen(share: int | None) -> str:
    if share is None:
        return "inconnu"
    return "tendu" if share >= 100 * TENSE else "calme"


def _rings(geometry: Mapping[str, Any] | None) -> Iterator[list[Point]]:
    """Yield the outer and inner rings of a GeoJSON polygon or multipolygon."""
    if not geometry:
        return
    match geometry.get("type"):
        case "Polygon":
            polygons = [geometry["coordinates"]]
        case "MultiPolygon":
            polygons = geometry["coordinates"]
        case _:
            return
    for polygon in polygons:
        for ring in polygon:
            yield [(float(point[0]), float(point[1])) for point in ring]


def _path(ring: Sequence[Point], fit: _Fit) -> str:
    return "M" + "L".join("{},{}".format(*fit.at(point)) for point in ring) + "Z"
