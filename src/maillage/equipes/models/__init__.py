"""Data of teams that change."""

from maillage.equipes.models.arrivee import EtapeArrivee
from maillage.equipes.models.contrats import EmployeurPartenaire, PreuveNorme, Qualification
from maillage.equipes.models.formation import CasCompris
from maillage.equipes.models.metiers import JourneeObservation, PageMetier

__all__ = [
    "CasCompris",
    "EmployeurPartenaire",
    "EtapeArrivee",
    "JourneeObservation",
    "PageMetier",
    "PreuveNorme",
    "Qualification",
]
