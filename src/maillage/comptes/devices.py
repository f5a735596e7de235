"""Service telephones and the notebook's shifts: an enrolled device and six digits, for notes only (S-05).

Nothing here opens a session: what these two factors give is an `OuvertureCarnet`, which lets one post
write notes that name nobody, for one shift, on one telephone. Everything else asks the full sign-in.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import keyring
from maillage.comptes import throttle
from maillage.comptes.acteur import Acteur
from maillage.comptes.actions import AccountError
from maillage.comptes.models import CodeCarnet, Compte, OuvertureCarnet, Telephone
from maillage.comptes.queries import active_post
from maillage.comptes.sign_in import Refused
from maillage.directory.enums import Role
from maillage.directory.models import Poste

SHIFT = timedelta(hours=12)
CODE = re.compile(r"[0-9]{6}\Z")
FIELD = frozenset({Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, Role.EDUCATEUR})
_RUNS = "01234567890 09876543210"


@dataclass(frozen=True)
class Enrolled:
    """A telephone just enrolled, and the secret it keeps: readable this once."""

    telephone: Telephone
    jeton: str


@dataclass(frozen=True)
class Opened:
    """A shift just opened, and what the telephone shows at each request; "" within a full session."""

    ouverture: OuvertureCarnet
    jeton: str


@atomic
def enrol_telephone(*, by: Acteur, nom: str) -> Enrolled:
    """Enrol this telephone for the head's service. Raises AccountError when its name is empty or too long."""
    name = " ".join(nom.split())
    if not 1 <= len(name) <= 40 or not name.isprintable():
        raise AccountError("Donnez à ce téléphone un nom court, celui de son étiquette.")
    jeton = secrets.token_urlsafe(32)
    telephone = Telephone.objects.create(
        service=by.service, nom=name, empreinte=_digest(jeton), par=by.poste, inscrit_le=clock.now()
    )
    _trace(by.service.pk, by.professionnel_id, Acte.CREATION, "telephone", telephone.pk)
    return Enrolled(telephone, jeton)


@atomic
def retire_telephone(*, by: Acteur, telephone: UUID) -> bool:
    """Retire a telephone of the service: its open shifts end at once. False when it is not ours."""
    now = clock.now()
    mine = Telephone.objects.filter(pk=telephone, service=by.service, retire_le=None)
    if not mine.update(retire_le=now):
        return False
    OuvertureCarnet.objects.filter(telephone=telephone, fermee_le=None).update(fermee_le=now)
    _trace(by.service.pk, by.professionnel_id, Acte.RETRAIT, "telephone", telephone)
    return True


@atomic
def choose_code(*, by: Acteur, compte: Compte, code: str) -> None:
    """Keep the six digits that will open the notebook. Raises AccountError when they are too easy."""
    if not CODE.match(code):
        raise AccountError("Six chiffres.")
    if len(set(code)) < 3 or code in _RUNS:
        raise AccountError("Ce code se devine trop vite : ni suite, ni chiffre répété.")
    CodeCarnet.objects.update_or_create(
        compte=compte, defaults={"empreinte": make_password(code), "choisi_le": clock.now()}
    )
    _trace(by.service.pk, by.professionnel_id, Acte.COMPTE, "code_carnet", compte.pk)


def telephone_of(jeton: str) -> Telephone | None:
    """Return the enrolled telephone that keeps this secret, None when unknown or retired."""
    if not jeton:
        return None
    return (
        Telephone.objects.select_related("service").filter(empreinte=_digest(jeton), retire_le=None).first()
    )


def open_with_code(*, telephone: Telephone, poste: UUID, code: str) -> Opened:
    """Open the notebook for a shift: the enrolled telephone, then the person's six digits.

    Raises `Refused` whatever is wrong, or `throttle.TooMany` without evaluating the guess.
    """
    counts = throttle.notebook_counts(str(telephone.pk), str(poste))
    throttle.reserve(counts)
    compte = _compte_of(poste)
    kept = CodeCarnet.objects.filter(compte=compte).first() if compte else None
    right = check_password(code, kept.empreinte if kept else _decoy())
    held = post_now(compte, poste) if compte else None
    if not right or compte is None or held is None or not _writes_here(held, telephone):
        with atomic():
            _trace(telephone.service_id, None, Acte.CONNEXION_REFUSEE, "telephone", telephone.pk)
        raise Refused
    throttle.give_back(counts)
    jeton = secrets.token_urlsafe(32)
    return Opened(_open(compte, held, telephone, _digest(jeton)), jeton)


def open_in_session(*, by: Acteur) -> Opened:
    """Open the notebook for someone signed in with both factors, on a telephone of their own.

    Raises `Refused` for a post that does not write notes.
    """
    if not _may_write(by.poste):
        raise Refused
    return Opened(_open(Compte.objects.get(pk=by.compte_id), by.poste, None, ""), "")


def post_of_shift(jeton: str, telephone: Telephone | None) -> tuple[Compte, Poste] | None:
    """Return who writes and in which post, from what the telephone shows.

    None when the shift is over or the post ended.
    """
    if not jeton or telephone is None:
        return None
    now = clock.now()
    found = (
        OuvertureCarnet.objects.select_related("compte")
        .filter(empreinte=_digest(jeton), telephone=telephone, fermee_le=None, expire_le__gt=now)
        .first()
    )
    if found is None or found.version_acces != found.compte.version_acces:
        return None
    held = post_now(found.compte, found.poste_id)
    return (found.compte, held) if held is not None else None


@atomic
def close_shift(*, jeton: str) -> None:
    """End a shift: the telephone must be opened again with the six digits."""
    if jeton:
        OuvertureCarnet.objects.filter(empreinte=_digest(jeton), fermee_le=None).update(fermee_le=clock.now())


def post_now(compte: Compte, poste: UUID) -> Poste | None:
    """Return that very post if the account's owner can act in it now."""
    held = active_post(compte, clock.now(), poste)
    return held if held is not None and held.pk == poste else None


def proof_key(ouverture: UUID) -> bytes:
    """Return the 32 bytes with which a shift proves its notes; derived, never stored here."""
    message = b"maillage carnet preuve:" + str(ouverture).encode()
    return hmac.new(keyring().pseudonym, message, hashlib.sha256).digest()


def _open(compte: Compte, poste: Poste, telephone: Telephone | None, empreinte: str) -> OuvertureCarnet:
    now = clock.now()
    with atomic():
        ouverture = OuvertureCarnet.objects.create(
            compte=compte,
            poste=poste,
            telephone=telephone,
            empreinte=empreinte,
            version_acces=compte.version_acces,
            ouverte_le=now,
            expire_le=now + SHIFT,
        )
        _trace(poste.service_id, poste.professionnel_id, Acte.CONNEXION, "carnet", ouverture.pk)
    return ouverture


def _may_write(poste: Poste) -> bool:
    return poste.role in FIELD and not poste.lecture_seule


def _writes_here(poste: Poste, telephone: Telephone) -> bool:
    return poste.service_id == telephone.service_id and _may_write(poste)


def _compte_of(poste: UUID) -> Compte | None:
    held = Poste.objects.filter(pk=poste).values_list("professionnel", flat=True).first()
    return Compte.objects.filter(professionnel=held).first() if held else None


def _decoy() -> str:
    """Return a hash that nothing opens, of the same cost as a real one."""
    return make_password(secrets.token_hex(8))


def _digest(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()


def _trace(chaine: UUID, acteur: UUID | None, acte: Acte, genre: str, objet: UUID) -> None:
    record(chaine=chaine, acte=acte, acteur=acteur, objet_genre=genre, objet=objet)
