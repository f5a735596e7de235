"""Telephones that send while PostgreSQL's disks fill, its tables are locked, or its processes are killed.

    python -m tests.campaign.pg_faults FOLDER PORT TURNS SEED

Runs in mount and network namespaces of its own (`unshare`): the cluster, its journal included, lies on
one small file system, the product's tables on another, so that «full» is a real full disk; the server
has an address that can be taken away, so that a line falls silent. The product runs as in a town
(`maillage serve`, two processes) and is never restarted. Each turn takes one fault, sends under it,
takes it away, and sends again; the answers are counted. JSON out.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.campaign.clusters import Server, programs
from tests.campaign.failover import HELD, PRODUCT
from tests.campaign.faults import Probe, filled, mount
from tests.carnet_site import BUILD, CODE
from tests.installed import free_port, wait_for
from tests.migrated import migrate_postgresql

BASE, ADDRESS = "maillage", "10.99.0.1"
CLUSTER_MB, TABLES_MB, LOCK_MS, STILL_SECONDS = 96, 48, 300, 0.5
OF_THE_PRODUCT = f"FROM pg_stat_activity WHERE datname = '{BASE}'"
END_ALL = f"SELECT pg_terminate_backend(pid, 5000) {OF_THE_PRODUCT}"
# The journal asks for a new segment often; so many bytes are left in the last one when no more fits.
SEGMENT_MB, LEFT = 1, 40_000
SETTINGS = (f"listen_addresses=127.0.0.1,{ADDRESS}", "max_wal_size=8MB", "min_wal_size=2MB", "autovacuum=off")
FAULTS = ("tables", "journal", "verrou", "coupures", "chute", "arret", "redemarrage", "fige", "ligne")
# What is not over while it lasts: each telephone sends until it is refused.
UNTIL_REFUSED = {"tables": 80, "journal": 200, "arret": 3, "ligne": 3}
SENDERS = ("nadia", "karim", "nadia")


class Base:
    """The PostgreSQL server on its small disks, and the faults that may strike it."""

    def __init__(self, folder: Path, port: int) -> None:
        """Remember the places."""
        folder.mkdir()
        self.cluster, self.small = folder / "grappe", folder / "tables"
        self.server = Server(self.cluster, port, SETTINGS)

    def create(self) -> None:
        """Make both disks, the cluster on one, the product's empty database on the other."""
        mount(self.cluster, CLUSTER_MB)
        mount(self.small, TABLES_MB)
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        self._line("add")
        place = self.small / "petit"
        place.mkdir()
        shutil.chown(place, "postgres")
        self.server.create(f"--wal-segsize={SEGMENT_MB}", "--no-sync")
        with (self.cluster / "data/pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {ADDRESS}/32 trust\n")
        self.server.execute("SELECT pg_reload_conf()")
        self.server.execute(f"CREATE TABLESPACE petit LOCATION '{place}'")
        self.server.execute(f"CREATE DATABASE {BASE} TABLESPACE petit")

    @contextmanager
    def tables(self) -> Iterator[None]:
        """Fill the disk of the tables."""
        with filled(self.small):
            yield

    @contextmanager
    def journal(self) -> Iterator[None]:
        """Fill the disk of the journal; the server dies of it, and an administrator starts it again."""
        with filled(self.cluster):
            self._use_up_segments()
            yield
        self._up_again()

    @contextmanager
    def verrou(self) -> Iterator[None]:
        """Hold the table of notes longer than anyone waits."""
        with psycopg.connect(self.server.address(BASE)) as opened:
            opened.execute("LOCK TABLE main_courante_note IN ACCESS EXCLUSIVE MODE")
            yield

    @contextmanager
    def coupures(self) -> Iterator[None]:
        """End every connection, again and again."""
        over = threading.Event()

        def work() -> None:
            while not over.wait(0.02):
                self.server.execute(END_ALL)

        thread = threading.Thread(target=work)
        thread.start()
        yield
        over.set()
        thread.join()

    @contextmanager
    def chute(self) -> Iterator[None]:
        """Kill one server process in the middle of its work: PostgreSQL restarts all of them by itself."""
        pids = self._working()
        if pids:
            os.kill(pids[0], signal.SIGKILL)
        yield
        self._up_again()

    @contextmanager
    def arret(self) -> Iterator[None]:
        """Kill the whole server at once."""
        self.server.kill()
        yield
        self.server.start()

    @contextmanager
    def redemarrage(self) -> Iterator[None]:
        """Restart as an administrator does, while telephones send."""
        thread = threading.Thread(target=self._restart)
        thread.start()
        yield
        thread.join()

    @contextmanager
    def fige(self) -> Iterator[None]:
        """Freeze the connections for a while, as a disk that does not answer does."""
        pids = self._working()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        timer = threading.Timer(STILL_SECONDS, self._wake, [pids])
        timer.start()
        yield
        timer.join()

    @contextmanager
    def ligne(self) -> Iterator[None]:
        """Cut the line between the product and the server: neither is told anything, both must give up."""
        self._line("del")
        yield
        for _ in range(100):
            if not self._working():
                self._line("add")
                return
            time.sleep(0.1)
        raise AssertionError("the server still keeps the locks of connections that are lost")

    def _line(self, order: str) -> None:
        subprocess.run(["ip", "address", order, f"{ADDRESS}/32", "dev", "lo"], check=True)

    def _wake(self, pids: list[int]) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def _restart(self) -> None:
        self.server.stop("fast")
        self.server.start()

    def _working(self) -> list[int]:
        return [int(row[0]) for row in self.server.execute(f"SELECT pid {OF_THE_PRODUCT}")]

    def _use_up_segments(self) -> None:
        """Write to the last segment of the journal that lies on the disk, and leave little room in it."""
        here = "pg_current_wal_insert_lsn()"
        segments = "SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'"
        ahead = f"{segments} AND name > pg_walfile_name({here})"
        left = f"{SEGMENT_MB << 20} - (pg_walfile_name_offset({here})).file_offset - {LEFT}"
        fill = "SELECT pg_logical_emit_message(false, 'essai', repeat('x', {}))"
        # Another may use the last room first: the server is then down already.
        with suppress(psycopg.OperationalError):
            while self.server.execute(ahead)[0][0]:
                self.server.execute(fill.format(1))
                self.server.execute("SELECT pg_switch_wal()")
            self.server.execute(fill.format(f"greatest({left}, 1)"))

    def _up_again(self) -> None:
        """Wait for the server, which restarts by itself or has given up; then start it."""
        for _ in range(200):
            if self.server.runs():
                return
            if self.server.chief() is None:
                self.server.start()
            time.sleep(0.1)
        raise AssertionError("PostgreSQL does not come back")


