"""A hostile network between a telephone and the server: it cuts, delays, repeats and reorders."""

from __future__ import annotations

import http.client
import random
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOP = {"connection", "transfer-encoding", "keep-alive", "content-length", "date", "server"}
WRONGS = ("cut_before", "cut_after", "delay", "repeat", "late", "fine")


class HostileProxy(ThreadingHTTPServer):
    """Forwards to one port; while `hostile`, each sending suffers one of WRONGS."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, upstream: int, seed: int) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream, self.chance, self.hostile = upstream, random.Random(seed), True
        self.seen: dict[str, int] = dict.fromkeys(WRONGS, 0)

    @property
    def url(self) -> str:
        """Return the address that the telephone uses."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        """Serve in the background."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def changed(self, path: str, content: bytes) -> bytes:
        """Return what the telephone receives for this path; a test may serve another build."""
        return content

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A telephone killed in the middle of a request is the point."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HostileProxy  # type: ignore[assignment]

    def do_GET(self) -> None:
        self._pass(b"", "fine")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy = self.server
        wrong = proxy.chance.choice(WRONGS) if proxy.hostile and "envoyer" in self.path else "fine"
        proxy.seen[wrong] += 1
        self._pass(body, wrong)

    def _pass(self, body: bytes, wrong: str) -> None:
        if wrong == "cut_before":
            return self._cut()
        if wrong == "late":
            # Arrives after what the telephone sends next: the telephone believes it lost.
            threading.Timer(self.server.chance.uniform(0.1, 1.5), self._forward, [body]).start()
            return self._cut()
        if wrong == "delay":
            time.sleep(self.server.chance.uniform(0.05, 0.6))
        answer = self._forward(body)
        if wrong == "repeat":
            answer = self._forward(body)
        if answer is None or wrong == "cut_after":
            return self._cut()
        status, headers, content = answer
        content = self.server.changed(self.path, content)
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    def _forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes] | None:
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=20)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            upstream.request(self.command, self.path, body or None, headers)
            answer = upstream.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            upstream.close()

    def _cut(self) -> None:
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        """Say nothing."""
