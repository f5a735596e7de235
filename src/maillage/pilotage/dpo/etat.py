"""What a partnership's data protection papers stand on, read the day they are asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.faits import say_fact
from maillage.conventions.models import Clause, LectureAdoptee, Partenariat, Participation
from maillage.conventions.queries import convention_in_force, lectures_rows, members, unsigned_charters
from maillage.coordination.models import Vacation
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Service, Titre
from maillage.directory.queries import active_on
from maillage.equipes.models import CasCompris, Qualification
from maillage.law.catalogue import question
from maillage.main_courante.models import MessageDeLieu, Note
from maillage.orientations.models import Orientation
from maillage.projets.models import Projet
from maillage.reunions.models import Reunion
from maillage.sharing.access import PERSON_ROLES
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.models import Designation, Echange, Ouverture, TransmissionDanger


@dataclass(frozen=True)
class Traitement:
    """One processing of the register, as `data/traitements.toml` says it."""

    cle: str
    nom: str
    commun: bool
    metiers: Sequence[str]
    finalites: Sequence[str]
    base: str
    personnes: Sequence[str]
    donnees: Sequence[str]
    destinataires: Sequence[str]
    duree: str
    efface: str


@dataclass(frozen=True)
class Equipe:
    """A member service: who carries it, its title, how many posts may open a page about a person."""

    service: Service
    siret: str
    titre: str
    postes: Mapping[str, int]


@dataclass(frozen=True)
class Etat:
    """A partnership on a day: its services, writings, readings, what is done in it, what still lacks."""

    partenariat: Partenariat
    le: date
    equipes: Sequence[Equipe]
    associes: Sequence[str]
    clauses: Sequence[Clause]
    lectures: Sequence[LectureAdoptee]
    convention: str
    usages: Mapping[str, bool]
    echanges: Sequence[tuple[str, str]]
    manques: Sequence[str]

    def responsables(self, traitement: Traitement) -> list[str]:
        """Name the services that do this processing."""
        return [str(one.service) for one in self.equipes if one.service.metier in traitement.metiers]


@cache
def traitements() -> tuple[Traitement, ...]:
    """Return every processing, in the register's order."""
    text = (files("maillage.pilotage") / "data" / "traitements.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["traitements"]
    return tuple(Traitement(**row) for row in rows)


@house_work(HouseWork.COUNTING)
def read_state(partenariat: Partenariat, on: date | None = None) -> Etat:
    """Read the partnership that day; nothing about a person, only whether something is done."""
    le = on or clock.today()
    services = members(partenariat, le)
    equipes = [_equipe(one, le) for one in services]
    rows = lectures_rows(partenariat, le)
    clauses = list(
        Clause.objects.filter(active_on(le), partenariat=partenariat)
        .select_related("service")
        .order_by("titre", "pk")
    )
    signed = convention_in_force(partenariat, le)
    lectures = [rows[code] for code in sorted(rows, key=lambda code: int(code[2:]))]
    return Etat(
        partenariat=partenariat,
        le=le,
        equipes=equipes,
        associes=_associates(partenariat, services, le),
        clauses=clauses,
        lectures=lectures,
        convention=f"convention version {signed.version}" if signed else "",
        usages={key: seen(partenariat, services) for key, seen in SEEN.items()},
        echanges=_exchanged(partenariat),
        manques=_lacking(partenariat, equipes, clauses, lectures, le),
    )


def clause_said(clause: Clause) -> str:
    """Say the fact a clause establishes, and for whom."""
    whom = f" ({clause.service})" if clause.service else ""
    return say_fact(clause.fait, clause.valeur) + whom


def _equipe(service: Service, on: date) -> Equipe:
    posts = Poste.objects.filter(active_on(on), service=service, role__in=PERSON_ROLES)
    counted: dict[str, int] = {}
    for role in posts.values_list("role", flat=True).order_by("role"):
        label = str(Role(role).label)
        counted[label] = counted.get(label, 0) + 1
    titre = Titre.objects.filter(active_on(on), service=service).order_by("-debut").first()
    return Equipe(service, service.structure.siret, titre.get_genre_display() if titre else "", counted)


def _associates(partenariat: Partenariat, services: Sequence[Service], on: date) -> list[str]:
    rows = Participation.objects.filter(active_on(on), partenariat=partenariat).exclude(service__in=services)
    return sorted(rows.values_list("service__nom", flat=True))


def _exchanged(partenariat: Partenariat) -> list[tuple[str, str]]:
    """Return the pairs of services between which the law let something about a person go."""
    rows = Echange.objects.filter(partenariat=partenariat, issue__in=("permis", "obligatoire"))
    pairs = rows.values_list("service_emetteur__nom_court", "service_destinataire__nom_court")
    return sorted(set(pairs.order_by()))


def _lacking(
    partenariat: Partenariat,
    equipes: Sequence[Equipe],
    clauses: Sequence[Clause],
    lectures: Sequence[LectureAdoptee],
    on: date,
) -> list[str]:
    """Say what a data protection officer would ask for first."""
    found = []
    if not any(one.fait == "information_rgpd" and one.valeur is True for one in clauses):
        found.append("Aucune clause n'écrit l'information commune remise aux personnes (RGPD 13 et 14).")
    for one in equipes:
        if one.service.metier == Metier.PREVENTION_SPECIALISEE and not one.titre:
            found.append(f"{one.service} : aucun titre du département n'est inscrit.")
        if not one.siret:
            found.append(f"{one.service} : le SIRET de sa structure n'est pas inscrit.")
    found += [
        f"Lecture {row.question} adoptée. Son prix : {question(row.question).prix}"
        for row in lectures
        if row.valeur != "prudente"
    ]
    waiting = sum(unsigned_charters(partenariat, on).values())
    if waiting:
        found.append(
            f"{waiting} signature{'s' if waiting > 1 else ''} de charte manque{'nt' if waiting > 1 else ''}."
        )
    return found


Seen = Callable[[Partenariat, Sequence[Service]], bool]
# Whether a processing is in use here; never how much, nor about whom.
SEEN: Mapping[str, Seen] = {
    "main_courante": lambda _, services: Note.objects.filter(service__in=services).exists(),
    "nouvelles": lambda here, _: MessageDeLieu.objects.filter(partenariat=here).exists(),
    "accompagnements": lambda _, services: Ouverture.objects.filter(
        service__in=services, portee=PorteeOuverture.ACCOMPAGNEMENT
    ).exists(),
    "orientations": lambda here, _: Orientation.objects.filter(partenariat=here).exists(),
    "echanges": lambda here, _: Echange.objects.filter(partenariat=here).exists(),
    "coordonnateurs": lambda here, _: Designation.objects.filter(partenariat=here).exists(),
    "danger": lambda _, services: TransmissionDanger.objects.filter(service__in=services).exists(),
    "reunions": lambda here, _: Reunion.objects.filter(partenariat=here).exists(),
    "projets": lambda here, _: Projet.objects.filter(partenariat=here).exists(),
    "journal": lambda _here, services: bool(services),
    "comptes": lambda _here, services: bool(services),
    "emploi": lambda _, services: (
        CasCompris.objects.filter(poste__service__in=services).exists()
        or Qualification.objects.filter(professionnel__postes__service__in=services).exists()
    ),
    "heures": lambda _, services: Vacation.objects.filter(poste__service__in=services).exists(),
}
