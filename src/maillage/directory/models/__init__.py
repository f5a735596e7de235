"""The directory's tables: places and services, professionals and posts."""

from maillage.directory.models.aides import PosteAdulteRelais
from maillage.directory.models.dispositifs import Dispositif
from maillage.directory.models.places import (
    Effectif,
    Financement,
    Indisponibilite,
    Lieu,
    NoteEtude,
    Service,
    Structure,
    Territoire,
    Titre,
)
from maillage.directory.models.posts import Delegation, Poste, Professionnel

__all__ = [
    "Delegation",
    "Dispositif",
    "Effectif",
    "Financement",
    "Indisponibilite",
    "Lieu",
    "NoteEtude",
    "Poste",
    "PosteAdulteRelais",
    "Professionnel",
    "Service",
    "Structure",
    "Territoire",
    "Titre",
]
