"""A year of orientations in every state, each with the verdict of its own day.

Cases are gathered by the door from posts, titles, clauses, readings and accords, and judged by
the law as they would be when sent; what the law withholds never left.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from maillage.demo import names
from maillage.demo.field import random_id
from maillage.demo.partnerships import Installed
from maillage.demo.persons import MINORS, draw_holders, moment
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service
from maillage.orientations.enums import EtatReception, MotifDecline, MotifReorientation, Suite
from maillage.orientations.models import Orientation, Reception, Retour, SuiteInterne
from maillage.sharing.bulk import PersonToLoad, Word, erase_persons, load_persons
from maillage.sharing.enums import PorteeOuverture, StatutEchange
from maillage.sharing.facts import gather
from maillage.sharing.models import Echange, Ouverture
from maillage.sharing.queries import judge
from maillage.sharing.words import EtatAccord, Nature, PorteeAccord, TrancheAge

NEEDS = (
    "Parler à quelqu'un de l'école",
    "Chercher un stage",
    "Ne plus rester seul le soir",
    "Comprendre un courrier de la mission locale",
    "Reprendre une activité sportive",
    "Trouver un apprentissage",
)
WHERE = (
    "Au city-stade vers 18 h",
    "Devant le hall, le soir",
    "Par son grand frère",
    "À la sortie du collège",
)
OUTCOMES = (
    (EtatReception.ACCEPTEE, 58),
    (EtatReception.A_VOIR, 16),
    (EtatReception.DECLINEE, 12),
    (EtatReception.REORIENTEE, 7),
    (EtatReception.RETIREE, 7),
)


@dataclass
class Draft:
    """One orientation being written: who, to whom, about whom, when."""

    orientation: Orientation
    person: PersonToLoad
    presente: bool
    sent_at: datetime


def write_orientations(installed: Installed, posts: list[Poste], rng: Random, now: datetime) -> int:
    """Write the city's orientations with their exchanges; return how many were sent."""
    drafts = [_draft(installed, posts, rng, now) for _ in range(installed.city.orientations)]
    load_persons([draft.person for draft in drafts])
    Orientation.objects.bulk_create(draft.orientation for draft in drafts)
    exchanges = [_judge(installed, draft) for draft in drafts]
    Echange.objects.bulk_create(exchanges)
    sent = [
        (draft, exchange)
        for draft, exchange in zip(drafts, exchanges, strict=True)
        if exchange.statut == StatutEchange.TRANSMIS
    ]
    _deliver(installed, sent, posts, rng, now)
    _forget_closed(drafts, now)
    return len(sent)


def _draft(installed: Installed, posts: list[Poste], rng: Random, now: datetime) -> Draft:
    sender = rng.choice(_crew(posts, installed.mediation, (Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT)))
    receiver = rng.choice(installed.prevention)
    sent_at = now - timedelta(minutes=rng.randrange(60, 360 * 24 * 60))
    age = rng.choices((TrancheAge.MOINS_15, TrancheAge.DE_15_A_17, TrancheAge.DE_18_A_20), (30, 50, 20))[0]
    person = _person(sender, receiver, age, sent_at, rng)
    orientation = Orientation(
        id=random_id(rng),
        partenariat=installed.partenariat,
        service_emetteur=sender.service,
        service_destinataire=receiver,
        poste_emetteur=sender,
        porteur=sender,
        sujet=person.id,
        lieu=rng.choice(installed.lieux),
        creee_le=sent_at - timedelta(minutes=2),
    )
    return Draft(orientation, person, presente=rng.random() < 0.3, sent_at=sent_at)


def _crew(posts: list[Poste], services: list[Service], roles: tuple[Role, ...]) -> list[Poste]:
    wanted = {service.id for service in services}
    return [post for post in posts if post.service_id in wanted and post.role in roles]


def _person(sender: Poste, receiver: Service, age: str, sent_at: datetime, rng: Random) -> PersonToLoad:
    holders = draw_holders(age, rng)
    agreed = rng.random() < 0.88
    words = [_word(EtatAccord.DONNE if agreed else EtatAccord.REFUSE, sender, receiver, sent_at)]
    words += [
        _word(EtatAccord.DONNE, sender, receiver, sent_at, titulaire=holder)
        for holder, _ in holders
        if rng.random() < 0.85
    ]
    if agreed and rng.random() < 0.5:
        words.append(_word(EtatAccord.DONNE, sender, receiver, sent_at, PorteeAccord.RETOUR))
        words += [
            _word(EtatAccord.DONNE, sender, receiver, sent_at, PorteeAccord.RETOUR, holder)
            for holder, _ in holders
        ]
    return PersonToLoad(
        id=random_id(rng),
        service=sender.service_id,
        nature=Nature.ORIENTEE,
        appellation=names.first_name(rng),
        contact=rng.choice(WHERE),
        besoin=rng.choice(NEEDS),
        tranche_age=age,
        creee_le=sent_at,
        effacer_le=(sent_at + timedelta(days=90)).date(),
        titulaires=holders,
        words=words,
        notice=(sent_at, sender.id) if rng.random() < 0.6 else None,
    )


def _word(
    etat: EtatAccord,
    sender: Poste,
    receiver: Service,
    le: datetime,
    portee: PorteeAccord = PorteeAccord.ORIENTATION,
    titulaire: UUID | None = None,
) -> Word:
    return Word(etat=etat, le=le, par=sender.id, portee=portee, destinataire=receiver.id, titulaire=titulaire)


def _judge(installed: Installed, draft: Draft) -> Echange:
    """Gather the draft's facts, ask the law as of its day, and set what follows on the orientation."""
    orientation, sent_at = draft.orientation, draft.sent_at
    examined = examine_as(
        emetteur=orientation.poste_emetteur,
        destinataire=orientation.service_destinataire,
        partenariat=installed.partenariat,
        personne=draft.person.id,
        nature="orientation_demande",
        on=sent_at.date(),
        declared=_declared(presente=draft.presente),
    )
    exchange = exchange_row(examined, draft, sent_at)
    if examined.permitted:
        orientation.envoyee_le = orientation.recue_le = sent_at
        orientation.reponse_attendue_le = sent_at.date() + timedelta(
            days=installed.partenariat.delai_reponse_jours
        )
        orientation.cloture_prevue_le = sent_at.date() + timedelta(
            days=installed.partenariat.delai_cloture_jours
        )
        orientation.echange = exchange.id
    return exchange
