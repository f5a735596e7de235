"""PostgreSQL servers of this test alone: made, copied by streaming, killed as a machine dies, promoted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest

USER, DATABASE, SLOT = "maillage", "postgres", "replique"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs, None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).resolve().parent if named else None


@contextmanager
def folder_of_servers() -> Iterator[Path]:
    """Give a folder that the servers may write, in memory where there is some; skips without a server."""
    if programs() is None:
        pytest.skip("no PostgreSQL server here")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(mkdtemp(prefix="maillage-bascule-", dir=memory))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Server:
    """One PostgreSQL server: its folder, its port, and the settings it is started with."""

    folder: Path
    port: int
    settings: tuple[str, ...] = ()

    def create(self, *asked: str) -> None:
        """Make an empty cluster, with what is asked of initdb, and start it."""
        ordinary = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", self._data, *ordinary, *asked)
        self.start()

    def copy_from(self, other: Server) -> None:
        """Become the streaming standby of another, which from then on waits for this one at each commit."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        other.execute(f"SELECT pg_drop_replication_slot('{SLOT}')", may_fail=True)
        source = f"host=127.0.0.1 port={other.port} user={USER} application_name={SLOT}"
        self._run("pg_basebackup", "-D", self._data, "-d", source, "-R", "-C", "-S", SLOT, "-c", "fast")
        self.start()
        self._until(other, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")

    def wait_for_standby(self, *, yes: bool) -> None:
        """Acknowledge a commit once it is on the standby's disk too, or no longer."""
        named = SLOT if yes else ""
        self.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{named}'")
        self.execute("SELECT pg_reload_conf()")
        if yes:
            self._until(self, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")

    def start(self) -> None:
        """Start it with the settings of a real one: what is acknowledged is on the disk."""
        # Nothing of it outside its folder, where a killed server would leave it.
        inside = ("unix_socket_directories=", "dynamic_shared_memory_type=mmap")
        asked = (*inside, "listen_addresses=127.0.0.1", *self.settings)
        options = f"-p {self.port} " + " ".join(f"-c {one}" for one in asked)
        log = str(self.folder / "journal")
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """Kill every process of it at once, as when the machine dies."""
        for pid in self._processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        (self.folder / "data/postmaster.pid").unlink(missing_ok=True)
        time.sleep(0.2)

    def cut_line(self) -> None:
        """Let the standby receive nothing more, as when the line between two machines is cut."""
        self.execute("ALTER SYSTEM SET primary_conninfo = ''")
        self.execute("SELECT pg_reload_conf()")
        self._until(self, "SELECT count(*) = 0 FROM pg_stat_wal_receiver")

    def promote(self) -> None:
        """Make the standby the primary."""
        self._run("pg_ctl", "-D", self._data, "-w", "promote")

    def stop(self, how: str = "immediate") -> None:
        """Stop it at once, if it runs; `fast`: as an administrator does."""
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self._data, "-m", how, "stop")

    def runs(self) -> bool:
        """Say whether it takes a connection."""
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def chief(self) -> int | None:
        """Return the number of the server's own process, None once it is gone."""
        file = self.folder / "data/postmaster.pid"
        pid = int(file.read_text().split()[0]) if file.exists() else 0
        return pid if pid and Path(f"/proc/{pid}").exists() else None

    def address(self, database: str = DATABASE) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def execute(
        self, statement: str, database: str = DATABASE, *, may_fail: bool = False
    ) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with psycopg.connect(self.address(database), autocommit=True) as opened:
            try:
                cursor = opened.execute(statement)  # type: ignore[call-overload]
            except psycopg.Error:
                if not may_fail:
                    raise
                return []
            return cursor.fetchall() if cursor.description else []

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _processes(self) -> list[int]:
        """Return the server's own process and its children's."""
        chief = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        return [chief, *map(int, Path(f"/proc/{chief}/task/{chief}/children").read_text().split())]

    def _until(self, server: Server, query: str) -> None:
        for _ in range(300):
            if server.execute(query)[0][0]:
                return
            time.sleep(0.1)
        raise AssertionError("the standby does not follow")

    def _run(self, name: str, *given: str) -> None:
        self.folder.mkdir(exist_ok=True)
        found, ahead = programs(), list[str]()
        assert found is not None
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            ahead = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
            ahead += ["env", f"HOME={self.folder}"]
        command = [*ahead, str(found / name), *given]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
