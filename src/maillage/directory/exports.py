"""What `maillage export` writes: tables that our own import reads back without adding anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from maillage.directory.enums import GenreTerritoire
from maillage.directory.models import Poste, Structure, Territoire
from maillage.documents.spreadsheet import Cell, csv_bytes

Export = tuple[Sequence[str], list[list[Cell]]]


def places() -> Export:
    """Return the official neighbourhoods, one row each, under the column names of the 2024 list."""
    headers = ("code_qp", "lib_qp", "insee_com", "lib_com", "millesime", "population")
    rows: list[list[Cell]] = []
    for place in _official_places():
        communes = sorted(place.communes.all(), key=lambda commune: commune.code)
        # The first commune is the one that holds the neighbourhood, for whoever reads the file back.
        communes.sort(key=lambda commune: commune.pk != place.parent_id)
        rows.append(
            [
                place.code,
                place.nom,
                ";".join(commune.code for commune in communes),
                ";".join(commune.nom for commune in communes),
                place.millesime,
                place.population,
            ]
        )
    return headers, rows


def places_geojson() -> bytes:
    """Return the same neighbourhoods with their outlines, as GeoJSON (null where there is none)."""
    headers, rows = places()
    outlines = {place.code: place.geometrie for place in _official_places()}
    features: list[Mapping[str, Any]] = [
        {
            "type": "Feature",
            "id": row[0],
            "properties": dict(zip(headers, row, strict=True)),
            "geometry": outlines[str(row[0])],
        }
        for row in rows
    ]
    made = {"type": "FeatureCollection", "name": "quartiers", "features": features}
    return (json.dumps(made, ensure_ascii=False) + "\n").encode()


def _official_places() -> Sequence[Territoire]:
    return list(
        Territoire.objects.filter(genre=GenreTerritoire.QUARTIER, millesime__isnull=False)
        .prefetch_related("communes")
        .order_by("millesime", "code")
    )


def structures() -> Export:
    """Return the structures with their other spellings."""
    headers = ("nom", "sigle", "siret", "nature", "variantes")
    return headers, [
        [one.nom, one.sigle, one.siret, one.nature, " | ".join(one.variantes)]
        for one in Structure.objects.order_by("nom", "pk")
    ]


def posts() -> Export:
    """Return every post with the facts it proves, the past ones included."""
    headers = (
        *("service", "prenom", "nom", "role", "intitule", "fonction", "emploi", "contrat", "debut", "fin"),
        *("telephone", "courriel", "fondements_secret", "part_protection_enfance", "part_action_sociale"),
        "preuve",
    )
    found = Poste.objects.select_related("service", "professionnel").order_by("service__code", "debut", "pk")
    return headers, [_post_row(one) for one in found]


def _post_row(one: Poste) -> list[Cell]:
    person = one.professionnel
    return [
        *(one.service.code, person.prenom, person.nom, one.role, one.intitule, one.fonction, one.emploi),
        *(one.contrat, f"{one.debut:%d/%m/%Y}", f"{one.fin:%d/%m/%Y}" if one.fin else ""),
        *(person.telephone, person.courriel, " | ".join(one.fondements_secret)),
        *(one.part_protection_enfance, one.part_action_sociale, one.preuve),
    ]


KINDS: dict[str, Callable[[], Export]] = {"places": places, "structures": structures, "posts": posts}


def as_csv(kind: str) -> bytes:
    """Return the CSV of one kind, the French way and without live formulas; KeyError for another."""
    headers, rows = KINDS[kind]()
    return csv_bytes(headers, rows)
