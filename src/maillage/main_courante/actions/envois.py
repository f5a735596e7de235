"""What telephones send when the network is back: each note once, under its author's name (S-25 to S-29).

A telephone forgets an envelope on `cree` and `deja` only. Envelopes are sent by their author or by a
member of the outing's crew; those of someone who may no longer come in go to the sealed tray.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.acteur import Acteur
from maillage.comptes.devices import post_now
from maillage.conventions.acteurs import acting
from maillage.directory.enums import Metier
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.main_courante.actions.consignes import ConsigneData, leave_consigne, transmit_report
from maillage.main_courante.actions.messages import MessageData, send_message
from maillage.main_courante.actions.notes import FUTURE_TOLERANCE, OLDEST_BELIEVED, write_notes
from maillage.main_courante.actions.sorties import cover
from maillage.main_courante.enums import Envoi, GenreSortie
from maillage.main_courante.enveloppes import Contenu, Enveloppe, SortieDite, open_all
from maillage.main_courante.gestes import Geste
from maillage.main_courante.jours import work_day
from maillage.main_courante.models import EnveloppeDeposee, Note, Sortie
from maillage.main_courante.saisie import NoteData, Refused, check_text, parse_note


@dataclass(frozen=True)
class Recu:
    """What became of one envelope: its identifier, its status, the reason to show."""

    id: UUID
    statut: Envoi
    motif: str = ""


@transaction.atomic
def receive(*, by: Acteur, enveloppes: Sequence[Enveloppe]) -> list[Recu]:
    """Write what these envelopes hold, in one transaction, and answer for each, in order."""
    reception = _Reception()
    for one, content in zip(enveloppes, open_all(enveloppes), strict=True):
        if isinstance(content, Refused):
            reception.answer(Recu(one.id, Envoi.REFUSE, str(content)))
        else:
            reception.take(content, *reception.author(by, content))
    return reception.finish()


@transaction.atomic
@house_work(HouseWork.TRAY)
def deposit(*, enveloppes: Sequence[Enveloppe]) -> list[Recu]:
    """Put in the sealed tray the envelopes of authors who may no longer come in; refuse the others.

    Needs no sign-in: the telephone may be the only thing left, and each envelope proves itself.
    """
    return [
        Recu(one.id, Envoi.REFUSE, str(content)) if isinstance(content, Refused) else _deposit(one, content)
        for one, content in zip(enveloppes, open_all(enveloppes), strict=True)
    ]


@transaction.atomic
def pour_tray(*, by: Acteur) -> int:
    """Write in the logbook what waits in the service's tray, under its authors' names; return how many.

    What the lists now refuse stays in the tray. The head of service decides; the author reads nothing.
    """
    rows = list(
        EnveloppeDeposee.objects.select_for_update()
        .filter(service=by.service, versee_le=None)
        .order_by("deposee_le", "pk")
    )
    sealed = [Enveloppe(row.pk, row.ouverture, row.cle, bytes(row.enveloppe)) for row in rows]
    reception = _Reception()
    for content in open_all(sealed):
        if not isinstance(content, Refused):
            reception.take(content, _former(content), None)
    poured = [one.id for one in reception.finish() if one.statut != Envoi.REFUSE]
    EnveloppeDeposee.objects.filter(pk__in=poured).update(versee_le=clock.now())
    _trace(by, Acte.DECISION, "bac", None)
    return len(poured)


class _Reception:
    """Envelopes being written: what must be known once for all, notes written by batch and author."""

    def __init__(self) -> None:
        self.answers: list[Recu | None] = []
        self.authors: dict[UUID, Acteur | None] = {}
        self.sorties: dict[tuple[UUID, SortieDite], Sortie] = {}
        self.batches: dict[UUID, tuple[Acteur, list[tuple[int, NoteData]]]] = {}

    def answer(self, recu: Recu | None) -> None:
        """Answer for the next envelope; None when its note is still to be written."""
        self.answers.append(recu)

    def author(self, by: Acteur, content: Contenu) -> tuple[Acteur | None, Envoi | None]:
        """Return in whose name this sender's envelope is written, or why it is not."""
        shift = content.ouverture
        if shift.poste_id == by.poste.pk:
            return by, None
        if shift.poste.service_id != by.service.pk or not _same_crew(by, content):
            return None, Envoi.AUTRE
        if shift.pk not in self.authors:
            held = post_now(shift.compte, shift.poste_id)
            self.authors[shift.pk] = acting(shift.compte, held) if held else None
        author = self.authors[shift.pk]
        return author, Envoi.BAC if author is None else None

    def take(self, content: Contenu, author: Acteur | None, refusal: Envoi | None) -> None:
        """Write what is not a note at once; keep notes for their author's batch."""
        if author is None:
            self.answer(Recu(content.id, refusal or Envoi.REFUSE))
            return
        try:
            with transaction.atomic():
                self.answer(self._taken(author, content))
        except Refused as refused:
            self.answer(Recu(content.id, Envoi.REFUSE, str(refused)))

    def finish(self) -> list[Recu]:
        """Write the notes, then what their outings covered; return every answer in order."""
        for author, batch in self.batches.values():
            results = write_notes(by=author, batch=[data for _, data in batch])
            for (index, data), result in zip(batch, results, strict=True):
                self.answers[index] = Recu(data.id, Envoi(result.statut.value), result.motif)
        for sortie in {one.pk: one for one in self.sorties.values() if one.fin is not None}.values():
            cover(sortie)
        return [one for one in self.answers if one is not None]

    def _taken(self, author: Acteur, content: Contenu) -> Recu | None:
        sortie = self._sortie(author, content.sortie)
        if content.genre == "sortie":
            return Recu(content.id, Envoi.CREE)
        if content.genre == "message":
            sent = send_message(by=author, data=_message(content.donnees))
            return Recu(content.id, Envoi(sent.statut.value))
        if content.genre == "consigne":
            leave_consigne(by=author, data=_consigne(content.donnees))
            return Recu(content.id, Envoi.CREE)
        data = replace(parse_note(content.donnees), sortie=sortie.pk if sortie else None)
        self.batches.setdefault(author.poste.pk, (author, []))[1].append((len(self.answers), data))
        return None

    def _sortie(self, author: Acteur, told: SortieDite | None) -> Sortie | None:
        if told is None:
            return None
        key = (author.poste.pk, told)
        if key not in self.sorties:
            self.sorties[key] = _kept_sortie(author, told)
        return self.sorties[key]


