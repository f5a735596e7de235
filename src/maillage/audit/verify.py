"""Checking an exported ledger without database nor secret: only the file and a public key (S-22, S-23).

Every line must be written exactly as the ledger writes it, follow the one before in its chain, and
each chain must end on a head signed with the key; the file's last line signs all that precedes it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from maillage.audit.format import FORMAT, GENESIS, canonical, digest, end_message, head_message

KEYS = {
    "entete": {"genre", "format", "cle_publique", "le"},
    "ligne": {
        "genre", "chaine", "rang", "le", "acteur", "acte", "objet_genre", "objet", "detail",
        "precedent", "empreinte",
    },
    "tete": {"genre", "chaine", "rang", "empreinte", "le", "signature", "cle_publique"},
    "fin": {"genre", "le", "empreinte", "lignes", "tetes", "signature"},
}  # fmt: skip
Head = tuple[str, int]


class Bad(Exception):
    """A line of the file does not hold; `number` starts at 1, `reason` is one French sentence."""

    def __init__(self, number: int, reason: str) -> None:
        """Keep the line and the reason."""
        super().__init__(f"ligne {number} : {reason}")
        self.number = number
        self.reason = reason


@dataclass(frozen=True)
class Proof:
    """What a verified file holds: numbers of chains, lines and signed heads, and the heads themselves."""

    chaines: int
    lignes: int
    tetes: int
    heads: Mapping[Head, str]


@dataclass
class _Reader:
    """Where the reading of the file stands."""

    key: Ed25519PublicKey
    chaine: str = ""
    rang: int = 0
    empreinte: str = GENESIS
    signed: bool = True
    counts: dict[str, int] = field(default_factory=lambda: {"lignes": 0, "tetes": 0, "chaines": 0})
    heads: dict[Head, str] = field(default_factory=dict)
    seen: Any = field(default_factory=hashlib.sha256)
    ended: bool = False


def read_public_key(text: str) -> Ed25519PublicKey:
    """Read a public key of 64 hexadecimal characters. Raises ValueError otherwise."""
    raw = bytes.fromhex(text.strip())
    if len(raw) != 32:
        raise ValueError("une clé publique a 64 caractères hexadécimaux")
    return Ed25519PublicKey.from_public_bytes(raw)


def verify(
    lines: Iterable[bytes], key: Ed25519PublicKey, *, against: Mapping[Head, str] | None = None
) -> Proof:
    """Check a whole export, line by line.

    `against` holds the heads of an earlier verified file, which this one must contain: a ledger
    restored to its past, or rewritten, does not. Raises Bad at the first line that does not hold.
    """
    reader, number = _Reader(key), 0
    for number, line in enumerate(lines, start=1):
        record = _parse(number, line)
        _check(reader, number, record)
        reader.seen.update(line)
    if not reader.ended:
        raise Bad(number + 1, "le fichier s'arrête avant sa fin signée")
    for (chaine, rang), empreinte in sorted((against or {}).items()):
        if reader.heads.get((chaine, rang)) != empreinte:
            raise Bad(number, f"la tête {rang} de la chaîne {chaine}, déjà signée, n'y est plus")
    return Proof(reader.counts["chaines"], reader.counts["lignes"], reader.counts["tetes"], reader.heads)


def _parse(number: int, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Bad(number, "ce n'est pas du JSON") from error
    if not isinstance(record, dict) or set(record) != KEYS.get(str(record.get("genre"))):
        raise Bad(number, "ce n'est pas une ligne du journal")
    try:
        exact = canonical(record) + b"\n"
    except ValueError as error:
        raise Bad(number, "ce texte n'est pas lisible") from error
    if exact != line:
        raise Bad(number, "elle n'est pas écrite comme le journal l'écrit")
    return record


def _check(reader: _Reader, number: int, record: dict[str, Any]) -> None:
    kind = record["genre"]
    if reader.ended:
        raise Bad(number, "quelque chose suit la fin signée")
    if (kind == "entete") != (number == 1):
        raise Bad(number, "l'en-tête est la première ligne, et elle seule")
    if kind == "entete" and record["format"] != FORMAT:
        raise Bad(number, "ce format de journal n'est pas connu")
    if kind == "ligne":
        _check_line(reader, number, record)
    elif kind == "tete":
        _check_head(reader, number, record)
    elif kind == "fin":
        _check_end(reader, number, record)


def _check_line(reader: _Reader, number: int, record: dict[str, Any]) -> None:
    if record["chaine"] != reader.chaine:
        _close_chain(reader, number)
        if not isinstance(record["chaine"], str) or record["chaine"] <= reader.chaine:
            raise Bad(number, "les chaînes ne sont plus dans leur ordre")
        reader.chaine, reader.rang, reader.empreinte = record["chaine"], 0, GENESIS
        reader.counts["chaines"] += 1
    if type(record["rang"]) is not int or record["rang"] != reader.rang + 1:
        raise Bad(
            number, f"rang {record['rang']} au lieu de {reader.rang + 1} : il manque ou revient une ligne"
        )
    if record["precedent"] != reader.empreinte:
        raise Bad(number, "elle ne suit pas la ligne précédente")
    if digest(record) != record["empreinte"]:
        raise Bad(number, "son contenu a changé")
    reader.rang, reader.empreinte, reader.signed = record["rang"], record["empreinte"], False
    reader.counts["lignes"] += 1


def _check_head(reader: _Reader, number: int, record: dict[str, Any]) -> None:
    place = (record["chaine"], record["rang"], record["empreinte"])
    if place != (reader.chaine, reader.rang, reader.empreinte) or not reader.rang:
        raise Bad(number, "cette tête signée n'est pas celle de sa chaîne")
    message = head_message(
        chaine=reader.chaine, rang=reader.rang, empreinte=reader.empreinte, le=record["le"]
    )
    _check_signature(reader, number, message, record["signature"])
    reader.heads[reader.chaine, reader.rang] = reader.empreinte
    reader.signed = True
    reader.counts["tetes"] += 1


def _check_end(reader: _Reader, number: int, record: dict[str, Any]) -> None:
    _close_chain(reader, number)
    counted = {name: reader.counts[name] for name in ("lignes", "tetes")}
    if {name: record[name] for name in counted} != counted or record["empreinte"] != reader.seen.hexdigest():
        raise Bad(number, "des lignes ont été ôtées, ajoutées ou changées avant la fin signée")
    _check_signature(reader, number, end_message(record), record["signature"])
    reader.ended = True


def _close_chain(reader: _Reader, number: int) -> None:
    if not reader.signed:
        raise Bad(number, f"la chaîne {reader.chaine} ne finit pas sur une tête signée")


def _check_signature(reader: _Reader, number: int, message: bytes, signature: object) -> None:
    try:
        raw = bytes.fromhex(str(signature))
        # fromhex also reads capitals and spaces: one signature has one spelling.
        if raw.hex() != signature:
            raise ValueError(signature)
        reader.key.verify(raw, message)
    except (InvalidSignature, ValueError) as error:
        raise Bad(number, "la signature n'est pas celle de cette clé") from error


def read_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream into lines at each newline and nowhere else, newline kept."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest
