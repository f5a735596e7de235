"""The closed lists about persons that rooms above may name, without reaching `dossiers`."""

from maillage.dossiers.enums import (
    Donneur,
    EtatAccord,
    EtatAdhesion,
    FormeAccord,
    Lien,
    MotifCloture,
    Nature,
    PorteeAccord,
    TrancheAge,
)

__all__ = [
    "Donneur",
    "EtatAccord",
    "EtatAdhesion",
    "FormeAccord",
    "Lien",
    "MotifCloture",
    "Nature",
    "PorteeAccord",
    "TrancheAge",
]
