"""Power cuts, simulated: what SQLite wrote since its last sync survives by chance, sector by sector.

How: a copy of SQLite's own file layer is registered as the default one, with `write`, `truncate` and
`sync` noted on their way to the real ones. From these notes, the disk is rebuilt as it could be at any
instant: everything before a file's last sync is there; of what came after, each 512-byte sector is or
is not. The database is then opened as after a restart. Run as a program: one mode, one seed, JSON out.
Not simulated: a disk that lies about its own cache, and directory entries (the files exist from the start).
"""

from __future__ import annotations

import ctypes
import json
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SECTOR = 512
VFS_BYTES, NAME_AT, OPEN_AT = 176, 24, 40
WRITE, TRUNCATE, SYNC = 3, 4, 5
POINTER = ctypes.sizeof(ctypes.c_void_p)
METHODS = 19

_void, _int, _i64 = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_int, _void, _void, _void, _int, _void)
_WRITE = ctypes.CFUNCTYPE(_int, _void, _void, _int, _i64)
_TRUNCATE = ctypes.CFUNCTYPE(_int, _void, _i64)
_SYNC = ctypes.CFUNCTYPE(_int, _void, _int)


class Recorder:
    """Everything that reached the file layer, in order: writes, truncations, syncs, acknowledgements."""

    def __init__(self) -> None:
        """Register the noting file layer as SQLite's default."""
        self.events: list[tuple[Any, ...]] = []
        self.paths: dict[int, str] = {}
        self.tables: dict[int, Any] = {}
        self.kept: list[Any] = []
        library = ctypes.CDLL("libsqlite3.so.0")
        library.sqlite3_vfs_find.restype = _void
        library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        library.sqlite3_vfs_register.argtypes = [_void, _int]
        original = library.sqlite3_vfs_find(None)
        copy = ctypes.create_string_buffer(ctypes.string_at(original, VFS_BYTES), VFS_BYTES)
        self.real_open = _OPEN(_read_pointer(original + OPEN_AT))
        name, hook = ctypes.create_string_buffer(b"noted"), _OPEN(self._open)
        _write_pointer(ctypes.addressof(copy) + NAME_AT, ctypes.addressof(name))
        _write_pointer(ctypes.addressof(copy) + OPEN_AT, _address(hook))
        self.kept += [copy, name, hook]
        library.sqlite3_vfs_register(ctypes.addressof(copy), 1)

    def acknowledge(self, identifier: str) -> None:
        """Note that from now on this identifier was promised."""
        self.note("ack", identifier)

    def note(self, *event: Any) -> None:
        """Keep one event."""
        self.events.append(event)

    def sync(self, real: Any, file: int, flags: int) -> int:
        """Put a file on the disk; a slower disk says otherwise."""
        return int(real(file, flags))

    def _open(self, vfs: int, path: int | None, file: int, flags: int, out: int) -> int:
        # SQLite keeps this very pointer to name the -shm file later: a copy would be freed under it.
        status = self.real_open(vfs, path, file, flags, out)
        methods = _read_pointer(file)
        if status == 0 and methods and path:
            self.paths[file] = ctypes.string_at(path).decode()
            if methods not in self.tables:
                self.tables[methods] = self._noted(methods)
            _write_pointer(file, ctypes.addressof(self.tables[methods]))
        return int(status)

    def _noted(self, methods: int) -> Any:
        """Copy a table of file methods, with ours around three of them."""
        table = (ctypes.c_void_p * METHODS).from_buffer_copy(ctypes.string_at(methods, METHODS * POINTER))
        write, truncate, sync = _WRITE(table[WRITE]), _TRUNCATE(table[TRUNCATE]), _SYNC(table[SYNC])

        def noted_write(file: int, data: int, size: int, offset: int) -> int:
            self.note("write", self.paths[file], offset, ctypes.string_at(data, size))
            return int(write(file, data, size, offset))

        def noted_truncate(file: int, size: int) -> int:
            self.note("truncate", self.paths[file], size)
            return int(truncate(file, size))

        def noted_sync(file: int, flags: int) -> int:
            status = self.sync(sync, file, flags)
            self.note("sync", self.paths[file])
            return status

        hooks = [_WRITE(noted_write), _TRUNCATE(noted_truncate), _SYNC(noted_sync)]
        for index, hook in zip((WRITE, TRUNCATE, SYNC), hooks, strict=True):
            table[index] = _address(hook)
        self.kept += [hooks, write, truncate, sync]
        return table


