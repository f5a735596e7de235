"""What a user would otherwise open on the same file: Datasette, served as it comes."""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

VISITS, WAIT_S = 30, 30.0


def datasette(data: Path) -> float | None:
    """Return the median milliseconds of the page of one service's notes; None when it is not installed."""
    program = shutil.which("datasette") or _beside_python()
    if program is None:
        return None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    order = [program, "serve", str(data / "maillage.sqlite3"), "--port", str(port)]
    # Counting facets is its own limit, not ours: one second each.
    order += ["--setting", "sql_time_limit_ms", "5000"]
    with subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            return _median(
                f"http://127.0.0.1:{port}/maillage/main_courante_note?_size=50&_sort_desc=observee_le"
            )
        finally:
            process.terminate()


def _beside_python() -> str | None:
    import sys

    found = Path(sys.executable).with_name("datasette")
    return str(found) if found.is_file() else None


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
