"""Outlines of neighbourhoods: kept as published when valid, mended when they cross themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

# About ten centimetres.
GRID = 1e-6
# A mended outline whose area moves by more than this deserves a look.
SUSPECT_SHARE = 0.01


@dataclass(frozen=True)
class Outline:
    """An outline ready to store (GeoJSON Polygon or MultiPolygon), and what was done to it."""

    geometry: dict[str, Any]
    mended: bool = False
    suspect: bool = False


def read_outline(geometry: Mapping[str, Any]) -> Outline:
    """Read a GeoJSON outline in WGS 84; mend it when its line crosses itself.

    Raises ValueError with a French sentence when it is not a surface or lies outside the world.
    """
    try:
        found = shape(geometry)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        raise ValueError("le contour est illisible") from error
    if not isinstance(found, Polygon | MultiPolygon) or found.is_empty:
        raise ValueError("le contour n'est pas une surface")
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("le contour sort du monde : les coordonnées ne sont pas en longitude et latitude")
    if found.is_valid:
        return Outline(_stored(found))
    mended = _surfaces(shapely.make_valid(found, method="structure", keep_collapsed=False))
    if mended.is_empty:
        raise ValueError("le contour n'a pas de surface")
    suspect = abs(mended.area - abs(found.area)) > SUSPECT_SHARE * mended.area
    return Outline(_stored(mended), mended=True, suspect=suspect)


def same_outline(one: Mapping[str, Any] | None, other: Mapping[str, Any]) -> bool:
    """Say whether two stored outlines draw the same line, wherever each begins."""
    if one is None:
        return False
    return bool(shape(one).normalize().equals_exact(shape(other).normalize(), GRID))


def _surfaces(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the surfaces of a mended geometry: the stray lines and points it may leave are nothing."""
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    parts = [part for part in getattr(geometry, "geoms", []) if isinstance(part, Polygon | MultiPolygon)]
    return shapely.union_all(parts) if parts else Polygon()


def _stored(geometry: BaseGeometry) -> dict[str, Any]:
    """Return plain lists, on a grid of about ten centimetres, still valid."""
    return dict(json.loads(json.dumps(mapping(_surfaces(shapely.set_precision(geometry, GRID))))))
