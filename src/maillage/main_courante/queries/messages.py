"""News of places between partner teams, seen from both sides; cards given, by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import data_keys, unseal
from maillage.base.enums import Portee
from maillage.comptes.acteur import Acteur
from maillage.conventions.enums import Place
from maillage.conventions.models import Partenariat, Participation
from maillage.conventions.queries import TRADES
from maillage.directory.models import Lieu, Service
from maillage.directory.queries import active_on
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import ContactDonne, MessageDeLieu, ReponseMessage
from maillage.main_courante.queries.listes import listes_of_many

PAGE = 50
STILL_NEWS = timedelta(days=14)
_ANSWERS = ReponseMessage.objects.filter(message=OuterRef("pk"))


@dataclass(frozen=True)
class Destinataire:
    """A service one may speak to, and the partnership in which one does."""

    partenariat: Partenariat
    service: Service


@dataclass(frozen=True)
class MessageLine:
    """One message of place as both sides read it; `recu` when it was addressed to my service."""

    id: UUID
    lieu: Lieu
    creneau: str
    creneau_code: str
    effectif: str
    effectif_code: str
    categorie: str
    categorie_code: str
    texte: str
    envoye_le: datetime
    emetteur: Service
    destinataire: Service
    recu: bool
    reponse: str
    reponse_libelle: str
    repondu_le: datetime | None

    @property
    def attend(self) -> bool:
        """Tell a message that still calls for an answer: news of a place grows old in two weeks."""
        return not self.reponse and clock.now() - self.envoye_le <= STILL_NEWS

    @property
    def jours(self) -> int:
        """Count the days the message has waited, or waited for its answer."""
        return ((self.repondu_le or clock.now()).date() - self.envoye_le.date()).days


@dataclass(frozen=True)
class Unanswered:
    """How many messages wait: those my service has to answer, those the others owe us an answer to."""

    recus: int
    envoyes: int


@dataclass(frozen=True)
class CardsGiven:
    """Cards given at one place in a period, and towards which team."""

    lieu: str
    vers: str
    nombre: int


def destinataires(acteur: Acteur, on: date | None = None) -> Sequence[Destinataire]:
    """Return the members of the other trade in my partnerships, by name, in one query."""
    rows = (
        Participation.objects.filter(
            active_on(on or clock.today()),
            partenariat__in=acteur.partenariat_ids,
            place=Place.MEMBRE,
            service__metier__in=TRADES,
        )
        .exclude(service__metier=acteur.service.metier)
        .select_related("partenariat", "service")
        .order_by("service__nom_court", "partenariat__nom", "pk")
    )
    return [Destinataire(row.partenariat, row.service) for row in rows]


@transaction.atomic
def messages_received(acteur: Acteur, *, limit: int = PAGE, offset: int = 0) -> list[MessageLine]:
    """Return the messages my service received, unanswered first, then newest; one ledger line."""
    rows = _by_wait(_visible(acteur).filter(service_destinataire=acteur.service))
    return _listed(acteur, rows[offset : offset + limit])


@transaction.atomic
def messages_sent(acteur: Acteur, *, limit: int = PAGE, offset: int = 0) -> list[MessageLine]:
    """Return the messages my service sent, unanswered first, then newest; one ledger line."""
    rows = _by_wait(_visible(acteur).filter(service_emetteur=acteur.service))
    return _listed(acteur, rows[offset : offset + limit])


@transaction.atomic
def messages_of_moment(acteur: Acteur, since: datetime, until: datetime) -> list[MessageLine]:
    """Return what my service said between two moments, in order; one ledger line."""
    rows = _visible(acteur).filter(service_emetteur=acteur.service, envoye_le__gte=since, envoye_le__lt=until)
    return _listed(acteur, rows.order_by("envoye_le", "pk"))


def message_of(acteur: Acteur, identifiant: UUID) -> MessageDeLieu | None:
    """Return a message that my service sent or received, None when absent or another's."""
    return _visible(acteur).filter(pk=identifiant).first()


def unanswered(acteur: Acteur) -> Unanswered:
    """Count what still waits for an answer on both sides."""
    waiting = _visible(acteur).filter(envoye_le__gte=clock.now() - STILL_NEWS)
    waiting = waiting.exclude(Exists(_ANSWERS)).order_by()
    counted = waiting.aggregate(
        recus=Count("pk", filter=Q(service_destinataire=acteur.service)),
        envoyes=Count("pk", filter=Q(service_emetteur=acteur.service)),
    )
    return Unanswered(counted["recus"], counted["envoyes"])


def contacts_by_place(acteur: Acteur, since: date, until: date) -> list[CardsGiven]:
    """Count the cards my service gave from `since` to `until` included, by place, most first."""
    rows = (
        ContactDonne.objects.filter(service=acteur.service, jour__gte=since, jour__lte=until)
        .order_by()
        .values("lieu__nom", "vers__nom_court")
        .annotate(nombre=Count("pk"))
        .order_by("-nombre", "lieu__nom", "vers__nom_court")
    )
    return [CardsGiven(row["lieu__nom"], row["vers__nom_court"], row["nombre"]) for row in rows]


def _visible(acteur: Acteur) -> QuerySet[MessageDeLieu]:
    ours = Q(service_emetteur=acteur.service) | Q(service_destinataire=acteur.service)
    return MessageDeLieu.objects.filter(ours, partenariat__in=acteur.partenariat_ids)


def _by_wait(rows: QuerySet[MessageDeLieu]) -> QuerySet[MessageDeLieu]:
    news = Q(envoye_le__gte=clock.now() - STILL_NEWS)
    waiting = Case(When(news & ~Exists(_ANSWERS), then=0), default=1)
    return rows.annotate(attente=waiting).order_by("attente", "-envoye_le", "pk")


def _listed(acteur: Acteur, rows: QuerySet[MessageDeLieu]) -> list[MessageLine]:
    answers = ReponseMessage.objects.order_by("-le", "-pk")
    messages = list(
        rows.select_related("lieu__territoire", "service_emetteur", "service_destinataire").prefetch_related(
            Prefetch("reponses", queryset=answers, to_attr="dites")
        )
    )
    listes = listes_of_many([message.service_emetteur for message in messages])
    keys = data_keys(Portee.PARTENARIAT, [message.partenariat_id for message in messages])
    lines = []
    for message in messages:
        words = listes[message.service_emetteur_id]
        said: list[ReponseMessage] = getattr(message, "dites")  # noqa: B009 -- set by Prefetch
        lines.append(
            MessageLine(
                id=message.pk,
                lieu=message.lieu,
                creneau=words.label(Liste.CRENEAU, message.creneau),
                creneau_code=message.creneau,
                effectif=words.label(Liste.EFFECTIF, message.effectif),
                effectif_code=message.effectif,
                categorie=words.label(Liste.CATEGORIE, message.categorie),
                categorie_code=message.categorie,
                texte=unseal(message, "texte_scelle", key=keys.get(message.partenariat_id)),
                envoye_le=message.envoye_le,
                emetteur=message.service_emetteur,
                destinataire=message.service_destinataire,
                recu=message.service_destinataire_id == acteur.service.pk,
                reponse=said[0].reponse if said else "",
                reponse_libelle=said[0].get_reponse_display() if said else "",
                repondu_le=said[0].le if said else None,
            )
        )
    record(chaine=acteur.service.pk, acte=Acte.LISTE, acteur=acteur.professionnel_id, objet_genre="message")
    return lines
