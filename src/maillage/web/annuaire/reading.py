"""What one person may see of the directory: the services that share a partnership with theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from maillage.comptes.acteur import Acteur
from maillage.conventions.enums import Place
from maillage.conventions.models import Partenariat, Participation
from maillage.conventions.queries import TRADES
from maillage.directory.enums import Metier
from maillage.directory.models import Indisponibilite, Poste, Service, Territoire, Titre
from maillage.directory.queries import active_on, in_force, services_present

# The two trades first: they are whom one looks for.
TRADE_ORDER = (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
# Orléans counts 150 parents relais: beyond this, a title's list waits to be unfolded.
LONG_TEAM = 12


@dataclass(frozen=True)
class ServiceLine:
    """One service as a list shows it: its team of the day, until when it cannot answer, if it is ours."""

    service: Service
    team: Sequence[Poste]
    away_until: date | None
    ours: bool

    @property
    def carrier(self) -> str:
        """Return who carries the service, unless its own name already says so."""
        carrier = str(self.service.structure)
        return "" if carrier.startswith(self.service.nom_court) else carrier


@dataclass(frozen=True)
class TeamGroup:
    """The people of a team who hold the same title; `folded` when they would fill the screen."""

    intitule: str
    postes: Sequence[Poste]

    @property
    def folded(self) -> bool:
        """Say whether the list waits to be unfolded."""
        return len(self.postes) > LONG_TEAM


@dataclass(frozen=True)
class PartnershipPanel:
    """One partnership: its ground, and its services grouped by trade."""

    partenariat: Partenariat
    territoires: Sequence[Territoire]
    trades: Sequence[tuple[str, Sequence[ServiceLine]]]


@dataclass(frozen=True)
class TitleLine:
    """A departmental title, and whether it holds that day."""

    titre: Titre
    in_force: bool


def panels(acteur: Acteur, on: date) -> Sequence[PartnershipPanel]:
    """Return the partnerships of the person signed in, their own service first in each trade."""
    found = list(
        Partenariat.objects.filter(pk__in=acteur.partenariat_ids)
        .prefetch_related("territoires__parent")
        .order_by("nom", "pk")
    )
    rows = list(Participation.objects.filter(active_on(on), partenariat__in=found).select_related("service"))
    lines = _lines(acteur, rows, on)
    return [
        PartnershipPanel(
            partenariat=one,
            territoires=sorted(one.territoires.all(), key=lambda territoire: territoire.nom),
            trades=_by_trade(lines[row.service_id] for row in rows if row.partenariat_id == one.pk),
        )
        for one in found
    ]


def own_line(acteur: Acteur, on: date) -> ServiceLine:
    """Return the person's own service, for whoever belongs to no partnership that day."""
    service = services_present([acteur.service], on)[0]
    return ServiceLine(service, _team(service), _away([service], on).get(service.pk), ours=True)


def _lines(acteur: Acteur, rows: Sequence[Participation], on: date) -> Mapping[UUID, ServiceLine]:
    services = services_present([row.service for row in rows], on)
    away = _away(services, on)
    open_teams = _open_teams(acteur, rows)
    return {
        service.pk: ServiceLine(
            service=service,
            team=_team(service) if service.pk in open_teams else (),
            away_until=away.get(service.pk),
            ours=service.pk == acteur.service.pk,
        )
        for service in services
    }


def _open_teams(acteur: Acteur, rows: Iterable[Participation]) -> frozenset[UUID]:
    """Say whose people are named: one's own, and between members of both trades, each other's.

    An associate (landlord, transport, school) sees the services and their telephone, not the agents.
    """
    members = [row for row in rows if row.place == Place.MEMBRE and row.service.metier in TRADES]
    mine = {row.partenariat_id for row in members if row.service_id == acteur.service.pk}
    return frozenset({row.service_id for row in members if row.partenariat_id in mine} | {acteur.service.pk})


def _team(service: Service) -> Sequence[Poste]:
    return list(getattr(service, "equipe", ()))


def team_groups(line: ServiceLine) -> Sequence[TeamGroup]:
    """Return the team of the day grouped by title, the smallest groups first: those who answer for it."""
    by_title: dict[str, list[Poste]] = {}
    for poste in line.team:
        by_title.setdefault(poste.intitule, []).append(poste)
    groups = [TeamGroup(title, postes) for title, postes in by_title.items()]
    return sorted(groups, key=lambda group: (len(group.postes), group.intitule))


def _away(services: Iterable[Service], on: date) -> Mapping[UUID, date]:
    rows = Indisponibilite.objects.filter(active_on(on), service__in=list(services)).order_by("fin")
    return {row.service_id: row.fin for row in rows}


def _by_trade(lines: Iterable[ServiceLine]) -> Sequence[tuple[str, Sequence[ServiceLine]]]:
    def rank(line: ServiceLine) -> tuple[int, str, bool, str]:
        metier = line.service.metier
        order = TRADE_ORDER.index(Metier(metier)) if metier in TRADE_ORDER else len(TRADE_ORDER)
        return (order, metier, not line.ours, line.service.nom_court)

    ordered = sorted(lines, key=rank)
    grouped = groupby(ordered, key=lambda line: line.service.get_metier_display())
    return [(trade, list(found)) for trade, found in grouped]


def visible_service(acteur: Acteur, code: str, on: date) -> ServiceLine | None:
    """Return the service of this code if it is ours or shares a partnership with ours, else None."""
    if code == acteur.service.code:
        return own_line(acteur, on)
    rows = list(
        Participation.objects.filter(active_on(on), partenariat__in=acteur.partenariat_ids).select_related(
            "service"
        )
    )
    asked = [row for row in rows if row.service.code == code]
    if not asked:
        return None
    ours = [row for row in rows if row.service_id == acteur.service.pk]
    return _lines(acteur, [*asked, *ours], on)[asked[0].service_id]


def titles(service: Service, on: date) -> Sequence[TitleLine]:
    """Return the service's titles, the latest first, with whether each holds that day."""
    rows = sorted(service.titres.all(), key=lambda title: title.debut, reverse=True)
    return [TitleLine(row, in_force(row, on)) for row in rows]
