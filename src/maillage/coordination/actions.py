"""Writes of the coordination: its contact book, its reminders to services."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.coordination.enums import GenreContact
from maillage.coordination.models import Contact, RappelService
from maillage.directory.enums import Role

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

PHONE = re.compile(r"\+?[0-9][0-9 .]{2,18}")


@atomic
def add_contact(
    *, by: Acteur, partenariat: Partenariat, genre: str, structure: str, fonction: str, telephone: str
) -> Contact:
    """Write a function and its telephone in the book. Raises NotYours, CannotWrite, BadAnswer."""
    _require(by, partenariat)
    if genre not in GenreContact.values:
        raise BadAnswer("genre", "Choisissez une sorte de contact de la liste.")
    if not structure.strip() or not fonction.strip():
        raise BadAnswer("structure", "Dites la structure et la fonction à appeler.")
    if not PHONE.fullmatch(telephone.strip()):
        raise BadAnswer("telephone", "Un téléphone s'écrit en chiffres, par exemple 01 99 00 12 34.")
    row, _ = Contact.objects.update_or_create(
        partenariat=partenariat,
        structure=structure.strip(),
        fonction=fonction.strip(),
        defaults={"genre": genre, "telephone": telephone.strip(), "maj_le": clock.now()},
    )
    _note(by, Acte.MODIFICATION, "contact", row.pk)
    return row


@atomic
def remove_contact(*, by: Acteur, contact: UUID) -> Partenariat:
    """Take a contact out of the book; return its partnership. Raises NotYours, CannotWrite."""
    row = (
        Contact.objects.select_related("partenariat")
        .filter(pk=contact, partenariat__in=by.partenariat_ids)
        .first()
    )
    if row is None:
        raise NotYours
    _require(by, row.partenariat)
    row.delete()
    _note(by, Acte.EFFACEMENT, "contact", contact)
    return row.partenariat


@atomic
def remind_service(*, by: Acteur, partenariat: Partenariat, service: UUID) -> RappelService:
    """Remind a member service that answers are awaited: once a day, of nobody, to no one in particular.

    Raises NotYours, CannotWrite, NotNow (reminded today already).
    """
    _require(by, partenariat)
    if service not in {one.pk for one in members(partenariat)}:
        raise NotYours
    row, fresh = RappelService.objects.get_or_create(
        partenariat=partenariat, service_id=service, le=clock.today()
    )
    if not fresh:
        raise NotNow("Ce service a déjà eu son rappel aujourd'hui : un par jour au plus.")
    _note(by, Acte.CREATION, "rappel", service)
    return row


def _require(by: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in by.partenariat_ids or by.role != Role.COORDINATION:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")


def _note(by: Acteur, acte: Acte, genre: str, objet: UUID) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre=genre, objet=objet)
