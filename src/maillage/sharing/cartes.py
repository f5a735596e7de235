"""The person's own view: a code on a neutral card and a secret number of theirs, no account.

The code is never stored: a keyed digest finds the card, and the number opens it only together with
the code (Argon2id), so that the database alone lets nobody in. A card that does not open, an unknown
code and a wrong number answer alike, and take as long.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.audit.models import Ligne
from maillage.audit.pseudonyms import pseudonym
from maillage.base import clock
from maillage.base.encryption import keyring
from maillage.base.wall import HouseWork, house_work
from maillage.comptes.throttle import card_counts, give_back, reserve
from maillage.directory.models import Service
from maillage.dossiers import actions as dossiers
from maillage.dossiers.models import Accompagnement, Adhesion
from maillage.dossiers.queries import latest_adhesions, own_adhesions
from maillage.sharing.access import live, require_writer
from maillage.sharing.enums import (
    Alinea,
    Donneur,
    EtatAdhesion,
    FinaliteAdhesion,
    FormeAccord,
    StatutEchange,
)
from maillage.sharing.errors import BadAnswer, NotNow
from maillage.sharing.ledger import note
from maillage.sharing.models import Carte, Echange, Information, Ouverture
from maillage.sharing.persons.accompagnements import accompagnement_of
from maillage.sharing.receipts import BY_ADHESION, end_shares

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.comptes.acteur import Acteur

# No letter that is read as a figure; twelve of them are sixty bits.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 12
NUMBER = (6, 8)
LIFE = timedelta(days=365)
# Words of which nothing is left to take back.
OVER = (EtatAdhesion.RETIREE, EtatAdhesion.REFUSEE)
# What a danger asked for is never shown: the card may be read over the shoulder of a child.
UNSHOWN = ("information_preoccupante", "fait_de_transmission")


@dataclass(frozen=True)
class Told:
    """One line: to whom, what by category (`quoi`), since when, until when (None: no end fixed)."""

    qui: str
    quoi: str
    le: date
    fin: date | None = None
    finie: bool = False


@dataclass(frozen=True)
class Read:
    """How many times a service opened the person's sheet, and the last day."""

    qui: str
    fois: int
    le: date


@dataclass(frozen=True)
class OwnView:
    """What the card shows: what was told, who read, whether there is something to stop."""

    dits: Sequence[Told]
    lus: Sequence[Read]
    arretable: bool
    expire_le: date


@atomic
def give_card(*, by: Acteur, accompagnement: UUID, numero: str) -> str:
    """Make a card at the person's request, any former one ending; return its code, shown this once.

    `numero` is typed by the person. Raises NotVisible, ReadOnly, BadAnswer (not six to eight
    figures, or too easy), NotNow (ended).
    """
    require_writer(by)
    row = accompagnement_of(by, accompagnement)
    if row.clos_le is not None:
        raise NotNow("Cet accompagnement est terminé.")
    _require_number(numero)
    _end_cards(row.personne_id)
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    card = Carte.objects.create(
        personne=row.personne_id,
        service=by.service,
        poste=by.poste,
        empreinte=digest(code),
        verrou=lock(code, numero),
        le=clock.now(),
        expire_le=clock.today() + LIFE,
    )
    note(by, Acte.CREATION, "carte", card.pk)
    return code


@atomic
def cancel_card(*, by: Acteur, accompagnement: UUID) -> None:
    """End the person's card, lost for instance. Raises NotVisible, ReadOnly."""
    require_writer(by)
    row = accompagnement_of(by, accompagnement)
    if _end_cards(row.personne_id):
        note(by, Acte.FERMETURE, "carte", row.pk)


def has_card(by: Acteur, accompagnement: UUID) -> bool:
    """Tell whether the person holds a card that still opens. Raises NotVisible."""
    row = accompagnement_of(by, accompagnement)
    return _live().filter(personne=row.personne_id).exists()


@house_work(HouseWork.CARD)
def open_card(*, code: str, numero: str, adresse: str) -> Carte | None:
    """Return the card that this code and number open, None for anything else.

    Raises `comptes.throttle.TooMany` once too many were wrong, for this code or from this address.
    """
    typed = "".join(code.split()).replace("-", "").upper()
    counts = card_counts(digest(typed), adresse)
    reserve(counts)
    card = _live().filter(empreinte=digest(typed)).first()
    # The same work whether the card exists or not.
    right = check_password(_secret(typed, numero.strip()), card.verrou if card else _DECOY)
    if card is None or not right:
        return None
    give_back(counts)
    return card


@house_work(HouseWork.CARD)
def card_again(identifiant: UUID) -> Carte | None:
    """Return a card opened a moment ago, unless it ended meanwhile."""
    return _live().filter(pk=identifiant).first()


@atomic
@house_work(HouseWork.CARD)
def own_view(card: Carte) -> OwnView:
    """Return what the person may read about themselves; the reading leaves its ledger line."""
    support = Accompagnement.objects.get(personne=card.personne)
    _line(card, Acte.LECTURE)
    dits = [*_told_by_exchange(support), *_told_by_opening(support), *_told_to_authorities(support)]
    return OwnView(
        dits=sorted(dits, key=lambda one: (one.le, one.qui), reverse=True),
        lus=_reads(support),
        arretable=_stoppable(support),
        expire_le=card.expire_le,
    )