def _same_crew(by: Acteur, content: Contenu) -> bool:
    """Say whether the sender is of the crew: as the author proved it, or as the logbook knows it."""
    told = content.sortie
    if told is None:
        return False
    with house_work(HouseWork.IDENTIFIER):
        known = Sortie.objects.filter(pk=told.id).first()
    if known is None:
        return by.poste.pk in told.equipage
    return known.service_id == by.service.pk and known.equipage.filter(pk=by.poste.pk).exists()


def _kept_sortie(author: Acteur, told: SortieDite) -> Sortie:
    """Return the outing that the telephone tells, opened the first time, ended when it says so."""
    with house_work(HouseWork.IDENTIFIER):
        known = Sortie.objects.filter(pk=told.id).first()
    sortie = known or _new_sortie(author, told)
    if sortie.service_id != author.service.pk or not sortie.equipage.filter(pk=author.poste.pk).exists():
        raise Refused("Vous n'êtes pas dans l'équipe de cette sortie.")
    if told.fin is not None and sortie.fin is None:
        sortie.fin = max(_plausible(told.fin), sortie.debut)
        sortie.save(update_fields=["fin"])
        _trace(author, Acte.MODIFICATION, "sortie", sortie.pk)
        if sortie.jour <= work_day(clock.now(), author.role):
            transmit_report(by=author, jour=sortie.jour)
    return sortie


def _new_sortie(author: Acteur, told: SortieDite) -> Sortie:
    begun = _plausible(told.debut)
    prevention = author.service.metier == Metier.PREVENTION_SPECIALISEE
    sortie = Sortie.objects.create(
        id=told.id,
        service=author.service,
        genre=GenreSortie.SORTIE_DE_RUE if prevention else GenreSortie.TOURNEE,
        jour=work_day(begun, author.role),
        debut=begun,
    )
    crew = Poste.objects.filter(active_on(begun.date()), service=author.service, pk__in=told.equipage)
    sortie.equipage.set([author.poste, *crew.exclude(pk=author.poste.pk)])
    _trace(author, Acte.CREATION, "sortie", sortie.pk)
    return sortie


def _plausible(told: datetime) -> datetime:
    """Return the telephone's hour, or ours when it cannot be (S-28)."""
    now = clock.now()
    return told if now - OLDEST_BELIEVED <= told <= now + FUTURE_TOLERANCE else now


def _message(raw: Any) -> MessageData:
    try:
        pk, towards, place = (UUID(raw[name]) for name in ("id", "destinataire", "lieu"))
        slot, number, what = (raw[name] for name in ("creneau", "effectif", "categorie"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused("Ce mot à l'autre équipe ne se lit pas.") from error
    if not all(isinstance(code, str) for code in (slot, number, what)):
        raise Refused("Ce mot à l'autre équipe ne se lit pas.")
    return MessageData(pk, towards, place, slot, number, what, check_text(raw.get("texte", "")))


def _consigne(raw: Any) -> ConsigneData:
    """Read a consigne; it holds from its arrival, since the next team is the one that reads it."""
    try:
        return ConsigneData(
            UUID(raw["id"]), UUID(raw["lieu"]), Geste(raw["geste"]), texte=check_text(raw.get("texte", ""))
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused("Cette consigne ne se lit pas.") from error


def _deposit(one: Enveloppe, content: Contenu) -> Recu:
    shift = content.ouverture
    if post_now(shift.compte, shift.poste_id) is not None:
        return Recu(one.id, Envoi.AUTRE)
    if Note.objects.filter(pk=one.id).exists():
        return Recu(one.id, Envoi.DEJA)
    held, made = EnveloppeDeposee.objects.get_or_create(
        pk=one.id,
        defaults={
            "service": shift.poste.service,
            "poste": shift.poste,
            "ouverture": shift.pk,
            "cle": one.cle,
            "enveloppe": one.scelle,
            "deposee_le": clock.now(),
        },
    )
    if made:
        record(
            chaine=held.service_id, acte=Acte.CREATION, acteur=None, objet_genre="enveloppe", objet=held.pk
        )
        return Recu(one.id, Envoi.CREE)
    return Recu(one.id, Envoi.DEJA if bytes(held.enveloppe) == one.scelle else Envoi.CONFLIT)


def _former(content: Contenu) -> Acteur:
    """Return the author as they were: what they wrote then stays theirs."""
    shift = content.ouverture
    return acting(shift.compte, shift.poste)


def _trace(by: Acteur, acte: Acte, genre: str, objet: UUID | None) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre=genre, objet=objet)
