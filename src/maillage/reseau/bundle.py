"""The file by which one city tells the network of one of its years: signed, versioned, without a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maillage.conventions.enums import Forme
from maillage.diagnostics.masking import PUBLISHED
from maillage.directory.enums import Metier
from maillage.reseau import envelope
from maillage.reseau.envelope import BundleRefused, is_text

FORMAT, VERSION = "maillage.lot", 2
# What these signatures are for: the same key signs the heads of the ledger.
MARK = b"maillage.lot.2\n"
LARGEST = 100_000_000
TITLE, TEXT, SHEETS = 160, 6000, 60
TRADES = (Metier.MEDIATION_SOCIALE.value, Metier.PREVENTION_SPECIALISEE.value)
BY_TRADE = ("services", "postes", "messages", "repondus")
# Numbers of things people did about places: under eleven they are left out.
MASKED = ("messages", "repondus")
# What is counted once for a year, and told again unchanged.
FIGURES = ("forme", "habitants", "quartiers", *BY_TRADE, "reunions", "projets")
KEYS = frozenset(
    {"format", "version", "id", "sequence", "ville", "partenariat", "annee", "invente"}
    | {*FIGURES, "pratiques", "clauses"}
)


@dataclass(frozen=True)
class Bundle:
    """A bundle whose signature holds and whose content has the documented shape."""

    cle_publique: str
    contenu: Mapping[str, Any]


def seal(content: Mapping[str, Any]) -> str:
    """Return the file: the content signed with this installation's key."""
    return envelope.write("lot", MARK, content)


def unseal(text: str) -> Bundle:
    """Read a file written by `seal`, here or elsewhere. Raises BundleRefused."""
    _refuse_another_version(text)
    key, content = envelope.read("lot", MARK, text)
    return Bundle(cle_publique=key, contenu=_checked(content))


def _refuse_another_version(text: str) -> None:
    """Say so before the signature is read: another version signs another way."""
    version = envelope.peek("lot", text, FORMAT)
    if version is not None and version < VERSION:
        raise BundleRefused(
            f"Ce lot est d'une version plus ancienne ({version}) : demandez à la ville de l'écrire à nouveau."
        )
    if version is not None and version > VERSION:
        raise BundleRefused(
            f"Ce lot est d'une version plus récente ({version}) : mettez cette installation à jour."
        )


def _checked(content: object) -> Mapping[str, Any]:
    """Refuse a content of another shape: a signature does not make it sound."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise BundleRefused("Ce fichier n'est pas un lot de Maillage.")
    if set(content) != KEYS or type(content["version"]) is not int or not _shaped(content):
        raise BundleRefused("Ce lot n'a pas la forme attendue.")
    if any(0 < count < PUBLISHED for name in MASKED for count in content[name].values() if count is not None):
        raise BundleRefused(
            f"Ce lot montre un nombre plus petit que {PUBLISHED} : il n'aurait pas dû sortir."
        )
    return content


def _shaped(content: Mapping[str, Any]) -> bool:
    return (
        _is_id(content["id"])
        and _is_count(content["sequence"])
        and content["sequence"] >= 1
        and is_text(content["ville"], 200)
        and is_text(content["partenariat"], 60)
        and type(content["annee"]) is int
        and 2000 <= content["annee"] <= 2200
        and content["forme"] in ("", *Forme.values)
        and type(content["invente"]) is bool
        and (content["habitants"] is None or _is_count(content["habitants"]))
        and all(_is_count(content[name]) for name in ("quartiers", "reunions", "projets"))
        and all(_by_trade(content[name], empty=name in MASKED) for name in BY_TRADE)
        and all(_sheets(content[name]) for name in ("pratiques", "clauses"))
    )


def _by_trade(value: object, *, empty: bool) -> bool:
    if not isinstance(value, dict) or set(value) != set(TRADES):
        return False
    return all(_is_count(count) or (empty and count is None) for count in value.values())


def _sheets(value: object) -> bool:
    return isinstance(value, list) and len(value) <= SHEETS and all(_sheet(one) for one in value)


def _sheet(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"titre", "texte"}
        and is_text(value["titre"], TITLE)
        and is_text(value["texte"], TEXT, lines=True)
    )


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= LARGEST


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False
