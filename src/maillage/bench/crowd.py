"""A crowd on one server: signed-in users who read, write and wait, each on a thread of its own.

The server is the product's own (`maillage serve`), in a process of its own; its memory and its open
files are read from /proc. Times are those the users wait, network of the machine included.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from maillage.bench.scale import data_folder

PROCESSES = 2
READ_TIMEOUT, START_TIMEOUT = 30.0, 60.0
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PLACE = re.compile(r'name="lieu"[^>]*value="([0-9a-f-]{36})"|value="([0-9a-f-]{36})"[^>]*name="lieu"')
# Address, how often among ten visits: what each role opens on an ordinary day.
FIELD = (
    ("/", 3),
    ("/noter/", 3),
    ("/notes/", 1),
    ("/messages/", 1),
    ("/orientations/", 1),
    ("/annuaire/", 1),
)
EDUCATOR = (("/", 3), ("/orientations/", 2), ("/accompagnements/", 3), ("/messages/", 1), ("/noter/", 1))
HEADS = (("/", 4), ("/reciprocite/", 2), ("/notes/", 2), ("/messages/", 2))
MIX: Mapping[str, Sequence[tuple[str, int]]] = {
    "mediateur": FIELD,
    "correspondant_de_nuit": FIELD,
    "educateur": EDUCATOR,
    "chef_de_service": HEADS,
    "direction": HEADS,
}
SESSIONS = """
import sys, json, django
django.setup()
from maillage.bench.sessions import session_of
print(json.dumps([session_of(name) for name in json.loads(sys.argv[1])]))
"""


@dataclass
class Server:
    """A server that answers: its port and its processes (the first starts the others)."""

    port: int
    pid: int
    figures: list[tuple[int, int]] = field(default_factory=list)

    def look(self) -> tuple[int, int]:
        """Return the memory (kB, resident) and the number of open files of its processes together."""
        memory = files = 0
        for pid in (self.pid, *_children(self.pid)):
            status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
            found = re.search(r"VmRSS:\s+(\d+)", status)
            memory += int(found[1]) if found else 0
            files += len(list(Path(f"/proc/{pid}/fd").iterdir()))
        self.figures.append((memory, files))
        return memory, files


@dataclass(frozen=True)
class Visit:
    """One answer: the address, its status (0: none came), the milliseconds waited."""

    path: str
    status: int
    ms: float


@contextmanager
def served(env: dict[str, str]) -> Iterator[Server]:
    """Serve this installation on a free port, with as many processes as its database allows."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    order = [sys.executable, "-m", "maillage.cli", "serve", "--port", str(port)]
    if "DATABASE_URL" in env:
        order += ["--processes", str(PROCESSES)]
    with subprocess.Popen(order, env=env, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            _wait_for(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def members(env: dict[str, str], count: int) -> list[tuple[str, str]]:
    """Return `count` sessions of the demonstration's field workers and heads: (role, session key)."""
    accounts = json.loads((data_folder(env) / "accounts.json").read_text("utf-8"))
    known = [one for one in accounts if one["role"] in MIX and one["state"] == "actif"]
    chosen = [known[rank % len(known)] for rank in range(count)]
    names = json.dumps([one["username"] for one in chosen])
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", SESSIONS, names], env=env, check=True, capture_output=True, text=True
    )
    keys = json.loads(done.stdout.splitlines()[-1])
    return [(one["role"], key) for one, key in zip(chosen, keys, strict=True)]


def crowd(server: Server, users: Sequence[tuple[str, str]], seconds: float, think_s: float) -> list[Visit]:
    """Let everyone visit for `seconds`, waiting about `think_s` between two visits; return every visit."""
    visits: list[list[Visit]] = [[] for _ in users]
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_live, args=(server.port, role, key, rank, until, think_s, visits[rank]))
        for rank, (role, key) in enumerate(users)
    ]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        server.look()
        time.sleep(min(5.0, max(0.1, until - time.monotonic())))
    for thread in threads:
        thread.join()
    return [visit for one in visits for visit in one]


def alone(server: Server, user: tuple[str, str], path: str, times: int) -> float:
    """Let one user open one page several times, one after the other; return the median milliseconds.

    Raises ValueError when an answer is no page.
    """
    visits: list[Visit] = []
    for _ in range(times):
        _ask(server.port, user[1], "GET", path, visits)
    if any(one.status != 200 for one in visits):
        raise ValueError(f"{path} : {sorted({one.status for one in visits})}")
    return statistics.median(one.ms for one in visits)


def summary(visits: Sequence[Visit], seconds: float) -> dict[str, float]:
    """Return p50, p95, p99 (ms), visits a second, how many were refused (403: the crowd has a post that
    only reads, and tries) and how many failed (no answer, any other 4xx, 5xx).
    """
    cuts = statistics.quantiles([one.ms for one in visits], n=100)
    return {
        "visites": len(visits),
        "par_seconde": round(len(visits) / seconds, 1),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "refus": sum(1 for one in visits if one.status == 403),
        "echecs": sum(1 for one in visits if not 200 <= one.status < 400 and one.status != 403),
    }


def _live(port: int, role: str, key: str, rank: int, until: float, think_s: float, kept: list[Visit]) -> None:
    rng = Random(rank)  # noqa: S311 - figures to measure with
    paths, weights = zip(*MIX[role], strict=True)
    time.sleep(rng.uniform(0, think_s))
    while time.monotonic() < until:
        path = rng.choices(paths, weights)[0]
        page = _ask(port, key, "GET", path, kept)
        if path == "/noter/" and page and rng.random() < 0.5:
            _write(port, key, page, rng, kept)
        time.sleep(rng.uniform(0.5, 1.5) * think_s)


def _write(port: int, key: str, page: str, rng: Random, kept: list[Visit]) -> None:
    """Write «rien à signaler» at one of the page's places."""
    token, places = FORM_TOKEN.search(page), PLACE.findall(page)
    if token is None or not places:
        return
    place = next(one for one in rng.choice(places) if one)
    sent = {
        "csrfmiddlewaretoken": token[1],
        "id": str(UUID(int=rng.getrandbits(128), version=4)),
        "lieu": place,
        "ambiance": "ras",
        "rien": "1",
    }
    _ask(port, key, "POST", "/noter/", kept, urlencode(sent))


_COOKIES = threading.local()


def _ask(
    port: int, key: str, method: str, path: str, kept: list[Visit], body: str | None = None
) -> str | None:
    """Ask once and keep the visit; return the page, None when none came."""
    token = getattr(_COOKIES, "token", "")
    headers = {"Cookie": f"sessionid={key}; csrftoken={token}"}
    if body is not None:
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{port}{path}",
        }
    start = time.perf_counter()
    status, text = 0, None
    try:
        opened = http.client.HTTPConnection("127.0.0.1", port, timeout=READ_TIMEOUT)
        opened.request(method, path, body, headers)
        answer = opened.getresponse()
        text, status = answer.read().decode("utf-8", "replace"), answer.status
        found = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
        if found:
            _COOKIES.token = found[1]
        opened.close()
    except OSError:
        pass
    kept.append(Visit(path, status, (time.perf_counter() - start) * 1000))
    return text


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(one) for one in found]


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_TIMEOUT
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")
