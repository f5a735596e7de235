"""What a user would otherwise open on the same tables: Datasette, and Django's own administration.

Each is asked for the newest notes of one service, fifty a page, one visit after the other.
"""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.request import urlopen

from maillage.bench.admin_peer import PATH
from maillage.bench.throwaway import run_there

VISITS, WAIT_S = 30, 60.0
# Where most notes are: the page that costs most.
BUSIEST = (
    "import json, django; django.setup(); from django.db.models import Count; "
    "from maillage.base.wall import declare_house; declare_house(); "
    "from maillage.main_courante.models import Note; "
    "print(json.dumps(Note.objects.values('service').annotate(n=Count('pk')).latest('n'), default=str))"
)


def peers(env: Mapping[str, str]) -> dict[str, float | None]:
    """Return each peer's median milliseconds on this installation; None where it cannot be asked."""
    service = str(run_there(BUSIEST, dict(env))["service"])
    return {"datasette_ms": datasette(env, service), "admin_ms": administration(env, service)}


def datasette(env: Mapping[str, str], service: str) -> float | None:
    """Serve the SQLite file as Datasette comes; None on PostgreSQL, or when it is not installed."""
    program = shutil.which("datasette", path=str(Path(sys.executable).parent)) or shutil.which("datasette")
    if program is None or "DATABASE_URL" in env:
        return None
    order = [program, "serve", str(Path(env["MAILLAGE_DATA"]) / "maillage.sqlite3"), "--port", "{port}"]
    # Counting facets is its own limit, not ours: five seconds each.
    order += ["--setting", "sql_time_limit_ms", "5000"]
    named = service.replace("-", "")
    path = f"/maillage/main_courante_note?service_id={named}&_size=50&_sort_desc=observee_le"
    return _served(order, path, env)


def administration(env: Mapping[str, str], service: str) -> float:
    """Serve Django's administration over the same tables, by the server that serves the product."""
    order = [sys.executable, "-m", "gunicorn", "maillage.bench.admin_peer:application()"]
    order += ["--bind", "127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8"]
    return _served([*order, "--log-level", "error", "--no-control-socket"], PATH.format(service=service), env)


def _served(order: Sequence[str], path: str, env: Mapping[str, str]) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    ready = [part.replace("{port}", str(port)) for part in order]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(ready, env=dict(env), stdout=quiet, stderr=quiet) as process:  # noqa: S603
        try:
            return _median(f"http://127.0.0.1:{port}{path}")
        finally:
            process.terminate()


def _median(address: str) -> float:
    until = time.monotonic() + WAIT_S
    times: list[float] = []
    while len(times) < VISITS:
        start = time.perf_counter()
        try:
            with urlopen(address, timeout=WAIT_S) as answer:  # noqa: S310 - our own address
                answer.read()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
            continue
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
