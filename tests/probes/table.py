"""The independent statement of who may do what: reads table.txt, imports nothing of the product."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

EVERY = frozenset(
    "mediateur correspondant_de_nuit educateur chef_de_service direction coordination coordonnateur maire "
    "adjoint_delegue crip chef_etablissement dpo parent_relais accueil administrateur reseau".split()
)
GROUPS = {
    "tous": EVERY,
    "personne": frozenset(),
    "mediation": {"mediateur", "correspondant_de_nuit"},
    "terrain": {"mediateur", "correspondant_de_nuit", "educateur"},
    "encadrement": {"chef_de_service", "direction"},
    "chef": {"chef_de_service"},
    "mairie": {"maire", "adjoint_delegue"},
    "accueillants": {"parent_relais", "accueil"},
}
MEMBERS = frozenset("alm nuit relais mairie departement college".split())
# Those that leave when the probes play the departure of both services.
LEAVING = frozenset({"alm", "relais"})
ELSEWHERE = frozenset({"mediation_sud", "prevention_sud"})


@dataclass(frozen=True)
class Line:
    """One address: who may, who may only read, methods, objects by name, services that reach them."""

    view: str
    roles: frozenset[str]
    readers: frozenset[str]
    methods: frozenset[str]
    objects: dict[str, str]
    services: frozenset[str] | None
    only: frozenset[str] | None
    spoken: frozenset[int]
    public: bool = False
    own: bool = False
    shared: bool = False
    via: str = ""

    @property
    def allowed(self) -> frozenset[str]:
        """Return the methods answered: HEAD comes with GET."""
        return self.methods | {"HEAD"} if "GET" in self.methods else self.methods

    def reaches(self, service: str, role: str, *, left: bool) -> bool:
        """Say whether this service may reach the object; `left`: ALM and Le Relais left the partnership."""
        if self.services is None:
            return True
        if left and self.via and service != self.via:
            return False
        if left and self.shared and service in LEAVING and service != self.via:
            return False
        return service in self.services or f"{service}:{role}" in self.services

    def kept_from(self, service: str, role: str) -> bool:
        """Say whether who reaches the object is told that others do this (403)."""
        return self.only is not None and not {role, service, f"{service}:{role}"} & self.only


def read() -> list[Line]:
    """Return the table; an address whose methods differ has a line for each."""
    text = Path(__file__).with_name("table.txt").read_text("utf-8")
    lines = [one for one in text.splitlines() if one and not one.startswith("#")]
    return [_line(*(cell.strip() for cell in one.split("|"))) for one in lines]


def _line(
    view: str, who: str, readers: str, methods: str, objects: str, services: str, only: str = ""
) -> Line:
    words, names = who.split(), services.split()
    said = [one for one in only.split() if one.isdecimal()]
    kept = [one for one in only.split() if not one.isdecimal()]
    return Line(
        view=view,
        roles=_roles([one for one in words if one not in {"public", "soi"}]),
        readers=_roles(readers.split()),
        methods=frozenset(methods.split()),
        objects=dict(_pair(one) for one in objects.split() if one != "-"),
        services=_services(names) if names else None,
        only=_roles(kept) if kept else None,
        spoken=frozenset(int(one) for one in said),
        public="public" in words,
        own="soi" in words,
        shared=bool({"ici", "partenaires"} & set(names)) or "via:" in services,
        via=next((one.removeprefix("via:") for one in names if one.startswith("via:")), ""),
    )


def _pair(text: str) -> tuple[str, str]:
    name, _, kind = text.partition("=")
    return name, kind or name


def _roles(words: list[str]) -> frozenset[str]:
    return frozenset(role for one in words for role in GROUPS.get(one, {one}))


def _services(names: list[str]) -> frozenset[str]:
    found = {one for one in names if one not in {"ici", "membres", "partenaires", "aucun"}}
    if {"membres", "partenaires"} & set(names):
        found |= MEMBERS
    return frozenset(found | (ELSEWHERE if "partenaires" in names else set()))
