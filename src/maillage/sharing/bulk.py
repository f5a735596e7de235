"""Loading and erasing many persons at once, for the demo and for moving a city.

The same tables and the same keys as `sharing.persons`, without a query per person. The caller
writes the ledger lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maillage.base import clock
from maillage.base.encryption import create_keys, seal
from maillage.base.enums import Portee
from maillage.base.models import CleDonnees
from maillage.directory.models import Poste
from maillage.dossiers.enums import Donneur, FormeAccord, MotifCloture, Nature
from maillage.dossiers.models import (
    Accompagnement,
    Accord,
    Adhesion,
    Confidence,
    Constat,
    InformationPrealable,
    NoticeRGPD,
    Personne,
    Reference,
    RencontreFamille,
    Titulaire,
)
from maillage.sharing.cartes import LIFE, digest, lock
from maillage.sharing.enums import FinOuverture, PorteeOuverture
from maillage.sharing.models import Carte, Ouverture
from maillage.sharing.retention import unlink

BATCH = 1000


@dataclass(frozen=True)
class Word:
    """One giver's word: an adhésion event (`portee` empty) or an accord; `titulaire` or the young person."""

    etat: str
    le: datetime
    par: UUID
    portee: str = ""
    destinataire: UUID | None = None
    titulaire: UUID | None = None


@dataclass(frozen=True)
class Support:
    """An accompagnement to load, with its référents in order (poste, start, end)."""

    id: UUID
    ouvert_le: date
    references: Sequence[tuple[UUID, date, date | None]]
    clos_le: date | None = None
    motif: str = ""
    origine: str = ""
    orientation: UUID | None = None


@dataclass(frozen=True)
class PersonToLoad:
    """A person to load: readable values, sealed on the way in."""

    id: UUID
    service: UUID
    nature: Nature
    appellation: str
    tranche_age: str
    creee_le: datetime
    contact: str = ""
    besoin: str = ""
    effacer_le: date | None = None
    dernier_contact_le: date | None = None
    titulaires: Sequence[tuple[UUID, str]] = ()
    words: Sequence[Word] = ()
    notice: tuple[datetime, UUID] | None = None
    support: Support | None = None
    openings: Sequence[tuple[UUID, PorteeOuverture, str, datetime]] = field(default=())


@transaction.atomic
def load_persons(persons: Sequence[PersonToLoad]) -> None:
    """Store persons with their keys, words, supports and openings."""
    keys = create_keys(Portee.PERSONNE, [person.id for person in persons])
    Personne.objects.bulk_create((_personne(p, keys[p.id]) for p in persons), batch_size=BATCH)
    Titulaire.objects.bulk_create(
        (Titulaire(id=key, personne_id=p.id, lien=lien) for p in persons for key, lien in p.titulaires),
        batch_size=BATCH,
    )
    _load_supports(persons)
    _load_words(persons)
    NoticeRGPD.objects.bulk_create(
        (NoticeRGPD(personne_id=p.id, le=p.notice[0], par_id=p.notice[1]) for p in persons if p.notice),
        batch_size=BATCH,
    )
    Ouverture.objects.bulk_create(
        (
            Ouverture(personne=p.id, service_id=service, portee=portee, base=base, debut=start)
            for p in persons
            for service, portee, base, start in p.openings
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def erase_persons(ids: Iterable[UUID], le: datetime) -> None:
    """Erase persons as `sharing.persons` does: keys destroyed, columns and words emptied."""
    wanted = list(ids)
    CleDonnees.objects.filter(portee=Portee.PERSONNE, proprietaire__in=wanted).delete()
    for model in (Accord, NoticeRGPD, InformationPrealable, Constat, Confidence, RencontreFamille, Titulaire):
        model._default_manager.filter(personne__in=wanted).delete()
    for one in wanted:
        unlink(one)
    Ouverture.objects.filter(personne__in=wanted, cause_fin="").update(
        fin=le, cause_fin=FinOuverture.EFFACEMENT
    )
    Personne.objects.filter(pk__in=wanted).update(
        appellation_scellee=b"", contact_scelle=b"", besoin_scelle=b"", effacee_le=le
    )


def load_card(personne: UUID, poste: Poste, code: str, numero: str, le: datetime) -> None:
    """Store a card with a known code, for a demonstration: a real one draws its own."""
    Carte.objects.create(
        personne=personne,
        service=poste.service,
        poste=poste,
        empreinte=digest(code),
        verrou=lock(code, numero),
        le=le,
        expire_le=clock.day_of(le) + LIFE,
    )


def _personne(person: PersonToLoad, key: bytes) -> Personne:
    row = Personne(
        id=person.id,
        service_id=person.service,
        nature=person.nature,
        tranche_age=person.tranche_age,
        tranche_age_au=person.creee_le.date(),
        creee_le=person.creee_le,
        dernier_contact_le=person.dernier_contact_le,
        effacer_le=person.effacer_le,
    )
    row.appellation_scellee = seal(row, "appellation_scellee", person.appellation, key=key)
    row.contact_scelle = seal(row, "contact_scelle", person.contact, key=key)
    row.besoin_scelle = seal(row, "besoin_scelle", person.besoin, key=key)
    return row


def _load_supports(persons: Sequence[PersonToLoad]) -> None:
    supported = [(person, person.support) for person in persons if person.support]
    Accompagnement.objects.bulk_create(
        (
            Accompagnement(
                id=support.id,
                personne_id=person.id,
                service_id=person.service,
                origine=support.origine,
                orientation=support.orientation,
                ouvert_le=support.ouvert_le,
                clos_le=support.clos_le,
                motif_cloture=MotifCloture(support.motif) if support.motif else "",
            )
            for person, support in supported
        ),
        batch_size=BATCH,
    )
    Reference.objects.bulk_create(
        (
            Reference(accompagnement_id=support.id, poste_id=poste, debut=debut, fin=fin)
            for _, support in supported
            for poste, debut, fin in support.references
        ),
        batch_size=BATCH,
    )


def _load_words(persons: Sequence[PersonToLoad]) -> None:
    adhesions, accords = [], []
    for person in persons:
        for word in person.words:
            donneur = Donneur.TITULAIRE if word.titulaire else Donneur.JEUNE
            shared = {
                "donneur": donneur,
                "titulaire_id": word.titulaire,
                "etat": word.etat,
                "forme": FormeAccord.ORALE,
                "le": word.le,
                "par_id": word.par,
            }
            if word.portee and word.destinataire:
                accords.append(
                    Accord(
                        personne_id=person.id,
                        portee=word.portee,
                        destinataire_id=word.destinataire,
                        **shared,
                    )
                )
            elif person.support:
                adhesions.append(Adhesion(accompagnement_id=person.support.id, **shared))
    Adhesion.objects.bulk_create(adhesions, batch_size=BATCH)
    Accord.objects.bulk_create(accords, batch_size=BATCH)
