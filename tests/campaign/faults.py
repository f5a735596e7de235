"""A telephone that sends while the disk fills, the base is locked, slow, or the server is killed.

    python -m tests.campaign.faults TURNS SEED TELEPHONE POSTE

Runs on a copy of the installation laid on a file system of a few megabytes, in a mount namespace of its
own (`unshare -m`), so that «full» is a real full disk. Each turn takes one fault, sends under it, takes
it away, and sends again; the answers are counted. JSON out.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.campaign import kills
from tests.campaign.power import Recorder

SIZE_MB, LOCK_SECONDS, SLOW_SECONDS = 48, 1, 0.25
FAULTS = ("plein", "verrou", "lent", "arret")
SENTENCE = "rien n'a été enregistré de votre dernière action"


class SlowDisk(Recorder):
    """SQLite's file layer, where each sync takes as long as `delay` says; nothing is noted."""

    def __init__(self) -> None:
        """Share the delay with the processes forked from this one."""
        self.delay = multiprocessing.RawValue("d", 0.0)
        super().__init__()

    def note(self, *event: Any) -> None:
        """Keep nothing."""

    def sync(self, real: Any, file: int, flags: int) -> int:
        """Wait, then let the real sync work."""
        time.sleep(self.delay.value)
        return int(real(file, flags))


class Probe(kills.Sender):
    """A telephone that counts how it is refused, and waits for a slow disk."""

    PATIENCE = 30

    def __init__(self, *given: Any) -> None:
        """Start with no answer."""
        super().__init__(*given)
        self.seen: Counter[str] = Counter()
        self.unclear: list[str] = []

    def try_once(self, fault: str) -> bool:
        """Send one batch; say whether it was accepted, and count a refusal."""
        self.waiting += [self._sealed() for _ in range(kills.BATCH - len(self.waiting))]
        try:
            self._send()
        except (OSError, http.client.HTTPException):
            self.seen[f"{fault} coupure"] += 1
            return False
        except ValueError as refusal:
            self.seen[f"{fault} {refusal}"] += 1
            return False
        self.seen[f"{fault} acceptation"] += 1
        return True

    def until_accepted(self) -> int:
        """Try again until the batch is taken; return how many tries it took."""
        for attempt in range(1, 50):
            if self.try_once("reprise"):
                return attempt
            time.sleep(0.2)
        raise AssertionError("no recovery")

    def refused(self, path: str, answer: http.client.HTTPResponse, content: str) -> None:
        """Keep a refusal that does not say clearly that nothing was saved, and when to come back."""
        said = content.replace("&#x27;", "'")
        if answer.status != 503 or SENTENCE not in said or not answer.headers.get("Retry-After"):
            self.unclear.append(f"{answer.status} {path}")


class Site:
    """The server on its small disk, and the faults that may strike it."""

    def __init__(self, folder: Path, disk: SlowDisk) -> None:
        """Remember the places; the server starts later."""
        self.folder, self.disk, self.child = folder, disk, 0
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)

    def start(self) -> None:
        """Fork a server."""
        from maillage.config.wsgi import application

        self.child = kills._fork(self.listening, application)

    def kill(self) -> None:
        """Kill it at once."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)

    @contextmanager
    def plein(self) -> Iterator[None]:
        """Fill the disk to its last byte, the room that SQLite's journal already holds included."""
        with closing(sqlite3.connect(self.folder / "maillage.sqlite3", timeout=20)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with filled(self.folder):
            yield

    @contextmanager
    def verrou(self) -> Iterator[None]:
        """Hold the write lock longer than anyone waits."""
        with closing(sqlite3.connect(self.folder / "maillage.sqlite3", isolation_level=None)) as opened:
            opened.execute("BEGIN IMMEDIATE")
            yield
            opened.execute("ROLLBACK")

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Make each sync slow."""
        self.disk.delay.value = SLOW_SECONDS
        yield
        self.disk.delay.value = 0.0

    @contextmanager
    def arret(self) -> Iterator[None]:
        """Kill the server; another one starts after."""
        self.kill()
        self.start()
        yield


def main(turns: int, seed: int, telephone: str, poste: str) -> dict[str, Any]:
    """Strike `turns` times; return the answers by fault, and what was acknowledged, lost, doubled."""
    folder = _small_disk()
    disk = SlowDisk()
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    settings.DATABASES["default"]["OPTIONS"]["timeout"] = LOCK_SECONDS
    chance, site = random.Random(seed), Site(folder, disk)
    site.start()
    probe = Probe(site.listening.getsockname()[1], telephone, poste)
    probe.open()
    recoveries = Counter[int]()
    for turn in range(turns):
        fault = FAULTS[turn % len(FAULTS)]
        with getattr(site, fault)():
            for _ in range(chance.randrange(1, 4)):
                probe.try_once(fault)
        recoveries[probe.until_accepted()] += 1
    site.kill()
    counted = probe.outcome(turns)
    del counted["arrets"]
    # While our file methods still stand: SQLite writes once more as it closes.
    connection.close()
    sound = _sound(folder)
    return {
        **counted,
        "tours": turns,
        "reponses": dict(sorted(probe.seen.items())),
        "peu_claires": probe.unclear,
        "essais_avant_reprise": max(recoveries),
        "saine": sound,
    }


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Fill a file system to its last byte; free it after."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    yield
    ballast.unlink()


def mount(small: Path, megabytes: int) -> None:
    """Make a folder that is a file system of this size, in this process's own view of the disks."""
    small.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(small)]
    subprocess.run(["mount", *options], check=True)


def _small_disk() -> Path:
    """Lay a copy of the installation on a small file system, and point this process to it."""
    data = Path(os.environ["MAILLAGE_DATA"])
    small = data.with_name("petit-disque")
    mount(small, SIZE_MB)
    shutil.copytree(data, small, dirs_exist_ok=True)
    os.environ["MAILLAGE_DATA"], os.environ["MAILLAGE_KEYS"] = str(small), f"{data}.keys"
    return small


def _sound(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / "maillage.sqlite3")) as opened:
        return bool(opened.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


if __name__ == "__main__":
    done = main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
    sys.stdout.write(json.dumps(done) + "\n")