def main(folder: Path, port: int, turns: int, seed: int) -> dict[str, Any]:
    """Make the disks, the cluster and the product, strike, and return the figures."""
    base = Base(folder, port)
    try:
        base.create()
        found = programs()
        assert found is not None
        migrate_postgresql(base.server.address(BASE), found, os.environ)
        served = free_port()
        order = [*PRODUCT, "serve", "--port", str(served), "--processes", "2"]
        serving = subprocess.Popen(order)
        try:
            build = [sys.executable, "-c", BUILD, CODE]
            made = subprocess.run(build, check=True, capture_output=True, text=True)
            known = json.loads(made.stdout.splitlines()[-1])
            wait_for(serving, f"http://127.0.0.1:{served}/health")
            probes = [Probe(served, known["telephone"], known[who]) for who in SENDERS]
            tries = strike(base, probes, turns, random.Random(seed))
        finally:
            serving.terminate()
            serving.wait(timeout=30)
        return _outcome(base.server, probes) | {"tours": turns, "essais_avant_reprise": tries}
    finally:
        base.server.stop()


def strike(base: Base, probes: list[Probe], turns: int, chance: random.Random) -> int:
    """Strike `turns` times; return how many tries it took at most, after a fault, to be accepted."""
    recoveries = list[int]()
    for one in probes:
        one.open()
    for turn in range(turns):
        fault = FAULTS[turn % len(FAULTS)]
        tries = UNTIL_REFUSED.get(fault, chance.randrange(1, 4))
        with getattr(base, fault)():
            _together(probes, fault, tries)
        recoveries += [one.until_accepted() for one in probes]
    return max(recoveries)


def _together(probes: list[Probe], fault: str, tries: int) -> None:
    """Let all send at once, `tries` times or until they are refused."""

    def work(probe: Probe) -> None:
        for _ in range(tries):
            if not probe.try_once(fault) and fault in UNTIL_REFUSED:
                return

    threads = [threading.Thread(target=work, args=[one]) for one in probes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _outcome(server: Server, probes: list[Probe]) -> dict[str, Any]:
    """Compare what was acknowledged with what the database holds; check its indexes, verify the ledger."""
    held = [row[0].hex for row in server.execute(HELD, BASE)]
    told = {pk for one in probes for pk in one.acknowledged}
    made = {pk for one in probes for pk in one.made}
    answers = sum((one.seen for one in probes), Counter[str]())
    return {
        "acquittees": len(told),
        "perdues": len(told - set(held)),
        "en_trop": len(set(held) - made) + len(held) - len(set(held)),
        "saine": _sound(server),
        "reponses": dict(sorted(answers.items())),
        "peu_claires": [said for one in probes for said in one.unclear],
        "gardees_malgre_refus": sum(one.already for one in probes),
        "journal": _ledger(),
    }


def _ledger() -> int:
    """Verify the whole ledger; return how many lines it has. Raises when it does not hold."""
    from django.db.transaction import atomic

    from maillage.audit.actions import sign_heads
    from maillage.audit.queries import export_lines
    from maillage.audit.signing import public_key
    from maillage.audit.verify import read_lines, read_public_key, verify

    with atomic():
        sign_heads()
        lines = list(export_lines())
    return verify(read_lines(lines), read_public_key(public_key())).lignes


def _sound(server: Server) -> bool:
    """Say whether each index leads to each row of its table; PostgreSQL itself complains otherwise."""
    server.execute("CREATE EXTENSION amcheck", BASE)
    checked = server.execute(
        "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
        "WHERE a.amname = 'btree' AND c.relpersistence = 'p' AND i.indisvalid",
        BASE,
    )
    return len(checked) > 100


if __name__ == "__main__":
    import django

    os.chdir(os.environ["MAILLAGE_FILES"])
    django.setup()
    done = main(Path(sys.argv[1]), *(int(given) for given in sys.argv[2:5]))
    sys.stdout.write(json.dumps(done) + "\n")
