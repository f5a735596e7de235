"""The bytes of the ledger: how a line is written, chained and signed. Reads no Django, no secret.

A record is one JSON object per line, keys sorted, no spaces, UTF-8. `ligne` records are chained:
`empreinte` is the SHA-256 of the record without it, and `precedent` the one before in the chain.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

JSON: TypeAlias = "str | int | bool | Sequence[JSON] | Mapping[str, JSON] | None"

FORMAT = 1
GENESIS = "0" * 64
HEAD_DOMAIN = b"maillage tete 1\n"
END_DOMAIN = b"maillage export 1\n"


def canonical(record: Mapping[str, JSON]) -> bytes:
    """Return the one way of writing this record, without its final newline."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(record: Mapping[str, JSON]) -> str:
    """Return the SHA-256 (hexadecimal) of a record, its own `empreinte` left out."""
    return hashlib.sha256(canonical({key: record[key] for key in record if key != "empreinte"})).hexdigest()


def moment_text(moment: datetime) -> str:
    """Write an aware moment in UTC to the microsecond, the same on every database."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def line_record(
    *,
    chaine: UUID,
    rang: int,
    le: datetime,
    acteur: str,
    acte: str,
    objet_genre: str,
    objet: str,
    detail: Mapping[str, JSON],
    precedent: str,
) -> dict[str, JSON]:
    """Build the record of one line, without its `empreinte`."""
    return {
        "genre": "ligne",
        "chaine": str(chaine),
        "rang": rang,
        "le": moment_text(le),
        "acteur": acteur,
        "acte": acte,
        "objet_genre": objet_genre,
        "objet": objet,
        "detail": detail,
        "precedent": precedent,
    }


def head_message(*, chaine: str, rang: int, empreinte: str, le: str) -> bytes:
    """Return the bytes that a chain's head signs."""
    return HEAD_DOMAIN + canonical({"chaine": chaine, "rang": rang, "empreinte": empreinte, "le": le})


def end_message(record: Mapping[str, JSON]) -> bytes:
    """Return the bytes that an export's last record signs: everything in it but the signature."""
    return END_DOMAIN + canonical({key: record[key] for key in record if key != "signature"})
