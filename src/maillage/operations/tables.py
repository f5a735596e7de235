"""Every table as lines that any program can read, the same on every database, and their digests.

A row is a JSON array in the order of its columns: dates and moments in ISO 8601 (moments in UTC, to
the microsecond), identifiers and decimals as text, bytes in base64. The digest of a table is the sum
of the SHA-256 of its rows, so it does not depend on the order in which a database returns them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

# What Django rebuilds by itself, and open sessions, which a restored installation must not revive.
LEFT_OUT = frozenset({"contenttypes", "auth", "sessions"})
BATCH = 2000
_MODULUS = 1 << 256


@dataclass
class Digest:
    """How many rows a table has, and the sum of their digests."""

    lignes: int = 0
    somme: int = 0

    def add(self, line: bytes) -> None:
        """Count one row, as its line without newline."""
        self.lignes += 1
        self.somme = (self.somme + int.from_bytes(hashlib.sha256(line).digest(), "big")) % _MODULUS

    def said(self) -> dict[str, int | str]:
        """Return the digest as the archive's last record writes it."""
        return {"lignes": self.lignes, "empreinte": f"{self.somme:064x}"}


def tables() -> dict[str, type[models.Model]]:
    """Return every table that belongs to the installation, by label, in a stable order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    return {model._meta.label: model for model in sorted(found, key=lambda model: model._meta.label)}


def columns(model: type[models.Model]) -> list[str]:
    """Return the names of a table's columns, as Django's attributes."""
    return [field.attname for field in model._meta.concrete_fields]


def rows(model: type[models.Model], using: str) -> Iterator[bytes]:
    """Yield each row of a table as its line, without newline."""
    found = model._base_manager.using(using).order_by("pk").values_list(*columns(model))
    for values in found.iterator(chunk_size=BATCH):
        yield line(values)


def line(values: Iterable[Any]) -> bytes:
    """Write one row."""
    return json.dumps(
        [_plain(value) for value in values], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def built(model: type[models.Model], names: Sequence[str], values: Sequence[Any]) -> models.Model:
    """Return the (unsaved) row that a line describes. Raises ValueError for a value of another type."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: _value(fields[name], value) for name, value in zip(names, values, strict=True)})


def digests(using: str) -> dict[str, Digest]:
    """Read the whole database once; return the digest of each table."""
    found = {}
    for label, model in tables().items():
        found[label] = digest = Digest()
        for one in rows(model, using):
            digest.add(one)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value, validate=True)
    if isinstance(field, models.JSONField):
        return value
    return (
        field.target_field.to_python(value)
        if isinstance(field, models.ForeignKey)
        else field.to_python(value)
    )
