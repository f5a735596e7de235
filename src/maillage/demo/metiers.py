"""Invented trade pages, shadowing days and training progress: what each city's teams say and learn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from maillage.base import clock
from maillage.comptes.enums import EtatCompte
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members, path_since
from maillage.demo.field import random_id
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.equipes.enums import EtatJournee, Moment
from maillage.equipes.formation_cas import CasJuge, cases_of
from maillage.equipes.metiers import TRADES, pages
from maillage.equipes.models import CasCompris, JourneeObservation, PageMetier

# What each city's trades add to the proposed text, one line each; invented.
ADDED: Mapping[str, tuple[str, str]] = {
    "larochelle": (
        "De 19 h 30 à 3 h, nous sommes souvent les seuls dehors.",
        "Le mercredi, nous tenons une permanence à la maison de quartier.",
    ),
    "leteil": (
        "Nous connaissons chaque commerce du centre, et chacun nous connaît.",
        "Nous faisons les sorties du samedi avec la médiation.",
    ),
    "limoges": (
        "En soirée, nous ouvrons la cour de l'école aux familles.",
        "Deux fois par semaine, nous marchons avec l'équipe de soirée.",
    ),
    "lorient": (
        "De jour seulement : le soir, appelez la permanence.",
        "Nous venons au kiosque avec la médiation, le jeudi.",
    ),
    "marseille": (
        "Dans les trains comme dans le quartier, nous parlons avant tout.",
        "Chaque secteur a sa petite équipe : demandez laquelle.",
    ),
    "orleans": (
        "Aux Maisons de la Réussite, nous recevons à côté des éducateurs.",
        "La Passerelle reçoit de 11 à 16 ans, la Plateforme de 16 à 21 ans.",
    ),
}
LEARNT_SO_FAR = 6
# Understood at La Rochelle before the reading was adopted: to take again.
OLD_ANSWER = ("larochelle", "des-nouvelles", "incomplet")


def write_trades(partenariat: Partenariat, rng: Random, today: date) -> None:
    """Write a partnership's trade pages, two shadowing days, and how far two people of each team have got."""
    services = members(partenariat, today)
    for page, added in zip(pages(partenariat), ADDED[partenariat.code], strict=True):
        head = _head(services, page.metier, today)
        if head is not None:
            parties = {key: list(lines) for key, lines in page.parties.items()}
            parties["fait"].append(added)
            PageMetier.objects.create(
                partenariat=partenariat,
                metier=page.metier,
                version=1,
                par=head,
                le=_at(today - timedelta(days=rng.randrange(40, 200))),
                **parties,
            )
    by_trade = {service.metier: service for service in reversed(services)}
    if len(by_trade) == len(TRADES):
        _days(partenariat, by_trade[TRADES[0]], by_trade[TRADES[1]], rng, today)
    for service in services:
        _progress(partenariat, service, today)


def _head(services: list[Service], metier: Metier, today: date) -> Poste | None:
    heads = Poste.objects.filter(active_on(today), role=Role.CHEF_DE_SERVICE, service__in=services)
    return heads.filter(service__metier=metier).order_by("debut", "pk").first()


def _days(partenariat: Partenariat, one: Service, other: Service, rng: Random, today: date) -> None:
    for host, guest, ahead, etat, moment in (
        (one, other, -rng.randrange(30, 90), EtatJournee.FAITE, Moment.SOIREE),
        (other, one, rng.randrange(6, 20), EtatJournee.PROPOSEE, Moment.APRES_MIDI),
    ):
        done = etat == EtatJournee.FAITE
        asked = today + timedelta(days=min(ahead, 0) - 10)
        JourneeObservation.objects.create(
            id=random_id(rng),
            partenariat=partenariat,
            accueil=host,
            invite=guest,
            propose=guest,
            jour=today + timedelta(days=ahead),
            moment=moment,
            nombre=rng.randrange(1, 3),
            etat=etat,
            proposee_le=_at(asked),
            repondue_le=_at(asked + timedelta(days=2)) if done else None,
        )


def _progress(partenariat: Partenariat, service: Service, today: date) -> None:
    """Let one account of a team know every case, and another begin: that module is still to do.

    Never someone whom the path of arrival would then stop.
    """
    field = (Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR)
    posts = Poste.objects.filter(
        active_on(today),
        service=service,
        role__in=field,
        lecture_seule=False,
        professionnel__compte__etat=EtatCompte.ACTIF,
    )
    team = list(posts.order_by("professionnel__compte__identifiant", "debut"))
    if len(team) < 2:
        return
    first, last = team[0], team[-1]
    cases = cases_of(partenariat, today)
    _understood(partenariat, first, cases, first.debut)
    _understood(partenariat, last, cases[:LEARNT_SO_FAR], today - timedelta(days=3))
    since = path_since([partenariat.pk], today).get(partenariat.pk)
    if since is None or last.debut < since:
        Poste.objects.filter(pk=last.pk).update(module_valide_le=None)


def _understood(partenariat: Partenariat, poste: Poste, cases: Sequence[CasJuge], le: date) -> None:
    old = {OLD_ANSWER[:2]: OLD_ANSWER[2]}
    CasCompris.objects.bulk_create(
        CasCompris(
            poste=poste,
            partenariat=partenariat,
            cas=one.code,
            issue=old.get((partenariat.code, one.code), one.issue),
            le=le,
        )
        for one in cases
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=clock.PARIS)
