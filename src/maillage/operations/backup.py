"""Backups: the data in one encrypted file and, apart, the keys of persons, kept thirty days at most.

Erasing a person destroys their key. A backup made before still holds their sealed columns, but not
their key, which is in the other file; thirty days later no copy of it is left anywhere (S-19).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.db.transaction import atomic

from maillage import __version__
from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.audit.signing import public_key
from maillage.base import clock
from maillage.base.encryption import keyring
from maillage.base.enums import Portee
from maillage.base.models import CleDonnees
from maillage.operations.archive import ArchiveWriter, BadArchive, read_header, read_lines
from maillage.operations.snapshot import snapshot
from maillage.operations.tables import Digest, columns, rows, tables

KEYS_KEPT = timedelta(days=30)
KEYS_SUFFIX = ".cles"
DATA, KEYS = "donnees", "cles"
# Written beside the data after each backup or restoration, so that `doctor` can say how old the last one is.
LAST = "derniere-sauvegarde.json"


@dataclass(frozen=True)
class Written:
    """A backup that was written, then read again: its two files, what it holds, keys purged nearby."""

    donnees: Path
    cles: Path
    tables: int
    lignes: int
    fichiers: int
    cles_perimees: int


@dataclass
class Content:
    """What an archive's end says, or what reading it found: a digest per table, one for the files."""

    tables: dict[str, Digest] = field(default_factory=dict)
    fichiers: Digest = field(default_factory=Digest)

    def said(self) -> dict[str, Any]:
        """Return the content of the last record."""
        named = {label: digest.said() for label, digest in self.tables.items()}
        return {"tables": named, "fichiers": self.fichiers.said()}


def write_backup(target: Path) -> Written:
    """Write `target` and `target.cles` while others write, read both again, purge expired keys nearby.

    Raises OSError when the place refuses, BadArchive when what was written does not read back.
    """
    le, keys = clock.now(), target.with_name(target.name + KEYS_SUFFIX)
    with snapshot() as alias:
        with ArchiveWriter(target, _header(DATA, le), keyring()) as archive:
            content = _write(archive, _data_records(alias))
        with ArchiveWriter(keys, _header(KEYS, le), keyring()) as archive:
            _write(archive, _table_records(alias, CleDonnees, person_keys=True))
    verify(target)
    verify(keys)
    written = Written(
        donnees=target,
        cles=keys,
        tables=len(content.tables),
        lignes=sum(digest.lignes for digest in content.tables.values()),
        fichiers=content.fichiers.lignes,
        cles_perimees=purge_expired_keys(target.parent),
    )
    _remember(le, written)
    return written


def verify(path: Path) -> Content:
    """Read a whole archive again and compare it with its own end. Raises BadArchive, OSError."""
    content = Content()
    for _record in read_records(path, content):
        pass
    return content


def read_records(path: Path, content: Content) -> Iterator[Any]:
    """Yield each record of an archive (object) and each row (array), digests gathered in `content`.

    Raises BadArchive when the end is missing or does not say what was read.
    """
    current, ended = Digest(), False
    for raw in read_lines(path, keyring()):
        found = json.loads(raw)
        if isinstance(found, list):
            current.add(raw[:-1])
        elif found["genre"] == "table":
            current = content.tables.setdefault(found["nom"], Digest())
        elif found["genre"] == "fichier":
            content.fichiers.add(raw[:-1])
        elif found["genre"] == "fin":
            ended = {key: found[key] for key in ("tables", "fichiers")} == content.said()
        yield found
    if not ended:
        raise BadArchive("Le contenu de cette sauvegarde n'est pas celui que sa fin annonce.")


def purge_expired_keys(folder: Path) -> int:
    """Delete the files of persons' keys of this folder that are older than thirty days; return how many."""
    limit, purged = clock.now() - KEYS_KEPT, 0
    for path in sorted(folder.glob(f"*{KEYS_SUFFIX}")):
        with suppress(BadArchive):
            said = read_header(path)
            if said["contenu"] == KEYS and datetime.fromisoformat(said["le"]) < limit:
                path.unlink()
                purged += 1
    return purged


