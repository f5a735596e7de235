"""«Dire à l'autre équipe», its answers, and the card given: no name, no law."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import seal, unseal
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Metier
from maillage.directory.queries import lieux_of
from maillage.main_courante.enums import Liste, Reponse, Statut
from maillage.main_courante.jours import work_day
from maillage.main_courante.models import ContactDonne, MessageDeLieu, ReponseMessage
from maillage.main_courante.queries.listes import listes_of
from maillage.main_courante.queries.messages import Destinataire, destinataires
from maillage.main_courante.saisie import Refused, check_text


@dataclass(frozen=True)
class MessageData:
    """News of a place: for which service, where, when (slot), how many, what; `texte` is optional."""

    id: UUID
    destinataire: UUID
    lieu: UUID
    creneau: str
    effectif: str
    categorie: str
    texte: str = ""


@dataclass(frozen=True)
class MessageResult:
    """What became of the message: CREE, DEJA, or CONFLIT when its identifier served for another."""

    statut: Statut
    message: MessageDeLieu


@transaction.atomic
def send_message(*, by: Acteur, data: MessageData) -> MessageResult:
    """Send news of a place to a partner service; the same call twice sends once.

    Raises Refused when the service is not a partner, the place not theirs, or a word unknown.
    """
    # The service's writes queue at its ledger: two clicks at once must see each other.
    lock_chains([by.service.pk])
    with house_work(HouseWork.IDENTIFIER):
        found = MessageDeLieu.objects.filter(pk=data.id).first()
    if found is not None:
        return _again(by, data, found)
    towards = _towards(by, data)
    message = MessageDeLieu(
        id=data.id,
        partenariat=towards.partenariat,
        service_emetteur=by.service,
        service_destinataire=towards.service,
        poste=by.poste,
        lieu_id=data.lieu,
        creneau=data.creneau,
        effectif=data.effectif,
        categorie=data.categorie,
        envoye_le=clock.now(),
    )
    message.texte_scelle = seal(message, "texte_scelle", check_text(data.texte))
    message.save(force_insert=True)
    _trace(by, Acte.CREATION, "message", message.pk)
    return MessageResult(Statut.CREE, message)


@transaction.atomic
def answer_message(*, by: Acteur, message: MessageDeLieu, reponse: Reponse) -> ReponseMessage:
    """Answer a message addressed to one's service; the same answer twice is one answer.

    Raises Refused when the message is addressed to another service.
    """
    require_recipient(by, message)
    locked = MessageDeLieu.objects.select_for_update().get(pk=message.pk)
    latest = locked.reponses.order_by("-le", "-pk").first()
    if latest is not None and latest.reponse == reponse:
        return latest
    answer = ReponseMessage.objects.create(message=locked, poste=by.poste, reponse=reponse, le=clock.now())
    _trace(by, Acte.MODIFICATION, "message", message.pk)
    return answer


def require_recipient(by: Acteur, message: MessageDeLieu) -> None:
    """Let only the service addressed go on. Raises Refused."""
    if message.service_destinataire_id != by.service.pk:
        raise Refused("C'est à l'équipe qui a reçu ce message de répondre.")


@transaction.atomic
def give_contact(*, by: Acteur, contact: UUID, lieu: UUID, vers: UUID) -> bool:
    """Count a card given at a place; nothing is sent. Return False when it was already counted.

    Raises Refused when the service is not a partner prevention service or the place not ours.
    """
    lock_chains([by.service.pk])
    if ContactDonne.objects.filter(pk=contact).exists():
        return False
    cards = {
        towards.service.pk: towards.service
        for towards in destinataires(by)
        if towards.service.metier == Metier.PREVENTION_SPECIALISEE
    }
    if vers not in cards:
        raise Refused("Cette équipe d'éducateurs n'est pas dans votre partenariat.")
    if not lieux_of(by.service).filter(pk=lieu).exists():
        raise Refused("Ce lieu n'est pas dans le territoire de votre équipe.")
    ContactDonne.objects.create(
        id=contact,
        service=by.service,
        vers=cards[vers],
        lieu_id=lieu,
        jour=work_day(clock.now(), by.role),
    )
    _trace(by, Acte.CREATION, "contact", contact)
    return True


def _again(by: Acteur, data: MessageData, found: MessageDeLieu) -> MessageResult:
    if found.service_emetteur_id != by.service.pk:
        raise Refused("Cet identifiant de message n'est pas utilisable.")
    same = (
        found.poste_id,
        found.service_destinataire_id,
        found.lieu_id,
        found.creneau,
        found.effectif,
        found.categorie,
        unseal(found, "texte_scelle"),
    ) == (
        by.poste.pk,
        data.destinataire,
        data.lieu,
        data.creneau,
        data.effectif,
        data.categorie,
        data.texte,
    )
    return MessageResult(Statut.DEJA if same else Statut.CONFLIT, found)


def _towards(by: Acteur, data: MessageData) -> Destinataire:
    """Return the partnership and the service that this place and this service belong to."""
    words = (
        (Liste.CRENEAU, data.creneau),
        (Liste.EFFECTIF, data.effectif),
        (Liste.CATEGORIE, data.categorie),
    )
    listes = listes_of(by.service)
    for liste, code in words:
        if not listes.knows(liste, code):
            raise Refused(f"« {code} » n'est pas dans la liste « {liste.label} » de votre équipe.")
    possible = [towards for towards in destinataires(by) if towards.service.pk == data.destinataire]
    if not possible:
        raise Refused("Cette équipe n'est pas dans votre partenariat.")
    for towards in possible:
        if lieux_of(towards.partenariat).filter(pk=data.lieu).exists():
            return towards
    raise Refused("Ce lieu n'est pas dans le territoire partagé avec cette équipe.")


def _trace(by: Acteur, acte: Acte, genre: str, objet: UUID) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre=genre, objet=objet)