class Disk:
    """The durable bytes of some files, and what waits in the cache since each one's last sync."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Start from files known to be on the disk."""
        self.durable = {path: bytearray(content) for path, content in files.items()}
        self.pending: dict[str, list[tuple[Any, ...]]] = {path: [] for path in files}

    def apply(self, event: tuple[Any, ...]) -> None:
        """Follow one event."""
        kind, path = event[0], event[1]
        if kind == "ack" or path not in self.durable:
            return
        if kind == "sync":
            for waiting in self.pending[path]:
                _put(self.durable[path], waiting)
            self.pending[path] = []
        else:
            self.pending[path].append(event)

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files as they could be found: each unsynced sector is there or not."""
        found = {path: bytearray(content) for path, content in self.durable.items()}
        for path, waiting in self.pending.items():
            survival = chance.choice([0.0, 0.5, 0.9, 1.0])
            for event in waiting:
                for part in _sectors(event):
                    if chance.random() < survival:
                        _put(found[path], part)
        return {path: bytes(content) for path, content in found.items()}


def cut(events: list[tuple[Any, ...]], base: dict[str, bytes], *, cuts: int, seed: int) -> dict[str, int]:
    """Cut the power `cuts` times; count the promised notes that are lost, and the broken databases."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(1, len(events)) for _ in range(cuts))
    disk, promised, done = Disk(base), set[str](), 0
    lost = cuts_with_loss = broken = 0
    with tempfile.TemporaryDirectory() as folder:
        for moment in moments:
            for event in events[done:moment]:
                disk.apply(event)
                if event[0] == "ack":
                    promised.add(event[1])
            done = moment
            held, sound = _restart(Path(folder), disk.after_cut(chance))
            missing = len(promised - held)
            lost, cuts_with_loss, broken = (
                lost + missing,
                cuts_with_loss + bool(missing),
                broken + (not sound),
            )
    return {
        "coupures": cuts,
        "promises": len(promised),
        "perdues": lost,
        "coupures_avec_perte": cuts_with_loss,
        "bases_abimees": broken,
    }


def _restart(folder: Path, files: dict[str, bytes]) -> tuple[set[str], bool]:
    """Open the rebuilt database as after a restart; return its notes, and whether it is sound."""
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)
    database = next(folder / Path(path).name for path in files if path.endswith(".sqlite3"))
    (folder / f"{database.name}-shm").unlink(missing_ok=True)
    opened = sqlite3.connect(database)
    try:
        held = {str(row[0]).replace("-", "") for row in opened.execute("SELECT id FROM main_courante_note")}
        return held, opened.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return set(), False
    finally:
        opened.close()


def _sectors(event: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if event[0] == "truncate":
        yield event
        return
    _, path, offset, data = event
    at = 0
    while at < len(data):
        size = min(SECTOR - (offset + at) % SECTOR, len(data) - at)
        yield ("write", path, offset + at, data[at : at + size])
        at += size


def _put(content: bytearray, event: tuple[Any, ...]) -> None:
    if event[0] == "truncate":
        del content[event[2] :]
        return
    _, _, offset, data = event
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _read_pointer(address: int) -> int:
    return ctypes.c_void_p.from_address(address).value or 0


def _write_pointer(address: int, value: int) -> None:
    ctypes.c_void_p.from_address(address).value = value


def _address(hook: Any) -> int:
    return ctypes.cast(hook, ctypes.c_void_p).value or 0


def main(mode: str, cuts: int, notes: int, seed: int) -> dict[str, int]:
    """Write notes with the product's own action under that mode, then cut the power."""
    recorder = Recorder()
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from maillage.base import clock
    from maillage.base.identifiers import new_id
    from maillage.comptes.acteur import build_acteur
    from maillage.comptes.models import Compte
    from maillage.comptes.queries import active_post
    from maillage.directory.models import Lieu
    from maillage.main_courante.actions import write_notes
    from maillage.main_courante.saisie import NoteData

    compte = Compte.objects.get(identifiant="nadia")
    poste = active_post(compte, clock.now())
    assert poste is not None
    by, lieu = build_acteur(compte, poste, []), Lieu.objects.filter(nom="Hall 4").get()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint=200")
        if mode != "FULL":
            cursor.execute(f"PRAGMA synchronous={mode}")
    database = str(settings.DATABASES["default"]["NAME"])
    base = {path: Path(path).read_bytes() for path in (database, f"{database}-wal")}
    recorder.events.clear()
    chance = random.Random(seed)
    written = 0
    while written < notes:
        batch = [
            NoteData(id=new_id(), lieu=lieu.pk, categorie="regroupement", texte="x" * chance.randrange(200))
            for _ in range(chance.randrange(1, 5))
        ]
        for result in write_notes(by=by, batch=batch):
            assert result.note is not None
            recorder.acknowledge(result.note.pk.hex)
        written += len(batch)
    noted = list(recorder.events)
    # Closed while our file methods still stand: SQLite writes once more as it closes.
    connection.close()
    return cut(noted, base, cuts=cuts, seed=seed)


if __name__ == "__main__":
    counted = main(sys.argv[1], *(int(given) for given in sys.argv[2:5]))
    sys.stdout.write(json.dumps(counted) + "\n")
