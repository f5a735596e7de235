"""What the receiving services did of the year's orientations, and what the law let come back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maillage.demo import exchanges, names
from maillage.demo.field import random_id
from maillage.demo.partnerships import Installed
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.orientations.enums import EtatReception, MotifDecline, MotifReorientation, Suite
from maillage.orientations.models import Orientation, Reception, Retour, SuiteInterne
from maillage.sharing.bulk import PersonToLoad, Support, Word, load_persons
from maillage.sharing.enums import EtatAdhesion, Nature, PorteeAccord, PorteeOuverture, StatutEchange
from maillage.sharing.models import Echange, Ouverture

OUTCOMES = (
    (EtatReception.ACCEPTEE, 58),
    (EtatReception.A_VOIR, 16),
    (EtatReception.DECLINEE, 12),
    (EtatReception.REORIENTEE, 7),
    (EtatReception.RETIREE, 7),
)


@dataclass
class Outcome:
    """Everything that followed one orientation inside the receiving service."""

    reception: Reception
    suites: list[SuiteInterne] = field(default_factory=list)
    person: PersonToLoad | None = None
    exchange: Echange | None = None
    opening: Ouverture | None = None
    retour: Retour | None = None


def receive(
    installed: Installed,
    sent: Sequence[tuple[Orientation, PersonToLoad]],
    posts: list[Poste],
    rng: Random,
    now: datetime,
) -> None:
    """Write the receiving services' year for these orientations."""
    outcomes = [
        _outcome(installed, orientation, person, _crew(posts, orientation), rng, now)
        for orientation, person in sent
    ]
    load_persons([outcome.person for outcome in outcomes if outcome.person])
    Reception.objects.bulk_create(outcome.reception for outcome in outcomes)
    SuiteInterne.objects.bulk_create(suite for outcome in outcomes for suite in outcome.suites)
    Echange.objects.bulk_create(outcome.exchange for outcome in outcomes if outcome.exchange)
    Ouverture.objects.bulk_create(outcome.opening for outcome in outcomes if outcome.opening)
    Retour.objects.bulk_create(outcome.retour for outcome in outcomes if outcome.retour)


def _crew(posts: list[Poste], orientation: Orientation) -> list[Poste]:
    return [
        post
        for post in posts
        if post.service_id == orientation.service_destinataire_id and post.role == Role.EDUCATEUR
    ]


def _outcome(
    installed: Installed,
    orientation: Orientation,
    person: PersonToLoad,
    crew: list[Poste],
    rng: Random,
    now: datetime,
) -> Outcome:
    assert orientation.envoyee_le is not None
    decided = orientation.envoyee_le + timedelta(hours=rng.uniform(4, 20 * 24))
    state = rng.choices([state for state, _ in OUTCOMES], [weight for _, weight in OUTCOMES])[0]
    if decided > now:
        state = EtatReception.A_VOIR
    outcome = Outcome(Reception(orientation=orientation, service=orientation.service_destinataire))
    reception, post = outcome.reception, rng.choice(crew)
    reception.etat = state
    if state == EtatReception.A_VOIR:
        if orientation.cloture_prevue_le and orientation.cloture_prevue_le <= now.date():
            reception.etat = EtatReception.EXPIREE
        return outcome
    reception.decidee_le = decided
    if state == EtatReception.RETIREE:
        orientation.retiree_le = decided
    elif state == EtatReception.DECLINEE:
        reception.motif_decline = rng.choice(list(MotifDecline))
    elif state == EtatReception.REORIENTEE:
        reception.motif_reorientation = rng.choice(list(MotifReorientation))
    else:
        reception.referent = post
        _accept(installed, outcome, person, post, rng, now)
    return outcome


def _accept(
    installed: Installed, outcome: Outcome, person: PersonToLoad, post: Poste, rng: Random, now: datetime
) -> None:
    """Open the receiving service's own accompagnement, note what followed, ask the law for a return."""
    reception = outcome.reception
    outcome.person = _taken_up(reception.orientation, person, post, reception.decidee_le or now, rng)
    assert outcome.person.support is not None
    reception.accompagnement = outcome.person.support.id
    at = reception.decidee_le or now
    for code in rng.choice(
        (
            (Suite.RENCONTRE_TENTEE,),
            (Suite.RENCONTRE_TENTEE, Suite.RENCONTRE_FAITE, Suite.ADHESION_RECHERCHEE),
            (Suite.RENCONTRE_FAITE, Suite.RELATION_ENGAGEE),
            (Suite.RENCONTRE_FAITE, Suite.PAS_D_ADHESION),
        )
    ):
        at += timedelta(days=rng.uniform(1, 9))
        if at > now:
            return
        outcome.suites.append(SuiteInterne(reception=reception, code=code, poste=post, le=at))
        if code == Suite.RELATION_ENGAGEE:
            _ask_return(installed, outcome, person, post, at, rng)


def _taken_up(
    orientation: Orientation, person: PersonToLoad, post: Poste, at: datetime, rng: Random
) -> PersonToLoad:
    opened = [(post.service_id, PorteeOuverture.ACCOMPAGNEMENT, "propre", at)]
    return PersonToLoad(
        id=random_id(rng),
        service=post.service_id,
        nature=Nature.ACCOMPAGNEE,
        appellation=names.pseudonym(rng),
        contact=person.contact,
        besoin=person.besoin,
        tranche_age=person.tranche_age,
        creee_le=at,
        dernier_contact_le=at.date(),
        titulaires=[(random_id(rng), lien) for _, lien in person.titulaires],
        words=[Word(etat=EtatAdhesion.RECHERCHEE, le=at, par=post.id)],
        support=Support(
            id=random_id(rng),
            ouvert_le=at.date(),
            references=[(post.id, at.date(), None)],
            origine="mediateur",
            orientation=orientation.id,
        ),
        openings=opened,
    )


def _ask_return(
    installed: Installed, outcome: Outcome, person: PersonToLoad, post: Poste, at: datetime, rng: Random
) -> None:
    orientation: Orientation = outcome.reception.orientation
    if orientation.cloture_prevue_le is None or at.date() >= orientation.cloture_prevue_le:
        return
    identifier: UUID = random_id(rng)
    outcome.exchange = exchanges.judged(
        exchanges.Sending(
            partenariat=installed.partenariat,
            emetteur=post,
            destinataire=orientation.service_emetteur,
            personne=person.id,
            orientation=orientation.id,
            nature="orientation_suite",
            portee=PorteeAccord.RETOUR,
            presente=False,
            le=at,
        ),
        identifier,
    )
    if outcome.exchange.statut == StatutEchange.TRANSMIS:
        _come_back(installed, outcome, rng)


def _come_back(installed: Installed, outcome: Outcome, rng: Random) -> None:
    """Write the return that the law let through, and the opening it lives by."""
    exchange, person, orientation = outcome.exchange, outcome.person, outcome.reception.orientation
    assert exchange is not None
    assert person is not None
    outcome.opening = Ouverture(
        id=random_id(rng),
        personne=person.id,
        service=orientation.service_emetteur,
        partenariat=installed.partenariat,
        portee=PorteeOuverture.SUITE,
        base=next(iter(exchange.verdict["fondements"])),
        echange=exchange,
        debut=exchange.le,
    )
    outcome.retour = Retour(
        id=random_id(rng),
        orientation=orientation,
        code=Suite.RELATION_ENGAGEE,
        echange=exchange.id,
        ouverture=outcome.opening.id,
        le=exchange.le,
    )
