"""Field encryption: each value bound to its owner's key, its table, row and column (S-17).

An installation holds a short list of key-encryption keys outside the database. Each service,
partnership and person has a data key, stored wrapped in `CleDonnees`. A sealed value carries
its own nonce; the table, row and column are authenticated, so a ciphertext moved elsewhere
does not open.
"""

import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from maillage.base import clock
from maillage.base.enums import Portee
from maillage.base.identifiers import new_id
from maillage.base.keyring import Keyring
from maillage.base.models import CleDonnees

NONCE_BYTES = 12


class Unreadable(Exception):
    """The value cannot be opened: erased key, moved ciphertext, or foreign installation."""


@lru_cache(maxsize=4)
def _load(path: Path, changed_ns: int) -> Keyring:
    return Keyring.load(path)


def keyring() -> Keyring:
    """Return the installation's key list, re-read when the file changes."""
    path = Path(settings.MAILLAGE_KEYS)
    return _load(path, path.stat().st_mtime_ns)


class SealedField(models.BinaryField[bytes, bytes]):
    """A column that holds only what is sealed: a text (`seal`), or a file (`seal_bytes`).

    `portee` and `proprietaire` say whose key opens it: the attribute of the row that holds
    the owner's identifier (`service_id`, `partenariat_id`, or `pk` for a person's own row).
    """

    def __init__(
        self, *args: Any, portee: Portee = Portee.SERVICE, proprietaire: str = "service_id", **kwargs: Any
    ) -> None:
        """Remember whose key opens the column."""
        self.portee = portee
        self.proprietaire = proprietaire
        kwargs.setdefault("default", bytes)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep migrations about storage only: a plain binary column."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


def data_keys(portee: Portee, owners: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the data keys that exist for these owners, unwrapped, in one query."""
    rows = CleDonnees.objects.filter(portee=portee, proprietaire__in=set(owners))
    return {row.proprietaire: _unwrap(row) for row in rows}


def ensure_key(portee: Portee, owner: UUID) -> bytes:
    """Return the owner's data key, creating it the first time."""
    found = data_keys(portee, [owner]).get(owner)
    if found is not None:
        return found
    CleDonnees.objects.bulk_create([new_key_row(portee, owner)], ignore_conflicts=True)
    return data_keys(portee, [owner])[owner]


def new_key_row(portee: Portee, owner: UUID) -> CleDonnees:
    """Build (without saving) the row of a fresh data key, wrapped by the current key."""
    ring = keyring()
    row = CleDonnees(id=new_id(), portee=portee, proprietaire=owner, kek=ring.current, creee_le=clock.now())
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped = AESGCM(ring.keks[ring.current]).encrypt(nonce, secrets.token_bytes(32), _key_aad(row))
    row.enveloppe = nonce + wrapped
    return row


def create_keys(portee: Portee, owners: Iterable[UUID]) -> dict[UUID, bytes]:
    """Create the data keys of many new owners at once; return them unwrapped."""
    rows = [new_key_row(portee, owner) for owner in owners]
    CleDonnees.objects.bulk_create(rows, batch_size=1000)
    return {row.proprietaire: _unwrap(row) for row in rows}


def destroy_key(portee: Portee, owner: UUID) -> None:
    """Erase the owner's key: what it sealed can never be read again."""
    CleDonnees.objects.filter(portee=portee, proprietaire=owner).delete()


def rewrap_keys(batch: int = 500) -> int:
    """Re-wrap every data key that is not under the current key; return how many moved.

    Runs while serving: the old key stays in the key file until no row needs it.
    """
    ring, moved = keyring(), 0
    while True:
        rows = list(CleDonnees.objects.exclude(kek=ring.current)[:batch])
        if not rows:
            return moved
        for row in rows:
            _rewrap(row, ring)
        moved += len(rows)


def _rewrap(row: CleDonnees, ring: Keyring) -> None:
    key = _unwrap(row)
    nonce = secrets.token_bytes(NONCE_BYTES)
    envelope = nonce + AESGCM(ring.keks[ring.current]).encrypt(nonce, key, _key_aad(row))
    CleDonnees.objects.filter(pk=row.pk, kek=row.kek).update(kek=ring.current, enveloppe=envelope)


def _key_aad(row: CleDonnees) -> bytes:
    return f"cle:{row.portee}:{row.proprietaire}".encode()


def _unwrap(row: CleDonnees) -> bytes:
    kek = keyring().keks.get(row.kek)
    if kek is None:
        raise Unreadable("La clé qui protège cette donnée n'est pas dans le trousseau.")
    return _decrypt(kek, bytes(row.enveloppe), _key_aad(row))


def seal(row: models.Model, column: str, text: str, *, key: bytes | None = None) -> bytes:
    """Return `text` sealed for this row and column; an empty text stays empty.

    `key` spares the look-up when the caller already holds the owner's key.
    """
    return seal_bytes(row, column, text.encode(), key=key)


def seal_bytes(row: models.Model, column: str, content: bytes, *, key: bytes | None = None) -> bytes:
    """Return a file's bytes sealed for this row and column, as `seal` does for a text."""
    if not content:
        return b""
    field = _sealed_field(row, column)
    used = key if key is not None else ensure_key(field.portee, getattr(row, field.proprietaire))
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(used).encrypt(nonce, content, _row_aad(row, column))


def unseal(row: models.Model, column: str, *, key: bytes | None = None) -> str:
    """Return the readable text of a sealed column.

    Raises Unreadable when the owner's key is gone or the ciphertext is not this cell's.
    """
    return unseal_bytes(row, column, key=key).decode()


def unseal_bytes(row: models.Model, column: str, *, key: bytes | None = None) -> bytes:
    """Return the bytes of a sealed column that `seal_bytes` wrote. Raises Unreadable, as `unseal` does."""
    sealed = bytes(getattr(row, column) or b"")
    if not sealed:
        return b""
    field = _sealed_field(row, column)
    if key is None:
        owner = getattr(row, field.proprietaire)
        key = data_keys(field.portee, [owner]).get(owner)
    if key is None:
        raise Unreadable("Cette donnée a été effacée.")
    return _decrypt(key, sealed, _row_aad(row, column))


def _sealed_field(row: models.Model, column: str) -> SealedField:
    field = row._meta.get_field(column)
    if not isinstance(field, SealedField):
        raise TypeError(f"{column} n'est pas une colonne scellée")
    return field


def _row_aad(row: models.Model, column: str) -> bytes:
    return f"{row._meta.db_table}:{row.pk}:{column}".encode()


def _decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except InvalidTag as error:
        raise Unreadable("Cette donnée n'est pas lisible ici.") from error
