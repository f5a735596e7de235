"""Everything an installation holds, in one readable file: what a city takes when it goes elsewhere.

Lines as in a backup (see `tables`), but in clear and opened: sealed columns are readable text, files are
in it, keys and secrets of sign-in are not. The format is docs/reference/remise.md; any program reads it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.transaction import atomic

from maillage import __version__
from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.audit.signing import public_key
from maillage.base import clock
from maillage.base.encryption import SealedField, Unreadable, data_keys, unseal_bytes
from maillage.operations.snapshot import snapshot
from maillage.operations.tables import BATCH, Digest, line, tables

FORMAT = "maillage-remise-1"
# What opens this installation and no other: keys, second factors, links, codes, attempts.
SECRET_APPS = frozenset({"account", "mfa"})
SECRET_TABLES = frozenset(
    f"comptes.{name}"
    for name in ("CodeCarnet", "CodeUtilise", "Essais", "Invitation", "OuvertureCarnet", "Telephone")
) | {"base.CleDonnees"}
SECRET_COLUMNS = frozenset({"password", "jeton", "sceau", "verrou"})


@dataclass
class Handed:
    """What was written: numbers of tables, rows and files, and of the sealed values erased since."""

    tables: int = 0
    lignes: int = 0
    fichiers: int = 0
    effacees: int = 0


def hand_over(target: Path, *, dpo_id: UUID) -> Handed:
    """Write the file while others write, under a provisional name until it is whole; note it in the ledger.

    `dpo_id`: the account of the data protection officer who asked for it. Raises OSError.
    """
    handed, partial = Handed(), target.with_name(f"{target.name}.part")
    try:
        with partial.open("wb") as file, snapshot() as alias:
            partial.chmod(0o600)
            for raw in _records(alias, handed):
                file.write(raw + b"\n")
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    with atomic():
        record(
            chaine=PLATEFORME,
            acte=Acte.EXPORT,
            acteur=None,
            objet_genre="remise",
            detail={"dpo": dpo_id, "tables": handed.tables, "lignes": handed.lignes},
        )
    partial.replace(target)
    return handed


def _records(alias: str, handed: Handed) -> Iterator[bytes]:
    yield _said(genre="entete", format=FORMAT, version=__version__, installation=public_key(), le=_now())
    ended: dict[str, Any] = {}
    for label, model in tables().items():
        if model._meta.app_label in SECRET_APPS or label in SECRET_TABLES:
            continue
        fields = [one for one in model._meta.concrete_fields if one.attname not in SECRET_COLUMNS]
        yield _said(genre="table", nom=label, colonnes=[_column(one) for one in fields])
        digest = Digest()
        for raw in _rows(model, fields, alias, handed):
            digest.add(raw)
            yield raw
        ended[label] = digest.said()
        handed.tables, handed.lignes = handed.tables + 1, handed.lignes + digest.lignes
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file():
            handed.fichiers += 1
            content = base64.b64encode(path.read_bytes()).decode("ascii")
            yield _said(genre="fichier", chemin=path.relative_to(root).as_posix(), contenu=content)
    yield _said(genre="fin", tables=ended, fichiers=handed.fichiers)


def _column(field: models.Field[Any, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"nom": field.attname, "genre": field.get_internal_type(), "nul": field.null}
    if isinstance(field, models.ForeignKey):
        said["vers"] = field.related_model._meta.label
    if isinstance(field, SealedField):
        said["ouverte"] = True
    return said


def _rows(
    model: type[models.Model], fields: list[models.Field[Any, Any]], alias: str, handed: Handed
) -> Iterator[bytes]:
    sealed = [one for one in fields if isinstance(one, SealedField)]
    batch: list[models.Model] = []
    for row in model._base_manager.using(alias).order_by("pk").iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from _opened(batch, fields, sealed, handed)
            batch = []
    yield from _opened(batch, fields, sealed, handed)


def _opened(
    batch: list[models.Model],
    fields: list[models.Field[Any, Any]],
    sealed: list[SealedField],
    handed: Handed,
) -> Iterator[bytes]:
    keys = {one: data_keys(one.portee, {getattr(row, one.proprietaire) for row in batch}) for one in sealed}
    for row in batch:
        values = []
        for one in fields:
            value = getattr(row, one.attname)
            if isinstance(one, SealedField):
                value = _open(row, one, keys[one], handed)
            values.append(value)
        yield line(values)


def _open(row: models.Model, field: SealedField, keys: dict[UUID, bytes], handed: Handed) -> Any:
    """Return the text of a sealed value (base64 for what is no text), None when its key was erased."""
    if not getattr(row, field.attname):
        return ""
    key = keys.get(getattr(row, field.proprietaire))
    try:
        if key is None:
            raise Unreadable
        content = unseal_bytes(row, field.attname, key=key)
        return content.decode()
    except Unreadable:
        handed.effacees += 1
        return None
    except UnicodeDecodeError:
        return content


def _now() -> str:
    return clock.now().isoformat()


def _said(**said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
