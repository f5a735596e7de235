"""The independent statement of who may know each text: reads knows.txt; asks the rows only whose they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import models

from maillage.base import clock
from maillage.conventions.models import Partenariat, Participation
from maillage.directory.models import Lieu, Poste, Service
from maillage.orientations.models import Orientation
from maillage.sharing.models import DemandeAcces, MandatDelegue
from tests.canaries.plant import Planted
from tests.probes.people import Who
from tests.probes.table import GROUPS

FILE = Path(__file__).with_name("knows.txt")


@dataclass(frozen=True)
class Known:
    """One line: a column, the roles that may know it, whose it is (paths from the row)."""

    place: str
    roles: frozenset[str]
    whose: tuple[str, ...]


def read() -> tuple[dict[str, list[Known]], set[str]]:
    """Return the lines by column, and the columns that hold codes."""
    lines: dict[str, list[Known]] = defaultdict(list)
    codes: set[str] = set()
    for text in FILE.read_text("utf-8").splitlines():
        if text.startswith("codes:"):
            codes.update(text.removeprefix("codes:").split())
        elif text and not text.startswith("#"):
            place, roles, whose = (cell.strip() for cell in text.split("|"))
            named = frozenset(role for one in roles.split() for role in GROUPS.get(one, {one}))
            lines[place].append(Known(place, named, tuple(whose.split(",")) if whose else ()))
    return dict(lines), codes


@dataclass
class Secrets:
    """Says whether someone may know a planted word; `keys` are the services by their code."""

    planted: Planted
    lines: dict[str, list[Known]]
    keys: dict[str, Service]

    def __post_init__(self) -> None:
        """Remember what is asked often."""
        self._owners: dict[tuple[str, str, str], frozenset[str]] = {}
        self._names = {service.pk: key for key, service in self.keys.items()}

    def may_know(self, who: Who, word: str, *, link: bool = False) -> bool:
        """Say whether one of the lines lets them."""
        place, row = self.planted.places[word]
        return any(self._says(line, who, row, link=link) for line in self.lines[place])

    def _says(self, line: Known, who: Who, row: str, *, link: bool) -> bool:
        if "public" in line.roles or (link and "lien" in line.roles):
            return True
        if "soi" in line.roles:
            return self._own(line.place, who, row)
        if who.role not in line.roles:
            return False
        return any(who.service in self.owners(line.place, row, path) for path in line.whose)

    def _own(self, place: str, who: Who, row: str) -> bool:
        holder = model_of(place).objects.get(pk=row).professionnel
        return bool(who.poste) and Poste.objects.filter(pk=who.poste, professionnel=holder).exists()

    def owners(self, place: str, row: str, path: str) -> frozenset[str]:
        """Return the keys of the services whose this is, along one path."""
        if (place, row, path) not in self._owners:
            found = self._follow(model_of(place).objects.get(pk=row), path)
            self._owners[place, row, path] = frozenset(self._names.get(pk, "") for pk in found)
        return self._owners[place, row, path]

    def _follow(self, row: models.Model, path: str) -> set[object]:
        match path:
            case "partout":
                return set(self._names)
            case "destinataire":
                sent = Orientation.objects.filter(sujet=row.pk, envoyee_le__isnull=False)
                return set(sent.values_list("service_destinataire", flat=True))
            case "demande":
                return self._asked(row)
            case "couvre":
                return _covering(row)
        for name in path.split("."):
            if name == "partage":
                return _sharing(row)
            if name != "self":
                row = Poste.objects.filter(professionnel=row).get() if name == "poste" else getattr(row, name)
        return {row.pk} if isinstance(row, Service) else _sharing(row)

    def _asked(self, row: models.Model) -> set[object]:
        person = getattr(row, "personne_id", None) or getattr(row, "personne", None) or row.pk
        accompanied = getattr(row, "accompagnement", None)
        person = accompanied.personne_id if accompanied is not None else person
        holders = DemandeAcces.objects.filter(personne=person, repondue_le=None).values("service")
        named = MandatDelegue.objects.filter(service__in=holders, fini_le=None).exclude(accepte_le=None)
        return {*holders.values_list("service", flat=True), *named.values_list("officier", flat=True)}


def _sharing(row: object) -> set[object]:
    """Return the services that take part today in a partnership, or that share one with a service."""
    today = clock.today()
    live = Participation.objects.filter(debut__lte=today).filter(
        models.Q(fin__isnull=True) | models.Q(fin__gte=today)
    )
    if isinstance(row, Service):
        shared = live.filter(service=row).values("partenariat")
        return {row.pk, *live.filter(partenariat__in=shared).values_list("service", flat=True)}
    assert isinstance(row, Partenariat), row
    return set(live.filter(partenariat=row).values_list("service", flat=True))


def _covering(row: models.Model) -> set[object]:
    """Return the services that go where this place is, and those of the partnerships that do."""
    assert isinstance(row, Lieu)
    found: set[object] = set(
        Service.objects.filter(territoires=row.territoire_id).values_list("pk", flat=True)
    )
    for one in Partenariat.objects.filter(territoires=row.territoire_id):
        found |= _sharing(one)
    return found


def model_of(place: str) -> type[models.Model]:
    """Return the model of a column's name."""
    app, model, _ = place.split(".")
    return apps.get_model(app, model)
