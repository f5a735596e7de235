"""Restoring: into an empty, migrated installation, in one transaction, then proven equal."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import record, sign_heads
from maillage.audit.enums import Acte
from maillage.audit.queries import export_lines
from maillage.audit.signing import public_key
from maillage.audit.verify import Bad, read_public_key, verify
from maillage.base import clock
from maillage.base.models import CleDonnees
from maillage.operations.archive import BadArchive, read_header
from maillage.operations.backup import DATA, KEYS, KEYS_KEPT, Content, applied_migrations, read_records
from maillage.operations.tables import BATCH, built, digests, tables


class CannotRestore(Exception):
    """The installation or the files do not allow it; one French sentence. Nothing was written."""


@dataclass(frozen=True)
class Restored:
    """What was restored and proven: numbers of tables, rows, files, persons' keys, lines of the ledger."""

    tables: int
    lignes: int
    fichiers: int
    cles: int
    lignes_du_journal: int


@atomic
def restore(data: Path, keys: Path | None) -> Restored:
    """Write the rows of a backup in this empty installation, prove them equal, verify the ledger.

    `keys`: the file of persons' keys, of this backup or of a later one; without it, what persons'
    keys sealed stays unreadable. Raises CannotRestore, BadArchive, OSError; then nothing is written.
    """
    _require_right_file(data, DATA)
    _require_empty()
    staged = _staging()
    content = _load(data, staged)
    found = 0
    if keys is not None:
        _require_right_file(keys, KEYS)
        _require_fresh(keys)
        found = _load(keys, staged).tables[CleDonnees._meta.label].lignes
    _reset_sequences()
    connection.check_constraints()
    _require_equal(content, found)
    lines = _verify_ledger()
    record(
        chaine=PLATEFORME,
        acte=Acte.CREATION,
        acteur=None,
        objet_genre="restauration",
        detail={"sauvegarde": read_header(data)["le"], "cles": found},
    )
    if staged.is_dir():
        staged.replace(settings.MEDIA_ROOT)
    total = sum(digest.lignes for digest in content.tables.values())
    return Restored(len(content.tables), total, content.fichiers.lignes, found, lines)


def _require_right_file(path: Path, content: str) -> None:
    said = read_header(path)
    if said["contenu"] != content:
        raise CannotRestore(
            f"{path.name} contient les {said['contenu']}, pas les {content} : les deux sont inversés."
        )
    if said["installation"] != public_key():
        raise CannotRestore(f"{path.name} vient d'une autre installation que ce trousseau.")


def _require_fresh(keys: Path) -> None:
    le = datetime.fromisoformat(read_header(keys)["le"])
    if clock.now() - le > KEYS_KEPT:
        raise CannotRestore(
            f"{keys.name} a plus de {KEYS_KEPT.days} jours : il rendrait lisibles des personnes effacées "
            "depuis. Donnez les clés d'une sauvegarde plus récente."
        )


def _require_empty() -> None:
    for model in tables().values():
        if model._base_manager.exists():
            raise CannotRestore("Cette installation n'est pas vide : restaurez dans un dossier neuf.")


def _staging() -> Path:
    """Return where files wait until all is proven; whatever a failed attempt left there goes."""
    root = Path(settings.MEDIA_ROOT)
    if root.is_dir() and any(root.iterdir()):
        raise CannotRestore(f"Le dossier {root} n'est pas vide : restaurez dans un dossier neuf.")
    staged = root.with_name(f"{root.name}.part")
    if staged.is_dir():
        shutil.rmtree(staged)
    return staged


def _load(path: Path, staged: Path) -> Content:
    content = Content()
    batch: list[models.Model] = []
    model: type[models.Model] | None = None
    names: list[str] = []
    for found in read_records(path, content):
        if isinstance(found, list):
            assert model is not None
            batch.append(built(model, names, found))
            if len(batch) >= BATCH:
                _save(model, batch)
            continue
        if model is not None:
            _save(model, batch)
        if found["genre"] == "table":
            model, names = _model(found), found["colonnes"]
        elif found["genre"] == "entete":
            _require_same_tables(found["migrations"])
        elif found["genre"] == "fichier":
            _write_file(staged, found)
    return content


def _save(model: type[models.Model], batch: list[models.Model]) -> None:
    model._base_manager.bulk_create(batch, batch_size=BATCH)
    batch.clear()


def _model(found: dict[str, Any]) -> type[models.Model]:
    try:
        return apps.get_model(found["nom"])
    except LookupError as error:
        raise CannotRestore(f"Cette version de Maillage n'a pas la table {found['nom']}.") from error


def _require_same_tables(migrations: list[str]) -> None:
    if migrations != applied_migrations():
        raise CannotRestore(
            "Cette sauvegarde vient d'une autre version de Maillage : restaurez-la avec la version qui l'a "
            "écrite, puis mettez à jour."
        )


def _write_file(staged: Path, found: dict[str, Any]) -> None:
    target = (staged / found["chemin"]).resolve()
    if not target.is_relative_to(staged.resolve()):
        raise BadArchive("Un fichier de cette sauvegarde sort du dossier des fichiers.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(base64.b64decode(found["contenu"]))


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables().values()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _require_equal(content: Content, keys: int) -> None:
    """Read the restored database again and compare each table with what the backup says."""
    label = CleDonnees._meta.label
    for name, digest in digests("default").items():
        said = content.tables.get(name)
        if name == label:
            equal = said is not None and digest.lignes == said.lignes + keys
        else:
            equal = digest == said if said is not None else digest.lignes == 0
        if not equal:
            raise CannotRestore(f"La table {name} relue n'est pas celle de la sauvegarde.")


def _verify_ledger() -> int:
    sign_heads()
    try:
        proof = verify(_ledger(), read_public_key(public_key()))
    except Bad as error:
        raise CannotRestore(f"Le journal restauré ne tient pas : {error}.") from error
    return proof.lignes


def _ledger() -> Iterator[bytes]:
    yield from export_lines()
