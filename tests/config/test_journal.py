"""The technical log: JSON lines that a machine reads, without anything of anybody (S-40)."""

from __future__ import annotations

import json
import logging
import socket
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from maillage.config.journal import ImpersonalFormatter
from tests.installed import ROOT, Installed, status
from tests.migrated import prepare

CANARY = "Canari-Journal"


def line(level: int, message: str, *args: object, name: str = "maillage.essai", exc: Any = None) -> Any:
    record = logging.LogRecord(name, level, "x.py", 1, message, args, exc, func="fonction")
    return json.loads(ImpersonalFormatter().format(record))


def failure(text: str) -> Any:
    try:
        raise LookupError(text)
    except LookupError:
        return sys.exc_info()


def test_a_failure_keeps_its_class_and_its_place_only() -> None:
    said = line(logging.ERROR, "Internal Server Error: %s", f"/{CANARY}/", exc=failure(CANARY))
    assert (said["niveau"], said["source"], said["panne"]) == ("ERROR", "maillage.essai", "LookupError")
    assert said["message"] == "Internal Server Error: %s"
    assert said["ou"][-1].startswith("test_journal.py:")
    assert CANARY not in json.dumps(said)


def test_a_message_put_together_elsewhere_is_only_where_it_was_written() -> None:
    assert line(logging.ERROR, f"Invalid HTTP_HOST header: {CANARY}", name="django.security")["message"] == (
        "x.fonction"
    )
    assert line(logging.ERROR, "travail en échec")["message"] == "travail en échec"


def test_a_line_is_one_line() -> None:
    record = logging.LogRecord("maillage.x", logging.ERROR, "x.py", 1, "deux\nlignes", (), None)
    assert ImpersonalFormatter().format(record).count("\n") == 0


def raw(address: str, data: bytes) -> None:
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=60) as opened:
        opened.sendall(data)
        opened.recv(4096)


@pytest.mark.requirement("S-40")
def test_a_server_that_is_ill_treated_writes_nothing_of_what_it_was_sent(tmp_path: Path) -> None:
    installed = Installed(Path(sys.executable), tmp_path, {"PYTHONPATH": str(ROOT / "src")})
    prepare(tmp_path / "donnees")
    installed.run("init")
    with installed.served() as url:
        assert [status(url + path) for path in (f"/{CANARY}/", f"/invitation/{CANARY}/")] == [404, 404]
        assert status(f"{url}/etude/?q={CANARY}") == 200
        wrong_host = urllib.request.Request(url + "/", headers={"Host": f"{CANARY}.exemple.test"})
        form = urllib.parse.urlencode({"login": CANARY, "password": CANARY}).encode()
        for request in (wrong_host, urllib.request.Request(url + "/connexion/", data=form)):
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(request, timeout=60)
        raw(url, f"GET /{CANARY} HTTP/9.9\r\n\r\n".encode())
        raw(url, f"{CANARY} \r\n\r\n".encode())
        raw(url, f"GET / HTTP/1.1\r\nHost: {CANARY} x\r\nX: {'y' * 9000}\r\n\r\n".encode())
    written = (tmp_path / "journal").read_text(encoding="utf-8")
    lines = [json.loads(one) for one in written.splitlines()]
    assert CANARY not in written
    assert {frozenset(one) - {"panne", "ou"} for one in lines} <= {
        frozenset({"le", "niveau", "source", "message"})
    }
    assert lines != []
