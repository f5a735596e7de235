"""Invented young people accompanied by the prevention services, with their living adhésions."""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from maillage.base.clock import PARIS
from maillage.demo import names
from maillage.demo.field import random_id
from maillage.demo.partnerships import Installed
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service
from maillage.sharing.bulk import PersonToLoad, Support, Word, load_persons
from maillage.sharing.enums import EtatAdhesion, MotifCloture, Nature, PorteeOuverture, TrancheAge

AGES = (
    (TrancheAge.MOINS_15, 30),
    (TrancheAge.DE_15_A_17, 38),
    (TrancheAge.DE_18_A_20, 22),
    (TrancheAge.DES_21, 10),
)
MINORS = (TrancheAge.MOINS_15, TrancheAge.DE_15_A_17)
ORIGINS = ("travail_de_rue", "autre_jeune", "famille", "mediateur", "ecole", "action_collective")


def write_supports(installed: Installed, posts: list[Poste], rng: Random, today: date) -> int:
    """Load the city's accompagnements; return how many persons."""
    persons = []
    for index in range(installed.city.personnes):
        service = installed.prevention[index % len(installed.prevention)]
        crew = [p for p in posts if p.service_id == service.id and p.role == Role.EDUCATEUR]
        persons.append(supported_person(service, crew, rng, today))
    load_persons(persons)
    return len(persons)


def supported_person(service: Service, crew: list[Poste], rng: Random, today: date) -> PersonToLoad:
    """Build one accompanied person: age, holders, référents, adhésion events, own service's opening."""
    age = rng.choices([age for age, _ in AGES], [weight for _, weight in AGES])[0]
    start = today - timedelta(days=rng.randrange(20, 700))
    referent = rng.choice(crew)
    holders = draw_holders(age, rng)
    words, state = _adhesion(referent, holders, start, rng, today)
    ended = state == EtatAdhesion.RETIREE or rng.random() < 0.25
    end = start + timedelta(days=rng.randrange(10, 400)) if ended else None
    end = min(end, today) if end else None
    person_id = random_id(rng)
    opened = moment(start, 10)
    return PersonToLoad(
        id=person_id,
        service=service.id,
        nature=Nature.ACCOMPAGNEE,
        appellation=names.pseudonym(rng),
        tranche_age=age,
        creee_le=opened,
        dernier_contact_le=min(today, start + timedelta(days=rng.randrange(5, 200))),
        titulaires=holders,
        words=words,
        notice=(opened, referent.id) if rng.random() < 0.7 else None,
        support=Support(
            id=random_id(rng),
            ouvert_le=start,
            references=_references(referent, crew, start, end, rng),
            clos_le=end,
            motif=_motif(state, rng) if end else "",
            origine=rng.choice(ORIGINS),
        ),
        openings=[(service.id, PorteeOuverture.ACCOMPAGNEMENT, "propre", opened)],
    )


def draw_holders(age: str, rng: Random) -> list[tuple[UUID, str]]:
    """Return a minor's holders of parental authority (identifier, tie); none for an adult."""
    if age not in MINORS:
        return []
    ties = rng.choices((("mere",), ("mere", "pere"), ("pere",), ("tuteur",)), (45, 40, 10, 5))[0]
    return [(random_id(rng), tie) for tie in ties]


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an aware Paris moment."""
    return datetime.combine(day, time(hour, minute), PARIS)


def _adhesion(
    referent: Poste, holders: list[tuple[UUID, str]], start: date, rng: Random, today: date
) -> tuple[list[Word], str]:
    path = rng.choices(
        (
            (EtatAdhesion.SUSCITEE,),
            (EtatAdhesion.RECHERCHEE,),
            (EtatAdhesion.SUSCITEE, EtatAdhesion.ACQUISE),
            (EtatAdhesion.RECHERCHEE, EtatAdhesion.ACQUISE, EtatAdhesion.SUSPENDUE),
            (EtatAdhesion.RECHERCHEE, EtatAdhesion.ACQUISE, EtatAdhesion.RETIREE),
            (EtatAdhesion.RECHERCHEE, EtatAdhesion.REFUSEE),
        ),
        (10, 15, 55, 6, 9, 5),
    )[0]
    words, day = [], start
    for state in path:
        words.append(Word(etat=state, le=moment(min(day, today), 17), par=referent.id))
        day += timedelta(days=rng.randrange(4, 40))
    for holder, _ in holders:
        if EtatAdhesion.ACQUISE in path and rng.random() < 0.8:
            words.append(
                Word(etat=EtatAdhesion.ACQUISE, le=moment(start, 18), par=referent.id, titulaire=holder)
            )
    return words, path[-1]


def _references(
    referent: Poste, crew: list[Poste], start: date, end: date | None, rng: Random
) -> list[tuple[UUID, date, date | None]]:
    if end is None and len(crew) > 1 and rng.random() < 0.2:
        other = rng.choice([post for post in crew if post.id != referent.id])
        handover = start + timedelta(days=15)
        return [(other.id, start, handover), (referent.id, handover, None)]
    return [(referent.id, start, end)]


def _motif(state: str, rng: Random) -> str:
    if state == EtatAdhesion.RETIREE:
        return MotifCloture.RETRAIT
    return rng.choice((MotifCloture.OBJECTIF, MotifCloture.RELAIS, MotifCloture.PERDU_DE_VUE))
