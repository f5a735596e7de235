"""Writes about teams that change: departures handed over, cards read, contracts, evidence, employers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import must_sign
from maillage.directory.enums import Contrat, Role
from maillage.directory.imports.posts import parse_telephone
from maillage.directory.imports.structures import KnownStructures, parse_siret
from maillage.directory.models import Poste, Structure
from maillage.equipes.arrivee import cards_read
from maillage.equipes.contrats import WITH_TERM, post_of, require_head
from maillage.equipes.enums import Carte, Exigence
from maillage.equipes.models import EmployeurPartenaire, EtapeArrivee, PreuveNorme, Qualification
from maillage.equipes.queries import Depart, departure, takers
from maillage.law.verdict import say_date
from maillage.orientations.actions import reassign_porteur, reassign_referent
from maillage.orientations.models import Orientation
from maillage.sharing import persons
from maillage.sharing.access import require_writer
from maillage.sharing.enums import MotifRelais
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly
from maillage.sharing.ledger import note

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur


@atomic
def hand_over_departure(*, by: Acteur, poste: UUID, preneur: UUID) -> Depart:
    """Pass everything the leaving post carries to one colleague; return what has passed.

    Each orientation and each support changes hands with its history and its own ledger line; all or
    none. For the head of service. Raises NotVisible (not a leaving post of my service), ReadOnly,
    BadAnswer (a taker who is not in post, leaves no later, or meets nobody).
    """
    if by.role != Role.CHEF_DE_SERVICE:
        raise NotVisible
    require_writer(by)
    leaving = departure(by, poste)
    to = next((one for one in takers(by, leaving.poste) if one.pk == preneur), None)
    if to is None:
        raise BadAnswer("preneur", "Choisissez une personne de votre service, en poste après ce départ.")
    for orientation in Orientation.objects.filter(pk__in=leaving.orientations).order_by("pk"):
        reassign_porteur(orientation=orientation, by=by, porteur=to)
    for orientation in Orientation.objects.filter(pk__in=leaving.recues).order_by("pk"):
        reassign_referent(orientation=orientation, by=by, referent=to)
    for accompagnement in leaving.accompagnements:
        persons.hand_over(accompagnement=accompagnement, to=to, by=by, motif=MotifRelais.DEPART)
    passed = {
        "orientations": len(leaving.orientations),
        "recues": len(leaving.recues),
        "accompagnements": len(leaving.accompagnements),
    }
    note(by, Acte.MODIFICATION, "depart", leaving.poste.pk, passed)
    return leaving


@atomic
def read_card(*, by: Acteur, partenariat: Partenariat, carte: Carte) -> None:
    """Write that this post has read a card, today; reading twice changes nothing.

    Raises NotVisible (a post that follows no path, another's partnership), ReadOnly, NotNow (a card
    before this one is still to read).
    """
    if partenariat.pk not in by.partenariat_ids or not must_sign(by.poste):
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly
    read, cards = cards_read(by.poste, partenariat), list(Carte)
    for before in cards[: cards.index(carte)]:
        if before not in read:
            raise NotNow(f"Lisez d'abord la carte « {before.label} ».")
    if carte not in read:
        EtapeArrivee.objects.create(poste=by.poste, partenariat=partenariat, carte=carte, le=clock.today())
        note(by, Acte.MODIFICATION, "arrivee", partenariat.pk, {"carte": carte.value})


@atomic
def change_contract(*, by: Acteur, poste: UUID, contrat: Contrat, fin: date | None) -> Poste:
    """Write a post's kind of contract and last day; the direction's act, never on its own post.

    Raises NotVisible, ReadOnly, BadAnswer (an end before the start, past, or missing where the kind
    has one).
    """
    row = post_of(by, poste)
    if by.role != Role.DIRECTION or row.professionnel_id == by.professionnel_id:
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly
    if fin is None and contrat in WITH_TERM:
        raise BadAnswer("fin", f"Un contrat « {contrat.label} » a une date de fin : donnez-la.")
    if fin is not None and fin < row.debut:
        raise BadAnswer(
            "fin", f"Ce contrat finirait avant d'avoir commencé, le {say_date(row.debut)} : corrigez la date."
        )
    if fin is not None and fin != row.fin and fin < clock.today():
        raise BadAnswer("fin", "Cette date est passée : pour fermer l'accès ce soir, donnez aujourd'hui.")
    current = Poste.objects.select_for_update().get(pk=row.pk)
    current.contrat, current.fin = contrat, fin
    current.save(update_fields=["contrat", "fin"])
    note(by, Acte.MODIFICATION, "poste", row.pk, {"contrat": contrat.value, "fin": str(fin or "")})
    return current


@atomic
def add_qualification(
    *, by: Acteur, poste: UUID, intitule: str, obtenue_le: date, preuve: str, fin: date | None = None
) -> Qualification:
    """Write a qualification of whoever holds the post. Writing it twice changes nothing.

    Raises NotVisible, ReadOnly, BadAnswer (to come, or ending before it was obtained).
    """
    row = post_of(by, poste)
    if by.lecture_seule:
        raise ReadOnly
    _require_past(obtenue_le, fin, "obtenue_le")
    found, created = Qualification.objects.get_or_create(
        professionnel=row.professionnel,
        intitule=intitule,
        obtenue_le=obtenue_le,
        defaults={"preuve": preuve, "fin": fin, "par": by.poste},
    )
    if created:
        note(by, Acte.CREATION, "qualification", found.pk)
    return found


@atomic
def add_evidence(
    *, by: Acteur, exigence: Exigence, piece: str, le: date, fin: date | None = None
) -> PreuveNorme:
    """Write which piece answers a demand of the norm, its date, and where it is kept.

    Raises NotVisible, ReadOnly, BadAnswer (to come, or lapsing before its date).
    """
    require_head(by)
    if by.lecture_seule:
        raise ReadOnly
    _require_past(le, fin, "le")
    row = PreuveNorme.objects.create(
        service=by.service, exigence=exigence, piece=piece, le=le, fin=fin, par=by.poste
    )
    note(by, Acte.CREATION, "preuve_norme", row.pk, {"exigence": exigence.value})
    return row


@atomic
def add_employer(
    *, by: Acteur, nom: str, siret: str, emplois: str, contact: str = "", telephone: str = ""
) -> EmployeurPartenaire:
    """Keep an employer for what comes after a contract, recognised by its SIRET.

    Another name under a known SIRET is kept as a spelling. Raises NotVisible, ReadOnly, BadAnswer
    (a SIRET or a number that cannot be one, an employer already kept).
    """
    require_head(by)
    if by.lecture_seule:
        raise ReadOnly
    number = _read("telephone", parse_telephone, telephone)
    structure = _employer(nom, _read("siret", parse_siret, siret))
    kept = EmployeurPartenaire.objects.filter(service=by.service, structure=structure, retire_le=None)
    if kept.exists():
        raise BadAnswer("siret", f"{structure} est déjà dans votre liste.")
    row = EmployeurPartenaire.objects.create(
        service=by.service,
        structure=structure,
        emplois=emplois,
        contact=contact,
        telephone=number,
        depuis=clock.today(),
    )
    note(by, Acte.CREATION, "employeur", row.pk)
    return row


@atomic
def retire_employer(*, by: Acteur, employeur: UUID) -> None:
    """Put an employer aside; it may be kept again later. Raises NotVisible, ReadOnly."""
    require_head(by)
    if by.lecture_seule:
        raise ReadOnly
    kept = EmployeurPartenaire.objects.filter(pk=employeur, service=by.service, retire_le=None)
    if not kept.update(retire_le=clock.today()):
        raise NotVisible
    note(by, Acte.MODIFICATION, "employeur", employeur)


def _require_past(le: date, fin: date | None, champ: str) -> None:
    if le > clock.today():
        raise BadAnswer(champ, "Cette date n'est pas encore venue.")
    if fin is not None and fin < le:
        raise BadAnswer("fin", f"La fin est avant le {say_date(le)} : corrigez la date.")


def _read(champ: str, parse: Callable[[str], str], text: str) -> str:
    """Return what was typed as it is kept. Raises BadAnswer beside the field."""
    try:
        return parse(text)
    except ValueError as error:
        raise BadAnswer(champ, str(error)) from error


def _employer(nom: str, siret: str) -> Structure:
    """Return the legal person of this SIRET; another name is kept as a spelling."""
    known = KnownStructures()
    known.store({"nom": nom, "siret": siret, "sigle": "", "nature": ""})
    return known.by_siret[siret]
