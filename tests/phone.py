"""A telephone without a browser: opens the notebook, seals as the browser does, sends."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from maillage.base.sealing import seal_envelope
from maillage.main_courante.enveloppes import proved
from maillage.web.carnet.identity import TELEPHONE_COOKIE
from tests.cast import Cast, Membre

CODE = "481516"


@dataclass
class Phone:
    """A telephone in someone's hands: its cookies, its shift, its own counter."""

    client: Client
    poste: UUID
    lieu: UUID
    shift: str = ""
    key: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def state(self) -> Any:
        """Return what the server says to this telephone."""
        answer = self.client.get("/carnet/etat/").json()
        self.key = answer["cle"]
        return answer

    def open(self, code: str = "") -> Any:
        """Open the notebook; return the server's answer."""
        self.state()
        answer = self.post("ouvrir", {"poste": str(self.poste), "code": code})
        if answer.status_code == 200:
            opened = answer.json()["ouverture"]
            self.shift, self.client.defaults["HTTP_X_CARNET"] = opened["id"], opened["jeton"]
        return answer

    def note(self, **said: Any) -> dict[str, Any]:
        """Return the data of a note of this telephone, the next of its counter."""
        self.count += 1
        base = {"id": str(uuid4()), "lieu": str(self.lieu), "categorie": "regroupement", "effectif": "5_9"}
        return base | {"appareil": "essai", "compteur": self.count} | said

    def seal(self, data: dict[str, Any], genre: str = "note", sortie: Any = None) -> dict[str, str]:
        """Seal one content under this shift, as the browser does."""
        content = {"genre": genre, "donnees": data, "sortie": sortie}
        clear = proved(ouverture=UUID(self.shift), identifier=UUID(data["id"]), content=content)
        return self.wrap(data["id"], clear)

    def wrap(self, pk: str, clear: bytes) -> dict[str, str]:
        """Seal these very bytes for the server."""
        sealed = seal_envelope(public=self.key["point"], identifier=f"{pk}.{self.shift}", content=clear)
        return {
            "id": pk,
            "ouverture": self.shift,
            "cle": self.key["nom"],
            "scelle": base64.b64encode(sealed).decode(),
        }

    def send(self, *envelopes: dict[str, str], to: str = "envoyer") -> Any:
        """Send envelopes; return the server's answers, as `[status, …]` when it took them."""
        answer = self.post(to, {"enveloppes": list(envelopes)})
        return [one["statut"] for one in answer.json()] if answer.status_code == 200 else answer

    def post(self, path: str, body: Any) -> Any:
        """Send JSON to an address of the notebook."""
        return self.client.post(f"/carnet/{path}/", json.dumps(body), content_type="application/json")


def held(cast: Cast, member: Membre, secret: str) -> Phone:
    """Put the telephone that keeps this secret in someone's hands."""
    client = Client()
    client.cookies[TELEPHONE_COOKIE] = secret
    return Phone(client, member.poste.pk, cast.hall.pk)
