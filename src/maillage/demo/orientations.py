"""A year of orientations in every state, each with the verdict of its own day.

Cases are gathered by the door from posts, titles, clauses, readings and accords, and judged by
the law as they would be when sent; what the law withholds never left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from maillage.base.clock import PARIS
from maillage.demo import exchanges, names
from maillage.demo.field import random_id
from maillage.demo.partnerships import Installed
from maillage.demo.persons import draw_holders
from maillage.demo.receptions import receive
from maillage.directory.enums import Role
from maillage.directory.models import Poste, Service
from maillage.orientations.models import Orientation
from maillage.sharing.bulk import PersonToLoad, Word, erase_persons, load_persons
from maillage.sharing.enums import (
    EtatAccord,
    Nature,
    PorteeAccord,
    PorteeOuverture,
    StatutEchange,
    TrancheAge,
)
from maillage.sharing.models import Echange, Ouverture

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
SENDERS = (Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT)
KEPT_DAYS = 90


@dataclass
class Draft:
    """One orientation being written: who, to whom, about whom, when."""

    orientation: Orientation
    person: PersonToLoad
    exchange_id: UUID
    presente: bool
    sent_at: datetime


def write_orientations(installed: Installed, posts: list[Poste], rng: Random, now: datetime) -> int:
    """Write the city's orientations with their exchanges; return how many were sent."""
    mediators = {service.id for service in installed.mediation}
    senders = [post for post in posts if post.service_id in mediators and post.role in SENDERS]
    drafts = [_draft(installed, senders, rng, now) for _ in range(installed.city.orientations)]
    load_persons([draft.person for draft in drafts])
    Orientation.objects.bulk_create(draft.orientation for draft in drafts)
    judged = [_judge(installed, draft) for draft in drafts]
    Echange.objects.bulk_create(judged)
    sent = [
        draft
        for draft, exchange in zip(drafts, judged, strict=True)
        if exchange.statut == StatutEchange.TRANSMIS
    ]
    receive(installed, [(draft.orientation, draft.person) for draft in sent], posts, rng, now)
    _give_up_stale(drafts, now)
    Orientation.objects.bulk_update(
        [draft.orientation for draft in drafts],
        [
            "envoyee_le",
            "recue_le",
            "reponse_attendue_le",
            "cloture_prevue_le",
            "retiree_le",
            "abandonnee_le",
            "echange",
        ],
    )
    grounds = {exchange.id: next(iter(exchange.verdict["fondements"]), "") for exchange in judged}
    _open_and_forget(drafts, grounds, now)
    return len(sent)


def _draft(installed: Installed, senders: list[Poste], rng: Random, now: datetime) -> Draft:
    sender, receiver = rng.choice(senders), rng.choice(installed.prevention)
    sent_at = now - timedelta(minutes=rng.randrange(60, 360 * 24 * 60))
    ages = (TrancheAge.MOINS_15, TrancheAge.DE_15_A_17, TrancheAge.DE_18_A_20)
    person = _person(sender, receiver, rng.choices(ages, (30, 50, 20))[0], sent_at, rng)
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
    return Draft(orientation, person, random_id(rng), presente=rng.random() < 0.3, sent_at=sent_at)


def _person(sender: Poste, receiver: Service, age: str, sent_at: datetime, rng: Random) -> PersonToLoad:
    holders = draw_holders(age, rng)
    agreed = rng.random() < 0.88
    said = EtatAccord.DONNE if agreed else EtatAccord.REFUSE
    words = [_word(said, sender, receiver, sent_at)]
    asked = [holder for holder, _ in holders if rng.random() < 0.85]
    words += [_word(EtatAccord.DONNE, sender, receiver, sent_at, titulaire=holder) for holder in asked]
    if agreed and rng.random() < 0.5:
        back = PorteeAccord.RETOUR
        words.append(_word(EtatAccord.DONNE, sender, receiver, sent_at, back))
        words += [_word(EtatAccord.DONNE, sender, receiver, sent_at, back, holder) for holder, _ in holders]
    return PersonToLoad(
        id=random_id(rng),
        service=sender.service_id,
        nature=Nature.ORIENTEE,
        appellation=names.first_name(rng),
        contact=rng.choice(WHERE),
        besoin=rng.choice(NEEDS),
        tranche_age=age,
        creee_le=sent_at,
        effacer_le=(sent_at + timedelta(days=KEPT_DAYS)).date(),
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
    towards = sender.service_id if portee == PorteeAccord.RETOUR else receiver.id
    return Word(etat=etat, le=le, par=sender.id, portee=portee, destinataire=towards, titulaire=titulaire)


def _judge(installed: Installed, draft: Draft) -> Echange:
    """Gather the draft's facts, ask the law as of its day, and date what leaves."""
    orientation, sent_at = draft.orientation, draft.sent_at
    exchange = exchanges.judged(
        exchanges.Sending(
            partenariat=installed.partenariat,
            emetteur=orientation.poste_emetteur,
            destinataire=orientation.service_destinataire,
            personne=draft.person.id,
            orientation=orientation.id,
            nature="orientation_demande",
            portee=PorteeAccord.ORIENTATION,
            presente=draft.presente,
            le=sent_at,
        ),
        draft.exchange_id,
    )
    if exchange.statut == StatutEchange.TRANSMIS:
        terms = installed.partenariat
        orientation.envoyee_le = orientation.recue_le = sent_at
        orientation.reponse_attendue_le = sent_at.date() + timedelta(days=terms.delai_reponse_jours)
        orientation.cloture_prevue_le = sent_at.date() + timedelta(days=terms.delai_cloture_jours)
        orientation.echange = exchange.id
    return exchange


def _give_up_stale(drafts: list[Draft], now: datetime) -> None:
    """A draft that the law held back and nobody repaired within two weeks was given up."""
    for draft in drafts:
        later = draft.sent_at + timedelta(days=14)
        if draft.orientation.envoyee_le is None and later < now:
            draft.orientation.abandonnee_le = later


def _open_and_forget(drafts: list[Draft], grounds: dict[UUID, str], now: datetime) -> None:
    """Open what is live to its two services; erase the persons of what ended."""
    ended = [draft for draft in drafts if _ended(draft.orientation, now)]
    erase_persons([draft.person.id for draft in ended], now)
    gone = {draft.orientation.id for draft in ended}
    Orientation.objects.filter(pk__in=gone).update(sujet=None)
    alive = [draft for draft in drafts if draft.orientation.id not in gone]
    Ouverture.objects.bulk_create(opening for draft in alive for opening in _openings(draft, grounds))


def _openings(draft: Draft, grounds: dict[UUID, str]) -> Iterator[Ouverture]:
    orientation = draft.orientation
    end = orientation.cloture_prevue_le or draft.person.effacer_le
    assert end is not None
    shared = {
        "personne": draft.person.id,
        "portee": PorteeOuverture.ORIENTATION,
        "fin": datetime.combine(end, time.min, PARIS),
    }
    yield Ouverture(service=orientation.service_emetteur, base="propre", debut=orientation.creee_le, **shared)
    if orientation.envoyee_le is not None:
        yield Ouverture(
            service=orientation.service_destinataire,
            partenariat=orientation.partenariat,
            base=grounds[draft.exchange_id],
            echange_id=draft.exchange_id,
            debut=orientation.envoyee_le,
            **shared,
        )


def _ended(orientation: Orientation, now: datetime) -> bool:
    closed = orientation.cloture_prevue_le is not None and orientation.cloture_prevue_le <= now.date()
    return closed or orientation.retiree_le is not None or orientation.abandonnee_le is not None