def note_last(le: str, file: Path) -> None:
    """Leave the moment (ISO 8601) and the place of the backup of what is here: written, or restored."""
    said = json.dumps({"le": le, "fichier": str(file.absolute())})
    Path(settings.MAILLAGE_DATA_DIR, LAST).write_text(said, encoding="utf-8")


def last_folder() -> Path | None:
    """Return where the last backup was written, None when there was none."""
    try:
        said = json.loads(Path(settings.MAILLAGE_DATA_DIR, LAST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Path(said["fichier"]).parent


def forget_keys(folder: Path, owners: Collection[UUID]) -> int:
    """Take these persons' keys out of the files of keys of this folder; return how many were there.

    What an older backup holds of them can no longer be opened with what is kept here. A file of
    another installation, or damaged, is left as it is. Raises OSError.
    """
    erased = {str(owner) for owner in owners}
    forgotten = 0
    for path in sorted(folder.glob(f"*{KEYS_SUFFIX}")) if folder.is_dir() else ():
        with suppress(BadArchive):
            forgotten += _forget(path, erased)
    return forgotten


def _forget(path: Path, erased: set[str]) -> int:
    said = read_header(path)
    if said["contenu"] != KEYS or said["installation"] != public_key():
        return 0
    names, kept, gone = columns(CleDonnees), [], 0
    owner = names.index("proprietaire")
    for raw in read_lines(path, keyring()):
        record = json.loads(raw)
        if isinstance(record, list) and str(UUID(record[owner])) in erased:
            gone += 1
        elif isinstance(record, list) or record["genre"] != "fin":
            kept.append(raw.rstrip(b"\n"))
    if gone:
        header = {name: said[name] for name in ("contenu", "le", "version", "installation")}
        with ArchiveWriter(path, header, keyring()) as archive:
            _write(archive, kept)
        verify(path)
    return gone


def applied_migrations(alias: str = "default") -> list[str]:
    """Return the migrations that a database has, as `app.name`, sorted."""
    found = MigrationRecorder.Migration.objects.using(alias).values_list("app", "name")
    return sorted(f"{app}.{name}" for app, name in found)


def _header(content: str, le: datetime) -> dict[str, str]:
    return {
        "contenu": content,
        "le": le.isoformat(),
        "version": __version__,
        "installation": public_key(),
    }


def _write(archive: ArchiveWriter, records: Iterable[bytes]) -> Content:
    content, current = Content(), Digest()
    for raw in records:
        if raw.startswith(b"["):
            current.add(raw)
        else:
            found = json.loads(raw)
            if found["genre"] == "table":
                current = content.tables.setdefault(found["nom"], Digest())
            elif found["genre"] == "fichier":
                content.fichiers.add(raw)
        archive.write(raw + b"\n")
    archive.write(_record({"genre": "fin", **content.said()}) + b"\n")
    return content


def _data_records(alias: str) -> Iterator[bytes]:
    yield _record({"genre": "entete", "migrations": applied_migrations(alias)})
    for model in tables().values():
        yield from _table_records(alias, model, person_keys=False)
    yield from _file_records()


def _table_records(alias: str, model: Any, *, person_keys: bool) -> Iterator[bytes]:
    names = columns(model)
    yield _record({"genre": "table", "nom": model._meta.label, "colonnes": names})
    if model is not CleDonnees:
        yield from rows(model, alias)
        return
    place = names.index("portee")
    for raw in rows(model, alias):
        if (json.loads(raw)[place] == Portee.PERSONNE) == person_keys:
            yield raw


def _file_records() -> Iterator[bytes]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file():
            content = base64.b64encode(path.read_bytes()).decode("ascii")
            yield _record(
                {"genre": "fichier", "chemin": path.relative_to(root).as_posix(), "contenu": content}
            )


def _record(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _remember(le: datetime, written: Written) -> None:
    """Leave the date for `doctor`, and a line in the ledger: an export of everything is an act."""
    note_last(le.isoformat(), written.donnees)
    with atomic():
        record(
            chaine=PLATEFORME,
            acte=Acte.EXPORT,
            acteur=None,
            objet_genre="sauvegarde",
            detail={"tables": written.tables, "lignes": written.lignes},
        )
