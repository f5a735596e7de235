"""What a telephone sealed, opened: who wrote it, in which outing, and what it says.

Inside an envelope: 32 bytes of proof (HMAC-SHA256 by the shift's key over the identifier and the rest),
then JSON `{"genre", "donnees", "sortie"}`. The proof makes the author sure whoever brings the envelope.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maillage.base.clock import parse_moment
from maillage.base.sealing import NotOurs, open_envelope
from maillage.comptes.devices import proof_key
from maillage.comptes.models import OuvertureCarnet
from maillage.main_courante.saisie import Refused

GENRES = ("note", "message", "consigne", "sortie")
PROOF_BYTES = 32
LIMIT = 64 * 1024
CREW_LIMIT = 12


@dataclass(frozen=True)
class Enveloppe:
    """A sealed envelope as a telephone sends it; `id` is the identifier of what it holds."""

    id: UUID
    ouverture: UUID
    cle: str
    scelle: bytes


@dataclass(frozen=True)
class SortieDite:
    """An outing as the telephone knows it: its crew (post identifiers), its hours by the telephone."""

    id: UUID
    debut: datetime
    equipage: tuple[UUID, ...]
    fin: datetime | None


@dataclass(frozen=True)
class Contenu:
    """An envelope opened and proved: its author's shift, its kind, its data, its outing."""

    id: UUID
    ouverture: OuvertureCarnet
    genre: str
    donnees: Mapping[str, Any]
    sortie: SortieDite | None


def open_all(enveloppes: Sequence[Enveloppe]) -> list[Contenu | Refused]:
    """Open envelopes, in order; a `Refused` stands for one that cannot be trusted or read."""
    wanted = {one.ouverture for one in enveloppes}
    shifts = OuvertureCarnet.objects.select_related(
        "compte", "poste__service", "poste__professionnel"
    ).in_bulk(list(wanted))
    return [_open(one, shifts.get(one.ouverture)) for one in enveloppes]


def proved(*, ouverture: UUID, identifier: UUID, content: Mapping[str, Any]) -> bytes:
    """Return the clear content of an envelope, proof first (measurements and simulated telephones)."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return _proof(ouverture, identifier, body) + body


def _open(one: Enveloppe, shift: OuvertureCarnet | None) -> Contenu | Refused:
    try:
        if shift is None or len(one.scelle) > LIMIT:
            raise NotOurs("unknown shift, or far too long")
        clear = open_envelope(key=one.cle, identifier=f"{one.id}.{one.ouverture}", envelope=one.scelle)
        proof, body = clear[:PROOF_BYTES], clear[PROOF_BYTES:]
        if not hmac.compare_digest(proof, _proof(shift.pk, one.id, body)):
            raise NotOurs("not proved by its shift")
        return _read(one, shift, body)
    except NotOurs:
        return Refused("Cette enveloppe n'a pas été scellée par un carnet de cette installation.")
    except Refused as refusal:
        return refusal


def _read(one: Enveloppe, shift: OuvertureCarnet, body: bytes) -> Contenu:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("Le contenu de l'enveloppe ne se lit pas.") from error
    if (
        not isinstance(raw, dict)
        or raw.get("genre") not in GENRES
        or not isinstance(raw.get("donnees"), dict)
    ):
        raise Refused("Le contenu de l'enveloppe ne se lit pas.")
    if raw["donnees"].get("id") != str(one.id):
        raise Refused("L'enveloppe et son contenu ne portent pas le même identifiant.")
    return Contenu(one.id, shift, raw["genre"], raw["donnees"], _sortie(raw.get("sortie")))


def _sortie(raw: object) -> SortieDite | None:
    if raw is None:
        return None
    try:
        if not isinstance(raw, dict) or len(raw["equipage"]) > CREW_LIMIT:
            raise Refused("La sortie de cette enveloppe ne se lit pas.")
        return SortieDite(
            UUID(raw["id"]),
            parse_moment(raw["debut"]),
            tuple(UUID(one) for one in raw["equipage"]),
            parse_moment(raw["fin"]) if raw.get("fin") else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Refused("La sortie de cette enveloppe ne se lit pas.") from error


def _proof(ouverture: UUID, identifier: UUID, body: bytes) -> bytes:
    return hmac.new(proof_key(ouverture), f"{identifier}|".encode() + body, hashlib.sha256).digest()
