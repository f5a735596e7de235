"""Maillage as a town hall has it: from a built wheel, outside the repository, with nothing of its tools."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')
OURS = ("MAILLAGE_", "DATABASE_", "DJANGO_", "PYTHONPATH", "FOND_DE_CARTE")


def build_wheel(folder: Path) -> Path:
    """Build the wheel of this tree into a folder, without network."""
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-q", "-w", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    (wheel,) = folder.glob("maillage-*.whl")
    return wheel


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@dataclass
class Installed:
    """A Python that has Maillage, an empty folder to run in, and the environment of an installation."""

    python: Path
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return the environment of a process: no Node, nothing of another installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return {
            **kept,
            "PATH": str(self.python.parent),
            "MAILLAGE_DATA": str(self.folder / "donnees"),
            "MAILLAGE_KEYS": str(self.folder / "cles.json"),
            "MAILLAGE_HTTPS": "0",
            **self.environ,
        }

    def run(self, *arguments: str) -> str:
        """Run one `maillage` command and return what it prints; raises when it fails."""
        command = [str(self.python), "-m", "maillage.cli", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment(), check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[str]:
        """Run `maillage serve` for a while, and give its address; what it complains of is in `journal`."""
        port = free_port()
        command = [str(self.python), "-m", "maillage.cli", "serve", "--port", str(port)]
        with (self.folder / "journal").open("ab") as log:
            server = subprocess.Popen(command, cwd=self.folder, env=self.environment(), stderr=log)
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(server, f"{url}/health")
            yield url
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    """Return once this address answers; raises RuntimeError when the server stops first."""
    for _ in range(1200):
        if server.poll() is not None:
            raise RuntimeError("the server stopped at once")
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def status(address: str) -> int:
    """Return the status that this address answers."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def assets_of(url: str, path: str) -> dict[str, int]:
    """Return the status of each style, script and icon that a page asks for, by address."""
    with urllib.request.urlopen(url + path, timeout=60) as answer:
        page = answer.read().decode()
    return {name: status(url + name) for name in sorted(set(ASSET.findall(page)))}


def works_from_nothing(installed: Installed) -> None:
    """Check the first quarter of an hour: `init` invites two administrators, `serve` shows them in."""
    said = installed.run("init", "--admin", "Ada Un", "--admin", "Bob Deux")
    links = re.findall(
        r"^(administration-\d) : http://127\.0\.0\.1:8000(/invitation/\S+/) ", said, re.MULTILINE
    )
    assert [name for name, _path in links] == ["administration-1", "administration-2"]
    with installed.served() as url:
        assert status(f"{url}/health") == 200
        for path in ("/connexion/", "/etude/", links[0][1]):
            found = assets_of(url, path)
            kinds = {name.rpartition(".")[2] for name in found}
            assert {"css", "js"} <= kinds, path
            assert set(found.values()) == {200}, path
