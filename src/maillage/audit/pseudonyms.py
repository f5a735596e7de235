"""Pseudonyms of the ledger: an identifier's keyed digest, meaningless without the key list (S-24)."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from uuid import UUID

from maillage.audit.format import JSON
from maillage.base.encryption import keyring

LENGTH = 32
TEXT_MAX = 120

_UUID = re.compile(r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b", re.IGNORECASE)


class ForbiddenDetail(ValueError):
    """What was to be written in a line's detail is not a code, a number or an identifier."""


def pseudonym(identifier: UUID | str) -> str:
    """Return the 32 hexadecimal characters that stand for this identifier in the ledger."""
    key = hmac.new(keyring().pseudonym, b"maillage ledger pseudonym", hashlib.sha256).digest()
    return hmac.new(key, str(identifier).encode(), hashlib.sha256).hexdigest()[:LENGTH]


def impersonal(detail: Mapping[str, object]) -> dict[str, JSON]:
    """Return a line's detail with every identifier in it replaced by its pseudonym.

    Raises ForbiddenDetail for long or several-line texts (content has no place here), for
    fractions (databases write them differently) and for anything that is not JSON.
    """
    return {_text(key): _value(value) for key, value in detail.items()}


def _value(value: object) -> JSON:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return pseudonym(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return impersonal(value)
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_value(item) for item in items]
    raise ForbiddenDetail(f"the ledger does not write {type(value).__name__} values")


def _text(text: str) -> str:
    if len(text) > TEXT_MAX or not text.isprintable():
        raise ForbiddenDetail("the ledger writes codes, never texts")
    return _UUID.sub(lambda found: pseudonym(UUID(found[0])), text)
