"""A replay as plain figures, for a file or another program; None (null) stands for what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.pilotage.masking import SMALLEST_SHOWN
from maillage.pilotage.rejeu import LIMITS, Line, Simulation


def as_json(found: Simulation) -> Mapping[str, Any]:
    """Return the figures, JSON-ready."""
    return {
        "partenariat": found.partenariat.code,
        "depuis": found.depuis.isoformat(),
        "jusqu_au": found.jusqu_au.isoformat(),
        "echanges": found.echanges,
        "masque_sous": SMALLEST_SHOWN,
        "ecarts": found.ecarts,
        "illisibles": found.illisibles,
        "issues": _line(found.ensemble) if found.ensemble else None,
        "directions": [{"nom": line.nom, **_line(line)} for line in found.directions],
        "fondements": {line.regle: {"avant": line.avant, "apres": line.apres} for line in found.fondements},
        "contributions": [
            {"nom": one.nom, "seule": dict(one.seule), "sans_elle": dict(one.sans_elle)}
            for one in found.contributions
        ],
        "exemples": [
            {
                "emetteur": flow.emetteur,
                "destinataire": flow.destinataire,
                "nature": flow.nature,
                "nombre": flow.nombre,
                "avant": flow.avant,
                "apres": flow.apres,
                "tient_a": list(flow.tient_a),
                "suffit": list(flow.suffit),
            }
            for flow in found.exemples
        ],
        "limites": LIMITS,
    }


def _line(line: Line) -> dict[str, Any]:
    return {"avant": dict(line.avant), "apres": dict(line.apres)}
