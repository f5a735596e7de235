"""The seal of a row that gives a right: one written beside the product has no effect (S-20)."""

from __future__ import annotations

import hashlib
import hmac

from maillage.base.encryption import keyring


def sign(kind: str, fields: list[object]) -> bytes:
    """Return the seal of these values, for rows of this kind, under the installation's key (HMAC-SHA-256)."""
    return hmac.new(keyring().pseudonym, f"{kind} {fields}".encode(), hashlib.sha256).digest()


def holds(seal: bytes | memoryview, kind: str, fields: list[object]) -> bool:
    """Tell whether this seal was made here for these values; in constant time."""
    return hmac.compare_digest(bytes(seal), sign(kind, fields))
