"""The primary killed under load, its standby promoted: what telephones were told is kept must be there.

    python -m tests.campaign.failover FOLDER PORT PORT ROUNDS safe|careless

The environment's DATABASE_URL names both servers. In each round telephones send to the product, the
primary's every process is killed, the standby is promoted, and the product, which is not restarted,
finds it. `careless`: commits do not wait for the standby, and its line is cut before. JSON out.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from tests.campaign.clusters import Server
from tests.campaign.kills import Sender
from tests.carnet_site import BUILD, CODE
from tests.installed import free_port, wait_for

SENDERS, LOAD_SECONDS, PROCESSES = ("nadia", "karim"), 3.0, 2
HELD = "SELECT id FROM main_courante_note"
PRODUCT = [sys.executable, "-m", "maillage.cli"]


class Steady(Sender):
    """A telephone that keeps what is not acknowledged, and tries again."""

    def __init__(self, *given: Any) -> None:
        """Start with nothing refused."""
        super().__init__(*given)
        self.refusals, self.ended, self.last = 0, False, 0.0

    def work(self) -> None:
        """Send until told to stop, and then until nothing waits."""
        while not self.ended or self.waiting:
            if not self.ended:
                self.waiting += [self._sealed() for _ in range(3 - len(self.waiting))]
            try:
                self._send()
                self.last = time.monotonic()
            except (OSError, http.client.HTTPException, ValueError):
                self.refusals += 1
                time.sleep(0.1)


def main(folder: Path, ports: tuple[int, int], rounds: int, *, safe: bool) -> dict[str, Any]:
    """Make both servers and the product, fail over `rounds` times; return the figures."""
    primary, standby = (Server(folder / str(port), port) for port in ports)
    try:
        primary.create()
        product("init")
        made = subprocess.run([sys.executable, "-c", BUILD, CODE], check=True, capture_output=True, text=True)
        known = json.loads(made.stdout.splitlines()[-1])
        standby.copy_from(primary)
        return rehearse(primary, standby, known, rounds, safe=safe)
    finally:
        primary.stop()
        standby.stop()


def rehearse(
    primary: Server, standby: Server, known: dict[str, str], rounds: int, *, safe: bool
) -> dict[str, Any]:
    """Serve, send and fail over."""
    port = free_port()
    serving = [*PRODUCT, "serve", "--port", str(port), "--processes", str(PROCESSES)]
    server = subprocess.Popen(serving)
    outages, senders = list[float](), list[Steady]()
    try:
        wait_for(server, f"http://127.0.0.1:{port}/health")
        for turn in range(rounds):
            primary.wait_for_standby(yes=safe)
            ledger("export", f"{turn}.jsonl")
            outages.append(fail_over(primary, standby, port, known, senders, safe=safe))
            primary, standby = standby, primary
            if turn + 1 < rounds:
                standby.copy_from(primary)
    finally:
        server.terminate()
        server.wait(timeout=30)
    held = [row[0].hex for row in primary.execute(HELD)]
    told = [pk for one in senders for pk in one.acknowledged]
    ledger("export", "dernier.jsonl")
    key = ledger("key").strip()
    return {
        "bascules": rounds,
        "acquittees": len(told),
        "tenues": len(held),
        "perdues": len(set(told) - set(held)),
        "en_double": len(held) - len(set(held)),
        "refus": sum(one.refusals for one in senders),
        "coupure_s": round(max(outages), 1),
        "journal": [
            ledger("verify", "dernier.jsonl", "--key", key, "--against", f"{turn}.jsonl")
            for turn in range(rounds)
        ][-1],
    }


def fail_over(
    primary: Server, standby: Server, port: int, known: dict[str, str], senders: list[Steady], *, safe: bool
) -> float:
    """Send, kill, promote, send again; return how long nothing was accepted, in seconds."""
    mine = [Steady(port, known["telephone"], known[who]) for who in SENDERS]
    senders += mine
    for one in mine:
        one.open()
    threads = [threading.Thread(target=one.work) for one in mine]
    for thread in threads:
        thread.start()
    time.sleep(LOAD_SECONDS)
    if not safe:
        standby.cut_line()
        time.sleep(LOAD_SECONDS)
    primary.kill()
    killed = time.monotonic()
    standby.promote()
    while max(one.last for one in mine) < killed + 0.5:
        time.sleep(0.05)
    outage = time.monotonic() - killed
    time.sleep(LOAD_SECONDS / 2)
    for one in mine:
        one.ended = True
    for thread in threads:
        thread.join()
    return outage


def product(*given: str) -> str:
    """Run one `maillage` command; return what it prints."""
    return subprocess.run([*PRODUCT, *given], check=True, stdout=subprocess.PIPE, text=True).stdout


def ledger(*given: str) -> str:
    """Run `maillage ledger`; raises when it does not hold."""
    return product("ledger", *given).strip()


if __name__ == "__main__":
    import django

    os.chdir(os.environ["MAILLAGE_FILES"])
    django.setup()
    first, second, count = (int(given) for given in sys.argv[2:5])
    done = main(Path(sys.argv[1]), (first, second), count, safe=sys.argv[5] == "safe")
    sys.stdout.write(json.dumps(done) + "\n")