@atomic
@house_work(HouseWork.CARD)
def stop_all(card: Carte) -> int:
    """Take back every word of the person: what rested on one ends now; return how many shares ended.

    What the law imposes or allows without agreement is not theirs to stop, and is not touched.
    """
    support = Accompagnement.objects.select_for_update().select_related("service").get(personne=card.personne)
    for word in _words(support):
        dossiers.add_adhesion(
            accompagnement=support,
            destinataire=word.destinataire,
            finalite=word.finalite,
            donneur=Donneur.JEUNE,
            lien=None,
            etat=EtatAdhesion.RETIREE,
            forme=FormeAccord.CARTE,
            par=card.poste,
        )
    ended = end_shares(support.personne_id, support.service)
    support.inscriptions.filter(fin=None).update(fin=clock.today())
    _line(card, Acte.RETRAIT)
    return ended


def _words(support: Accompagnement) -> list[Adhesion]:
    """Return the person's words that a stop takes back; to being supported, even one never given."""
    events = support.adhesions.filter(donneur=Donneur.JEUNE).select_related("destinataire", "titulaire")
    latest = latest_adhesions(events.order_by("le", "rang"))
    own = Adhesion(destinataire=None, finalite=FinaliteAdhesion.ACCOMPAGNEMENT)
    return [own, *(one for one in latest if not _is_own(one) and one.etat not in OVER)]


def _is_own(word: Adhesion) -> bool:
    return word.destinataire_id is None and word.finalite == FinaliteAdhesion.ACCOMPAGNEMENT


def _stoppable(support: Accompagnement) -> bool:
    """Tell whether something still rests on the person's word: a word not taken back, or a live share."""
    own = own_adhesions(support).order_by("-le", "-rang").first()
    shares = Ouverture.objects.filter(
        live(), personne=support.personne_id, portee__in=BY_ADHESION[FinaliteAdhesion.ACCOMPAGNEMENT]
    )
    return (
        own is None
        or own.etat != EtatAdhesion.RETIREE
        or len(_words(support)) > 1
        or shares.exclude(service=support.service).exists()
    )


def _told_by_exchange(support: Accompagnement) -> list[Told]:
    about = Q(sujet=support.personne_id)
    if support.orientation is not None:
        about |= Q(orientation=support.orientation)
    rows = Echange.objects.filter(about, statut=StatutEchange.TRANSMIS, information__isnull=True)
    shown = rows.exclude(Q(nature__in=UNSHOWN) | Q(ouvertures__personne=support.personne_id))
    return [
        Told(row.service_destinataire.nom_court, row.nature, clock.day_of(row.le))
        for row in shown.select_related("service_destinataire")
    ]


def _told_by_opening(support: Accompagnement) -> list[Told]:
    rows = Ouverture.objects.filter(personne=support.personne_id).exclude(service=support.service)
    return [
        Told(
            row.service.nom_court,
            row.portee,
            clock.day_of(row.debut),
            clock.day_of(row.fin) if row.fin else None,
            bool(row.cause_fin) or (row.fin is not None and row.fin <= clock.now()),
        )
        for row in rows.select_related("service")
    ]


def _told_to_authorities(support: Accompagnement) -> list[Told]:
    rows = Information.objects.filter(personne=support.personne_id).exclude(alinea=Alinea.FAIT)
    return [Told(row.autorite, f"alinea_{row.alinea}", clock.day_of(row.le)) for row in rows]


def _reads(support: Accompagnement) -> list[Read]:
    """Count the openings of the person's sheets, the orientation's included, by service; never by whom."""
    marks = [pseudonym(one) for one in (support.pk, support.personne_id, *_oriented(support))]
    rows = Ligne.objects.filter(objet__in=marks, acte=Acte.LECTURE)
    lines = list(rows.values_list("chaine", "le").order_by("le"))
    names = dict(Service.objects.filter(pk__in={one for one, _ in lines}).values_list("pk", "nom_court"))
    counts = Counter(chain for chain, _ in lines)
    last = {chain: clock.day_of(le) for chain, le in lines}
    found = [Read(names[chain], number, last[chain]) for chain, number in counts.items() if chain in names]
    return sorted(found, key=lambda one: (one.le, one.qui), reverse=True)


def _oriented(support: Accompagnement) -> list[UUID]:
    """Return whom the orientation that led here was about, while something of it is still kept."""
    if support.orientation is None:
        return []
    subjects = Echange.objects.filter(orientation=support.orientation).values_list("sujet", flat=True)
    return [one for one in subjects.distinct() if one is not None and one != support.personne_id]


def _line(card: Carte, acte: Acte) -> None:
    record(chaine=card.service_id, acte=acte, acteur=None, objet_genre="carte", objet=card.pk)


def _live() -> QuerySet[Carte]:
    return Carte.objects.filter(finie_le__isnull=True, expire_le__gt=clock.today()).select_related("poste")


def _end_cards(personne: UUID) -> int:
    return _live().filter(personne=personne).update(finie_le=clock.now())


def _require_number(numero: str) -> None:
    least, most = NUMBER
    if not (numero.isdecimal() and numero.isascii() and least <= len(numero) <= most):
        raise BadAnswer("numero", f"Choisissez de {least} à {most} chiffres.")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(numero)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise BadAnswer("numero", "Trop facile à deviner : ni suite, ni répétition.")


def digest(code: str) -> str:
    """Return what stands for a code in the database, keyed so that the database alone says nothing."""
    message = f"maillage carte {code}".encode()
    return hmac.new(keyring().pseudonym, message, hashlib.sha256).hexdigest()


def lock(code: str, numero: str) -> str:
    """Return what code and number open together."""
    return make_password(_secret(code, numero))


def _secret(code: str, numero: str) -> str:
    return f"{code}:{numero}"


_DECOY = make_password(secrets.token_hex(16))
