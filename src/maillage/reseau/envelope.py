"""The envelope every file between cities travels in: JSON, signed by an installation's Ed25519 key.

{NAME: content, "cle_publique": 64 hex, "signature": 128 hex}; the signature covers a mark, which says
what it is for, and the content in canonical form, so that spaces and order do not matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from maillage.audit import signing


class BundleRefused(ValueError):
    """The file is not one to believe; one French sentence."""


def write(name: str, mark: bytes, content: Mapping[str, Any]) -> str:
    """Return the file: the content under `name`, signed with this installation's key."""
    written = {
        name: content,
        "cle_publique": signing.public_key(),
        "signature": signing.sign(mark + _canonical(content)),
    }
    return json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(name: str, mark: bytes, text: str) -> tuple[str, object]:
    """Return (key, content) of a file whose signature holds. Raises BundleRefused."""
    what = "un lot" if name == "lot" else "une carte de ville"
    try:
        written = json.loads(text)
    except (ValueError, RecursionError):
        raise BundleRefused(f"Ce fichier n'est pas {what} : ce n'est pas du JSON.") from None
    if not isinstance(written, dict) or set(written) != {name, "cle_publique", "signature"}:
        raise BundleRefused(f"Ce fichier n'est pas {what} de Maillage.")
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(written["cle_publique"]))
        public.verify(bytes.fromhex(written["signature"]), mark + _canonical(written[name]))
    except (InvalidSignature, TypeError, ValueError):
        raise BundleRefused("La signature ne tient pas : ce fichier a été changé en route.") from None
    return public.public_bytes_raw().hex(), written[name]


def is_text(value: object, longest: int, *, lines: bool = False) -> bool:
    """Say whether a value is a non-empty text without invisible signs; `lines` allows several lines."""
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        return False
    return (value.replace("\n", " ") if lines else value).isprintable()


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def peek(name: str, text: str, kind: str) -> int | None:
    """Return the version that a file of this kind announces, before anything in it is believed."""
    try:
        content = json.loads(text)[name]
        version = content["version"] if content["format"] == kind else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return version if type(version) is int else None
