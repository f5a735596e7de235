"""The server killed again and again while a telephone sends: nothing it acknowledged may be missing.

Each round forks a process that serves the product's own WSGI application, and kills it (SIGKILL) at a
random instant. Run as a program on an installation: number of kills, seed, JSON out.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from socketserver import ThreadingMixIn
from typing import Any
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

BATCH = 3


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def main(kills: int, seed: int, telephone: str, poste: str) -> dict[str, int]:
    """Kill the server `kills` times; return what was acknowledged, lost, doubled."""
    import django

    django.setup()
    from maillage.config.wsgi import application

    chance = random.Random(seed)
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    sender = Sender(listening.getsockname()[1], telephone, poste)
    child = _fork(listening, application)
    sender.open()
    for turn in range(kills):
        sender.answered.clear()
        thread = threading.Thread(target=sender.send_until_cut)
        thread.start()
        # Two rounds in three something was promised before the kill, however slow the machine.
        if turn % 3:
            sender.answered.wait(20)
        time.sleep(chance.uniform(0.01, 0.15))
        sender.stopping = True
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        child = _fork(listening, application)
        thread.join()
    sender.drain()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return sender.outcome(kills)


def _fork(listening: socket.socket, application: Any) -> int:
    child = os.fork()
    if child:
        return child
    server = _Server(listening.getsockname()[:2], _Quiet, bind_and_activate=False)
    server.socket = listening
    server.server_name, server.server_port = "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(application)
    server.serve_forever(poll_interval=0.01)
    os._exit(0)


class Sender:
    """A telephone that sends batches and forgets only what was acknowledged."""

    # Seconds it waits for an answer.
    PATIENCE = 10

    def __init__(self, port: int, telephone: str, poste: str) -> None:
        """Remember where, and with which enrolment."""
        self.port, self.poste, self.cookie = port, poste, f"telephone={telephone}"
        # Each sender is a telephone of its own: the same counter of the same one would be the same note.
        self.appareil = f"essai-{os.urandom(4).hex()}"
        self.token = self.shift = self.jeton = self.lieu = ""
        self.key: dict[str, str] = {}
        # What it was not told was kept, and was.
        self.already = 0
        self.count, self.stopping, self.answered = 0, False, threading.Event()
        self.waiting: list[dict[str, str]] = []
        self.acknowledged: list[str] = []
        self.made: list[str] = []

    def open(self) -> None:
        """Open the notebook as the telephone does."""
        state, cookie = self._ask("GET", "etat")
        self.token, self.key = state["csrf"], state["cle"]
        self.cookie += f"; {cookie.split(';')[0]}"
        opened, _ = self._ask("POST", "ouvrir", {"poste": self.poste, "code": "481516"})
        self.shift, self.jeton = opened["ouverture"]["id"], opened["ouverture"]["jeton"]
        self.lieu = opened["reference"]["recents"][0]["id"]

    def send_until_cut(self) -> None:
        """Send batch after batch until the server dies."""
        self.stopping = False
        while not self.stopping:
            self.waiting += [self._sealed() for _ in range(BATCH - len(self.waiting))]
            try:
                self._send()
            except (OSError, http.client.HTTPException, ValueError):
                return

    def drain(self) -> None:
        """Send what still waits to a server that lives."""
        while self.waiting:
            self._send()

    def outcome(self, kills: int) -> dict[str, int]:
        """Compare with what the database holds."""
        from maillage.main_courante.models import Note

        held = [pk.hex for pk in Note.objects.values_list("pk", flat=True)]
        lost = set(self.acknowledged) - set(held)
        strangers = set(held) - set(self.made)
        return {
            "arrets": kills,
            "acquittees": len(self.acknowledged),
            "perdues": len(lost),
            "en_trop": len(strangers) + len(held) - len(set(held)),
        }

    def _send(self) -> None:
        answers, _ = self._ask("POST", "envoyer", {"enveloppes": self.waiting})
        done = {one["id"] for one in answers if one["statut"] in {"cree", "deja"}}
        self.already += sum(one["statut"] == "deja" for one in answers)
        self.acknowledged += [UUID(pk).hex for pk in done]
        self.waiting = [one for one in self.waiting if one["id"] not in done]
        self.answered.set()

    def _sealed(self) -> dict[str, str]:
        import base64
        from uuid import uuid4

        from maillage.base.sealing import seal_envelope
        from maillage.main_courante.enveloppes import proved

        self.count += 1
        pk = uuid4()
        self.made.append(pk.hex)
        data = {"id": str(pk), "lieu": self.lieu, "categorie": "regroupement", "compteur": self.count}
        content = {"genre": "note", "donnees": data | {"appareil": self.appareil}, "sortie": None}
        clear = proved(ouverture=UUID(self.shift), identifier=pk, content=content)
        sealed = seal_envelope(public=self.key["point"], identifier=f"{pk}.{self.shift}", content=clear)
        scelle = base64.b64encode(sealed).decode()
        return {"id": str(pk), "ouverture": self.shift, "cle": self.key["nom"], "scelle": scelle}

    def _ask(self, method: str, path: str, body: Any = None) -> tuple[Any, str]:
        opened = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.PATIENCE)
        headers = {"Cookie": self.cookie, "Content-Type": "application/json"}
        headers |= {"X-CSRFToken": self.token, "X-Carnet": self.jeton}
        opened.request(method, f"/carnet/{path}/", None if body is None else json.dumps(body), headers)
        answer = opened.getresponse()
        content = answer.read()
        opened.close()
        if answer.status != 200:
            self.refused(path, answer, content.decode())
            raise ValueError(answer.status)
        return json.loads(content), answer.headers.get("Set-Cookie", "")

    def refused(self, path: str, answer: http.client.HTTPResponse, content: str) -> None:
        """Hear a refusal; a telephone that counts them says how."""


if __name__ == "__main__":
    done = main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
    sys.stdout.write(json.dumps(done) + "\n")
