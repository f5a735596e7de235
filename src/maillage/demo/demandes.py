"""Invented requests about places: a town hall, a bailleur, a parent relais, each at another stage."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from maillage.demo.field import Teams, random_id
from maillage.demo.partnerships import Installed
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste
from maillage.main_courante.actions.demandes import LOOKED_BACK
from maillage.main_courante.gestes import Motif, SuiteDemande
from maillage.main_courante.models import Consigne, DemandeDeLieu, Guichet
from maillage.main_courante.queries.feuille import place_figures, smallest_told

MAYORS = (Role.MAIRE, Role.ADJOINT_DELEGUE)
RELAYS = (Role.PARENT_RELAIS, Role.ACCUEIL)


def write_requests(installed: Installed, teams: Sequence[Teams], rng: Random, now: datetime) -> int:
    """Give the city's first mediation team what it was asked of its places; return how many requests."""
    team = next((one for one in teams if one.service.metier == Metier.MEDIATION_SOCIALE and one.lieux), None)
    if team is None or not team.posts:
        return 0
    rows = _from_town_hall(installed, team, rng, now)
    rows += _from_relay(team, rng, now)
    desk = Guichet.objects.filter(service=team.service, lieux__isnull=False).first()
    if desk is not None:
        row = _asked(team, Motif.OCCUPATION, 9, rng, now, guichet=desk)
        rows.append(_answered(row, SuiteDemande.PASSAGES, now))
    DemandeDeLieu.objects.bulk_create(rows)
    return len(rows)


def _from_town_hall(installed: Installed, team: Teams, rng: Random, now: datetime) -> list[DemandeDeLieu]:
    town_hall = installed.institutions["mairie"]
    mayor = Poste.objects.filter(service=town_hall, role__in=MAYORS).order_by("-role").first()
    if mayor is None:
        return []
    by = {"partenariat": installed.partenariat, "demandeur": town_hall, "poste": mayor}
    visit = _answered(_asked(team, Motif.BRUIT, 2, rng, now, **by), SuiteDemande.ON_PASSE, now)
    visit.consigne = (
        Consigne.objects.filter(service=team.service, lieu=visit.lieu, levee_le__isnull=True)
        .filter(demande__isnull=True)
        .first()
    )
    return [visit, _asked(team, Motif.REGROUPEMENT, 1, rng, now, **by)]


def _from_relay(team: Teams, rng: Random, now: datetime) -> list[DemandeDeLieu]:
    relay = Poste.objects.filter(service=team.service, role__in=RELAYS).order_by("role", "pk").first()
    if relay is None:
        return []
    return [_asked(team, Motif.ABORDS, 0, rng, now, demandeur=team.service, poste=relay)]


def _asked(team: Teams, motif: Motif, days: int, rng: Random, now: datetime, **by: object) -> DemandeDeLieu:
    desk = by.get("guichet")
    places = list(desk.lieux.order_by("pk")) if isinstance(desk, Guichet) else team.lieux
    return DemandeDeLieu(
        id=random_id(rng),
        service=team.service,
        lieu=places[0] if motif == Motif.BRUIT else rng.choice(places),
        motif=motif,
        creneau="soiree",
        demandee_le=now - timedelta(days=days, hours=2),
        **by,
    )


def _answered(row: DemandeDeLieu, reponse: SuiteDemande, now: datetime) -> DemandeDeLieu:
    row.reponse, row.repondue_le = reponse, row.demandee_le + timedelta(hours=1)
    until = row.repondue_le.date()
    smallest = smallest_told(by_link=row.guichet_id is not None)
    row.chiffres = place_figures(row.service, row.lieu_id, until - LOOKED_BACK, until, smallest).as_json()
    return row
