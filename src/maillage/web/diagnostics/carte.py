"""The map without tiles: places as numbered marks, one half for each trade, and the ground's outline.

Drawn for a telephone held upright: at 390 px wide, a mark is as large as a thumb. Marks that would cover
each other are pushed apart; a line ties each to its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from maillage.diagnostics.figures import TENSE, TRADES
from maillage.directory.models import Territoire

WIDTH, LEAST, MOST, MARGIN = 390.0, 220.0, 460.0, 34.0
APART, ROUNDS, CROWD = 38.0, 80, 120
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A place on the drawing: its number in the table, where, what each trade sees (a CSS class).

    `dx` and `dy` lead from the mark to the place itself, empty when the mark stands on it.
    """

    rang: int
    nom: str
    x: str
    y: str
    dx: str
    dy: str
    mediation: str
    prevention: str
    dit: str


@dataclass(frozen=True)
class Carte:
    """What the template draws: its height, outlines (SVG paths), marks, places that have no coordinates."""

    hauteur: int
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
    true = [fit.at(point) for point in points]
    shown = spread(true, fit.height)
    marks = [
        _mark(rank, place, here, there)
        for (rank, place), here, there in zip(placed, shown, true, strict=True)
    ]
    return Carte(
        round(fit.height), [_path(ring, fit) for ring in rings], marks, len(figures["lieux"]) - len(placed)
    )


class _Fit:
    """Fits degrees into the drawing, keeping shapes at this latitude."""

    def __init__(self, points: Sequence[Point]) -> None:
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        self.squeeze = cos(radians((min(ys) + max(ys)) / 2))
        self.west, self.north = min(xs), max(ys)
        wide, tall = (max(xs) - min(xs)) * self.squeeze or 1e-6, (max(ys) - min(ys)) or 1e-6
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (MOST - 2 * MARGIN) / tall)
        self.height = max(LEAST, tall * self.scale + 2 * MARGIN)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (self.height - tall * self.scale) / 2

    def at(self, point: Point) -> Point:
        x = self.left + (point[0] - self.west) * self.squeeze * self.scale
        return round(x, 1), round(self.top + (self.north - point[1]) * self.scale, 1)


def spread(points: Sequence[Point], height: float = MOST) -> list[Point]:
    """Return where to draw marks so that none covers another, as near their places as that allows.

    More than a hundred and twenty are left where they are: there is no room to spread them.
    """
    spots = [list(point) for point in points]
    if len(spots) > CROWD:
        return list(points)
    for _ in range(ROUNDS):
        moved = False
        for rank, one in enumerate(spots):
            for other in spots[:rank]:
                moved = _push(one, other, rank, height) or moved
        if not moved:
            break
    return [(round(x, 1), round(y, 1)) for x, y in spots]


def _push(one: list[float], other: list[float], rank: int, height: float) -> bool:
    """Move two spots that are too near half of what is missing each, inside the drawing."""
    wide, tall = one[0] - other[0], one[1] - other[1]
    far = hypot(wide, tall)
    if far >= APART - 0.1:
        return False
    if far < 0.1:  # one above the other: each rank leaves another way
        wide, tall, far = cos(rank), cos(rank + 1.5), hypot(cos(rank), cos(rank + 1.5))
    step = (APART - far) / 2 / far
    for spot, sign in ((one, 1), (other, -1)):
        spot[0] = min(max(spot[0] + sign * wide * step, MARGIN), WIDTH - MARGIN)
        spot[1] = min(max(spot[1] + sign * tall * step, MARGIN), height - MARGIN)
    return True


def _mark(rank: int, place: Mapping[str, Any], at: Point, true: Point) -> Mark:
    seen = [_seen(place[trade]["part"]) for trade in TRADES]
    said = f"{rank}. {place['nom']} : {place['accord'] or 'on ne peut pas comparer'}"
    away = (f"{true[0] - at[0]:.1f}", f"{true[1] - at[1]:.1f}") if at != true else ("", "")
    return Mark(rank, place["nom"], str(at[0]), str(at[1]), *away, seen[0], seen[1], said)


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
