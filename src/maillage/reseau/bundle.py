"""The file by which one city tells the network of one of its years: signed, versioned, without a person.

The file is a JSON object {"lot": content, "cle_publique": 64 hex, "signature": 128 hex}; the signature
covers `MARK` and the content in canonical form, so that spaces and order do not matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from maillage.audit import signing
from maillage.conventions.enums import Forme
from maillage.diagnostics.masking import PUBLISHED
from maillage.directory.enums import Metier

FORMAT, VERSION = "maillage.lot", 1
# What these signatures are for: the same key signs the heads of the ledger.
MARK = b"maillage.lot.1\n"
LARGEST = 1_000_000
TRADES = (Metier.MEDIATION_SOCIALE.value, Metier.PREVENTION_SPECIALISEE.value)
KEYS = frozenset(
    {"format", "version", "id", "sequence", "ville", "partenariat", "annee", "forme", "invente"}
    | {"services", "messages"}
)


class BundleRefused(ValueError):
    """The file is not a bundle one may believe; one French sentence."""


@dataclass(frozen=True)
class Bundle:
    """A bundle whose signature holds and whose content has the documented shape."""

    cle_publique: str
    contenu: Mapping[str, Any]


def seal(content: Mapping[str, Any]) -> str:
    """Return the file: the content signed with this installation's key."""
    written = {
        "lot": content,
        "cle_publique": signing.public_key(),
        "signature": signing.sign(MARK + _canonical(content)),
    }
    return json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def unseal(text: str) -> Bundle:
    """Read a file written by `seal`, here or elsewhere. Raises BundleRefused."""
    try:
        written = json.loads(text)
    except (ValueError, RecursionError):
        raise BundleRefused("Ce fichier n'est pas un lot : ce n'est pas du JSON.") from None
    if not isinstance(written, dict) or set(written) != {"lot", "cle_publique", "signature"}:
        raise BundleRefused("Ce fichier n'est pas un lot de Maillage.")
    content, key = written["lot"], written["cle_publique"]
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(written["signature"]), MARK + _canonical(content))
    except (InvalidSignature, TypeError, ValueError):
        raise BundleRefused("La signature de ce lot ne tient pas : il a été changé en route.") from None
    _check(content)
    return Bundle(cle_publique=public.public_bytes_raw().hex(), contenu=content)


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check(content: object) -> None:
    """Refuse a content of another shape: a signature does not make it sound."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise BundleRefused("Ce fichier n'est pas un lot de Maillage.")
    if type(content.get("version")) is not int or content["version"] != VERSION:
        raise BundleRefused(f"Ce lot est d'une autre version ; celle qui se lit ici est la {VERSION}.")
    if set(content) != KEYS or not _shaped(content):
        raise BundleRefused("Ce lot n'a pas la forme attendue.")
    shown = [count for count in content["messages"].values() if count is not None]
    if any(0 < count < PUBLISHED for count in shown):
        raise BundleRefused(
            f"Ce lot montre un nombre plus petit que {PUBLISHED} : il n'aurait pas dû sortir."
        )


def _shaped(content: Mapping[str, Any]) -> bool:
    services, messages = content["services"], content["messages"]
    return (
        _is_id(content["id"])
        and _is_count(content["sequence"])
        and content["sequence"] >= 1
        and _is_text(content["ville"], 200)
        and _is_text(content["partenariat"], 60)
        and type(content["annee"]) is int
        and 2000 <= content["annee"] <= 2200
        and content["forme"] in ("", *Forme.values)
        and type(content["invente"]) is bool
        and _by_trade(services)
        and all(_is_count(count) for count in services.values())
        and _by_trade(messages)
        and all(count is None or _is_count(count) for count in messages.values())
    )


def _by_trade(value: object) -> bool:
    return isinstance(value, dict) and set(value) == set(TRADES)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= LARGEST


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and value.isprintable()


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False
