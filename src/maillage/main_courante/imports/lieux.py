"""The places of a file: recognised by name on the service's ground, or created when the file may."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from maillage.directory.enums import GenreLieu
from maillage.directory.imports.reading import plain
from maillage.directory.imports.report import ImportRefused
from maillage.directory.models import Lieu, Service, Territoire
from maillage.directory.queries import territoires_of
from maillage.main_courante.imports.correspondance import Lecteur
from maillage.main_courante.imports.tableur import parse_degrees

CREATE = "creer"
NAME_LIMIT = 120
# How many of the team's territories a refusal names.
GROUND_LISTED = 12


class Lieux:
    """The service's places by name, those to create, and what was wrong with coordinates."""

    def __init__(self, service: Service, lecteur: Lecteur) -> None:
        """Read the places of the service's ground. Raises ImportRefused for a wrong setting."""
        ground = territoires_of(service)
        self.by_name: dict[str, list[Lieu]] = {}
        self.ids: dict[UUID, Lieu] = {}
        for lieu in Lieu.objects.filter(territoire__in=ground.values("pk")).order_by("nom", "pk"):
            self._remember(lieu)
        self.fresh: dict[UUID, Lieu] = {}
        self.created = self.unlocated = 0
        self.may_create = plain(lecteur.setting("lieux")) == CREATE
        self.genre = lecteur.setting("genre_de_lieu", GenreLieu.SQUARE)
        self.territoire = self._ground(ground, lecteur.setting("territoire")) if self.may_create else None

    def find(self, name: str, longitude: str, latitude: str) -> Lieu:
        """Return the place of a row. Raises ValueError, in French, for a place unknown or unclear."""
        if not name:
            raise ValueError("le lieu manque.")
        degrees = parse_degrees(longitude, latitude)
        self.unlocated += bool(longitude or latitude) and degrees is None
        found = self.by_name.get(plain(name), [])
        if len(found) > 1:
            raise ValueError(f"plusieurs lieux s'appellent « {name[:NAME_LIMIT]} ».")
        if found:
            if found[0].pk in self.fresh and degrees and found[0].longitude is None:
                found[0].longitude, found[0].latitude = degrees
            return found[0]
        if not self.may_create:
            raise ValueError(f"le lieu « {name[:NAME_LIMIT]} » n'est pas dans le territoire de l'équipe.")
        if not plain(name):
            raise ValueError(f"« {name[:NAME_LIMIT]} » n'est pas un nom de lieu.")
        lieu = Lieu(territoire=self.territoire, nom=name[:NAME_LIMIT], genre=self.genre)
        if degrees:
            lieu.longitude, lieu.latitude = degrees
        self._remember(lieu)
        self.fresh[lieu.pk] = lieu
        return lieu

    def by_id(self, identifiant: UUID) -> Lieu:
        """Return a place found or created before."""
        return self.ids[identifiant]

    def create_missing(self, used: Iterable[Lieu]) -> None:
        """Create the new places that notes use, in one go."""
        needed = {lieu.pk for lieu in used} & self.fresh.keys()
        self.created = len(needed)
        Lieu.objects.bulk_create([lieu for pk, lieu in self.fresh.items() if pk in needed], batch_size=500)

    def remarks(self) -> list[str]:
        """Say how many places were created, and how many rows had coordinates that cannot be."""
        said = []
        if self.created:
            said.append(f"{self.created} lieu(x) créé(s).")
        if self.unlocated:
            said.append(f"{self.unlocated} ligne(s) aux coordonnées impossibles (0, 0…), ignorées.")
        return said

    def _remember(self, lieu: Lieu) -> None:
        self.by_name.setdefault(plain(lieu.nom), []).append(lieu)
        self.ids[lieu.pk] = lieu

    def _ground(self, ground: Iterable[Territoire], code: str) -> Territoire:
        if self.genre not in GenreLieu.values:
            raise ImportRefused(f"« genre_de_lieu= » vaut : {', '.join(GenreLieu.values)}.")
        known = list(ground)
        for territoire in known:
            if code and territoire.code == code:
                return territoire
        offered = ", ".join(f"{one.code} ({one.nom})" for one in known[:GROUND_LISTED]) or "elle n'en a pas"
        raise ImportRefused(
            "« territoire= » doit donner le code d'une commune ou d'un quartier de l'équipe, pour y créer "
            f"les lieux : {offered}."
        )
