"""The seal of a row that gives a right: one written beside the product has no effect (S-20).

A seal is an HMAC of the row's own values under a key kept outside the database. Whoever writes in the
tables with another program cannot make one, so a right they add or stretch is not read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.transaction import atomic

from maillage.base.encryption import keyring

BATCH = 500
Row = TypeVar("Row", bound="SealedRow")


def sign(kind: str, fields: Sequence[object]) -> bytes:
    """Return the seal of these values, for rows of this kind, under the installation's key (HMAC-SHA-256)."""
    return hmac.new(keyring().pseudonym, f"{kind} {fields}".encode(), hashlib.sha256).digest()


def holds(seal: bytes | memoryview, kind: str, fields: Sequence[object]) -> bool:
    """Tell whether this seal was made here for these values; in constant time."""
    return hmac.compare_digest(bytes(seal), sign(kind, fields))


class SealedRows(models.QuerySet[Row]):
    """Rows whose seal follows what the product itself writes; one that did not hold is never mended."""

    def update(self, **values: Any) -> int:
        """Update, and seal again the rows that were genuine."""
        if not self.model.touches(values):
            return super().update(**values)
        with atomic(using=self.db):
            sound = [row.pk for row in self.select_related(None).order_by() if row.genuine]
            changed = super().update(**values)
            plain: models.QuerySet[Row] = models.QuerySet(self.model, using=self.db)
            for start in range(0, len(sound), BATCH):
                rows = list(plain.filter(pk__in=sound[start : start + BATCH]))
                for row in rows:
                    row.seal()
                plain.bulk_update(rows, ["sceau"])
        return changed

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        """Create rows, each with its seal."""
        rows = list(objs)
        for row in rows:
            row.seal()
        return super().bulk_create(rows, *args, **options)


class SealedRow(models.Model):
    """A row that gives a right. `SEALED` names the columns (attnames) that its seal binds, none of
    them given by the database."""

    SEALED: ClassVar[tuple[str, ...]]
    sceau = models.BinaryField(default=b"", editable=False)
    _sound: bool | None = None

    objects = SealedRows.as_manager()

    class Meta:
        """Each room has its own table."""

        abstract = True

    @classmethod
    def touches(cls, names: Collection[str]) -> bool:
        """Tell whether writing these fields changes what the seal binds."""
        bound = {name for one in cls.SEALED for name in (one, one.removesuffix("_id"))}
        return not bound.isdisjoint(names)

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Self:
        """Load a row, and know from then on whether it was genuine."""
        row = super().from_db(db, field_names, values, **options)
        if {"sceau", *cls.SEALED} <= set(field_names):
            row._sound = row.genuine
        return row

    @property
    def genuine(self) -> bool:
        """Tell whether the row says what the product wrote."""
        return holds(self.sceau, self._meta.label, self._bound())

    def told_to(self) -> UUID:
        """Return the service whose ledger says that the seal does not hold."""
        return UUID(str(getattr(self, "service_id")))  # noqa: B009

    def seal(self) -> None:
        """Bind the row's values as they are now; the caller saves."""
        self.sceau = sign(self._meta.label, self._bound())

    def save(self, *args: Any, **options: Any) -> None:
        """Save with its seal; a row that was not genuine keeps the one it had, which does not hold."""
        wanted = options.get("update_fields")
        created = self._state.adding
        if self.pk is None:
            self.pk = self._meta.pk.get_pk_value_on_save(self)
        if created or (self._sound and (wanted is None or self.touches(wanted))):
            self.seal()
            if wanted is not None:
                options["update_fields"] = {*wanted, "sceau"}
        super().save(*args, **options)
        self._sound = created or self._sound

    def _bound(self) -> list[object]:
        return [_plain(self._meta.get_field(name), getattr(self, name)) for name in self.SEALED]


def seal_all(model: type[models.Model], label: str, names: Sequence[str]) -> None:
    """Seal every row of a table, from a migration (`model` is then the historical one)."""
    columns = [(name, model._meta.get_field(name.removesuffix("_id"))) for name in names]
    for row in model._default_manager.iterator(chunk_size=BATCH):
        values = [_plain(field, getattr(row, name)) for name, field in columns]
        model._default_manager.filter(pk=row.pk).update(sceau=sign(label, values))


def _plain(field: Any, value: Any) -> object:
    """Return a value as the seal writes it: the same before it is saved and once it is read."""
    value = getattr(field, "target_field", field).to_python(value)
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return None if value is None else str(value)


def unsealed() -> dict[type[SealedRow], list[SealedRow]]:
    """Return the rows whose seal does not hold, by kind; kinds without any are left out."""
    kinds = [one for one in apps.get_models() if issubclass(one, SealedRow)]
    found = {one: [row for row in one.objects.iterator(chunk_size=BATCH) if not row.genuine] for one in kinds}
    return {one: rows for one, rows in found.items() if rows}
