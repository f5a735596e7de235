"""Reads about persons, for `sharing` only: who agreed to what, last."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce

from maillage.dossiers.enums import (
    Donneur,
    EtatAccord,
    EtatAdhesion,
    FinaliteAdhesion,
    Lien,
    TrancheAge,
)
from maillage.dossiers.models import (
    Accompagnement,
    Accord,
    Adhesion,
    Constat,
    InformationPrealable,
    NoticeRGPD,
)

SOUGHT = (EtatAdhesion.SUSCITEE, EtatAdhesion.RECHERCHEE, EtatAdhesion.SUSPENDUE)
# What a word given to be supported takes back when it becomes one of these.
ENDING = (EtatAdhesion.SUSPENDUE, EtatAdhesion.RETIREE, EtatAdhesion.REFUSEE)
MAJEURS = frozenset({TrancheAge.DE_18_A_20, TrancheAge.DES_21})


def accord_events(
    personnes: Collection[UUID],
    *,
    portee: str | None = None,
    destinataires: Collection[UUID] | None = None,
    entendus_par: UUID | None = None,
) -> list[Accord]:
    """Return the events of agreement about these persons, oldest first, holders included."""
    rows = Accord.objects.filter(personne__in=personnes).select_related("titulaire", "destinataire", "par")
    if portee is not None:
        rows = rows.filter(portee=portee)
    if destinataires is not None:
        rows = rows.filter(destinataire__in=destinataires)
    if entendus_par is not None:
        rows = rows.filter(par__service=entendus_par)
    return list(rows.order_by("le", "rang", "pk"))


def latest_accords(
    personnes: Collection[UUID],
    *,
    portee: str | None = None,
    destinataires: Collection[UUID] | None = None,
    entendus_par: UUID | None = None,
) -> list[Accord]:
    """Return the latest event of each giver for each scope and recipient, oldest first.

    `entendus_par` keeps what one service heard, before the latest is chosen: what another heard
    since neither shows nor hides anything.

    `destinataires`, when given, name one and the same exchange: its parties count as one. A
    mother, a father, a guardian is one giver whichever of `personnes` carries the event; two
    other holders are told apart, so that no refusal is covered by someone else's agreement.

    An accord given before the same giver took back their adhésion reads as withdrawn that day: it
    carries nothing more, whatever is agreed to later, until they say it again.
    """
    latest: dict[tuple[str, UUID | None, str, str], Accord] = {}
    events = accord_events(personnes, portee=portee, destinataires=destinataires, entendus_par=entendus_par)
    for event in events:
        to = event.destinataire_id if destinataires is None else None
        latest[event.portee, to, event.donneur, _giver(event)] = event
    # What a sender hears of its own record never looks at what another service keeps.
    if entendus_par is None:
        _take_back([one for one in latest.values() if one.etat == EtatAccord.DONNE], personnes)
    return sorted(latest.values(), key=lambda event: (event.le, event.rang))


def _take_back(given: Collection[Accord], personnes: Collection[UUID]) -> None:
    """Turn into withdrawals, here and not in the database, the accords that a later word took back."""
    if not given:
        return
    words = Adhesion.objects.filter(
        accompagnement__personne__in=personnes, finalite=FinaliteAdhesion.ACCOMPAGNEMENT, etat__in=ENDING
    )
    for word in words.select_related("titulaire").order_by("le", "rang", "pk"):
        for accord in given:
            towards = word.destinataire_id in {None, accord.destinataire_id}
            if towards and _tie(word) == _tie(accord) and word.le >= accord.le:
                accord.etat, accord.forme = EtatAccord.RETIRE, word.forme
                accord.le, accord.rang = word.le, word.rang


def _tie(event: Accord | Adhesion) -> str:
    """Return who spoke, any two other holders as one: more is taken back rather than less."""
    return event.titulaire.lien if event.titulaire else ""


def _giver(event: Accord | Adhesion) -> str:
    if event.donneur == Donneur.JEUNE or event.titulaire is None:
        return ""
    known = event.titulaire.lien != Lien.AUTRE
    return event.titulaire.lien if known else str(event.titulaire_id)


def latest_adhesions(events: Iterable[Adhesion]) -> list[Adhesion]:
    """Return the latest event of each recipient, purpose and giver, from events sorted oldest first."""
    latest = {
        (event.destinataire_id, event.finalite, event.donneur, _giver(event)): event for event in events
    }
    return list(latest.values())


def own_adhesions(accompagnement: Accompagnement | OuterRef) -> QuerySet[Adhesion]:
    """Return what the young person said of being supported, by the service that supports.

    An adhésion to another service, or to another purpose, is not among them.
    """
    return Adhesion.objects.filter(
        accompagnement=accompagnement,
        donneur=Donneur.JEUNE,
        destinataire__isnull=True,
        finalite=FinaliteAdhesion.ACCOMPAGNEMENT,
    )


def sought(accompagnement: OuterRef, before: datetime) -> QuerySet[Adhesion]:
    """Return the words still being sought since before then: by any giver, to any service, for any purpose.

    Only the latest event of each giver, recipient and purpose counts.
    """
    nobody = Value(UUID(int=0), output_field=UUIDField())
    keyed = Adhesion.objects.annotate(
        vers=Coalesce("destinataire_id", nobody), voix=Coalesce("titulaire_id", nobody)
    )
    same = {name: OuterRef(name) for name in ("accompagnement", "finalite", "donneur", "vers", "voix")}
    later = Q(le__gt=OuterRef("le")) | Q(le=OuterRef("le"), rang__gt=OuterRef("rang"))
    return keyed.filter(
        ~Exists(keyed.filter(later, **same)), accompagnement=accompagnement, etat__in=SOUGHT, le__lte=before
    )


def last_notice(personne: UUID, *, par: UUID | None = None) -> NoticeRGPD | None:
    """Return the last RGPD notice given to the person, by the service `par` when it is named."""
    rows = NoticeRGPD.objects.filter(personne=personne)
    return (rows if par is None else rows.filter(par__service=par)).order_by("-le").first()


def last_information(personne: UUID) -> InformationPrealable | None:
    """Return the last information of the parents and the child, or its written waiver."""
    return InformationPrealable.objects.filter(personne=personne).order_by("-le", "-pk").first()


def constats_of(personne: UUID) -> list[Constat]:
    """Return the appreciations about a person, oldest first."""
    return list(Constat.objects.filter(personne=personne).select_related("par").order_by("le", "pk"))
