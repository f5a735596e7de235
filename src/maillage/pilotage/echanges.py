"""What went from one service to another in a period, read as plain dated facts: nobody in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery

from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.main_courante.enums import Reponse
from maillage.main_courante.models import MessageDeLieu, ReponseMessage
from maillage.orientations.enums import EtatReception, EtatRelais, MotifDecline, MotifReorientation
from maillage.orientations.models import Orientation, Relais, Retour
from maillage.sharing.enums import FinOuverture
from maillage.sharing.models import Ouverture
from maillage.sharing.openings import midnight

# News of a place is answered by the next day: a night team's word is read in the morning.
NEWS_DAYS = timedelta(days=1)
DECIDED = (EtatReception.ACCEPTEE, EtatReception.REORIENTEE, EtatReception.DECLINEE)
REASONS = {
    Reponse.PAS_POUR_NOUS.value: str(Reponse.PAS_POUR_NOUS.label),
    **{f"declinee:{one.value}": f"Déclinée : {one.label}" for one in MotifDecline},
    **{f"reorientee:{one.value}": f"Réorientée : {one.label}" for one in MotifReorientation},
}


@dataclass(frozen=True)
class Envoi:
    """One thing sent from a service to another, in days of Paris.

    `repondu` is the day of the answer, None while there is none; `motif` a key of REASONS when the
    answer is a refusal.
    """

    emetteur: UUID
    destinataire: UUID
    le: date
    limite: date
    repondu: date | None = None
    motif: str = ""


@dataclass(frozen=True)
class Offre:
    """A return offered on an orientation: by the service that received it, to the one that sent it.

    `tenu`: it did come back (a lawful return), or the meeting of three took place.
    """

    donneur: UUID
    lecteur: UUID
    le: date
    tenu: bool


@house_work(HouseWork.COUNTING)
def news_between(partenariat: Partenariat, since: date, until: date) -> list[Envoi]:
    """Return the news of places sent in a period, both days included; the first answer dates it."""
    last = ReponseMessage.objects.filter(message=OuterRef("pk")).order_by("-le", "-pk")
    rows = (
        MessageDeLieu.objects.filter(partenariat=partenariat, **_within("envoye_le", since, until))
        .order_by("envoye_le", "pk")
        .annotate(dit_le=Min("reponses__le"), dit=Subquery(last.values("reponse")[:1]))
        .values_list("service_emetteur_id", "service_destinataire_id", "envoye_le", "dit_le", "dit")
    )
    return [
        Envoi(
            sender,
            receiver,
            _day(sent),
            _day(sent) + NEWS_DAYS,
            _day(said) if said else None,
            answer if answer == Reponse.PAS_POUR_NOUS else "",
        )
        for sender, receiver, sent, said, answer in rows
    ]


@house_work(HouseWork.COUNTING)
def orientations_between(partenariat: Partenariat, since: date, until: date) -> list[Envoi]:
    """Return the orientations sent in a period as the sender knows them: no answer is read."""
    rows = _orientations(partenariat, since, until).values_list(
        "service_emetteur_id", "service_destinataire_id", "envoyee_le", "reponse_attendue_le"
    )
    return [Envoi(sender, receiver, _day(sent), due or _day(sent)) for sender, receiver, sent, due in rows]


@house_work(HouseWork.COUNTING)
def decisions_between(
    partenariat: Partenariat, since: date, until: date, receivers: Collection[UUID]
) -> list[Envoi]:
    """Return the orientations that these services received in a period, with what they decided.

    For the receiving service itself, or for sums that tell nothing of anyone.
    """
    rows = _orientations(partenariat, since, until).filter(service_destinataire__in=receivers)
    return [
        Envoi(
            sender,
            receiver,
            _day(sent),
            due or _day(sent),
            _day(decided) if decided and state in DECIDED else None,
            _reason(state, declined, redirected),
        )
        for sender, receiver, sent, due, state, decided, declined, redirected in rows.values_list(
            "service_emetteur_id",
            "service_destinataire_id",
            "envoyee_le",
            "reponse_attendue_le",
            "reception__etat",
            "reception__decidee_le",
            "reception__motif_decline",
            "reception__motif_reorientation",
        )
    ]


@house_work(HouseWork.COUNTING)
def returns_between(partenariat: Partenariat, since: date, until: date) -> list[Offre]:
    """Return the returns offered in a period, one an orientation and month; a withdrawn one is none."""
    hidden = Ouverture.objects.filter(pk=OuterRef("ouverture"), cause_fin=FinOuverture.RETRAIT)
    given = Retour.objects.filter(
        ~Exists(hidden), orientation__partenariat=partenariat, **_within("le", since, until)
    )
    met = Relais.objects.filter(orientation__partenariat=partenariat, **_within("le", since, until))
    found: dict[tuple[UUID, date], Offre] = {}
    names = (
        "orientation_id",
        "orientation__service_destinataire_id",
        "orientation__service_emetteur_id",
        "le",
    )
    offers = [(*row, True) for row in given.values_list(*names)]
    offers += [(*row, state == EtatRelais.TENU) for *row, state in met.values_list(*names, "etat")]
    for orientation, giver, reader, moment, held in offers:
        day = _day(moment)
        key = (orientation, day.replace(day=1))
        before = found.get(key)
        found[key] = Offre(giver, reader, before.le if before else day, held or bool(before and before.tenu))
    return list(found.values())


def _orientations(partenariat: Partenariat, since: date, until: date) -> QuerySet[Orientation]:
    rows = Orientation.objects.filter(partenariat=partenariat, **_within("envoyee_le", since, until))
    return rows.order_by("envoyee_le", "pk")


def _reason(state: str, declined: str, redirected: str) -> str:
    match state:
        case EtatReception.DECLINEE:
            return f"{state}:{declined}"
        case EtatReception.REORIENTEE:
            return f"{state}:{redirected}"
        case _:
            return ""


def _within(field: str, since: date, until: date) -> dict[str, datetime]:
    return {f"{field}__gte": midnight(since), f"{field}__lt": midnight(until + timedelta(days=1))}


def _day(moment: datetime | None) -> date:
    assert moment is not None
    return moment.astimezone(clock.PARIS).date()
