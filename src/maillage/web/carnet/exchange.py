"""What the notebook and the server say to each other: JSON, one answer for each envelope."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from maillage.base import clock
from maillage.base.sealing import public_key
from maillage.comptes import devices
from maillage.comptes.sign_in import Refused
from maillage.comptes.throttle import TooMany
from maillage.conventions.acteurs import acting
from maillage.directory.models import Poste
from maillage.directory.names import names_apart
from maillage.directory.queries import active_on
from maillage.main_courante.actions.envois import Recu, deposit, receive
from maillage.main_courante.enveloppes import LIMIT, Enveloppe
from maillage.sharing.wall import within_the_wall
from maillage.web.carnet.identity import shown_shift, telephone, writer
from maillage.web.carnet.shapes import people, reference, tonight
from maillage.web.errors import SENTENCES

BATCH = 200
WRONG = "Ces chiffres n'ouvrent pas ce carnet. Rien n'est perdu : ce qui attend reste gardé."
TOO_MANY = "Trop d'essais en peu de temps : attendez quelques minutes."


class BadBody(Exception):
    """The request's body is not what the notebook sends."""


def state(request: HttpRequest) -> JsonResponse:
    """Say the hour, the sealing key, a fresh anti-forgery token, and who may open here."""
    name, point = public_key()
    enrolled = telephone(request)
    acteur, how = writer(request)
    team = [] if enrolled is None else _team(enrolled.service_id)
    me = [] if acteur is None else [acteur.poste]
    names = names_apart([*team, *me])
    return _json(
        {
            "csrf": get_token(request),
            "maintenant": clock.now().isoformat(),
            "cle": {"nom": name, "point": point},
            "telephone": enrolled and enrolled.nom,
            "equipe": people(team, names),
            "moi": next(iter(people(me, names)), None),
            "mode": how or None,
        }
    )


def open_notebook(request: HttpRequest) -> HttpResponse:
    """Open the notebook for a shift: within a session, or with an enrolled telephone and six digits."""
    try:
        asked = _object(request)
        poste, code = UUID(str(asked.get("poste"))), str(asked.get("code", ""))
    except (BadBody, ValueError):
        return _refused(400)
    acteur, how = writer(request)
    enrolled = telephone(request)
    if how == "session" and not code and acteur is not None and acteur.poste.pk == poste:
        opened = devices.open_in_session(by=acteur)
    elif enrolled is None:
        return _refused(401)
    else:
        try:
            opened = devices.open_with_code(telephone=enrolled, poste=poste, code=code)
        except Refused:
            return _refused(422, WRONG)
        except TooMany:
            return _refused(429, TOO_MANY)
        acteur = acting(opened.ouverture.compte, opened.ouverture.poste)
    with within_the_wall(acteur):
        return _json({"ouverture": _shift(opened), "reference": reference(acteur)})


def close_notebook(request: HttpRequest) -> HttpResponse:
    """End the shift: this telephone asks the digits again before it sends anything."""
    devices.close_shift(jeton=shown_shift(request))
    return _json({"ferme": True})


def send(request: HttpRequest) -> HttpResponse:
    """Write what the envelopes hold; one answer for each. 401 when nobody may write here now."""
    acteur, _ = writer(request)
    if acteur is None:
        return _refused(401)
    try:
        with within_the_wall(acteur):
            return _json(_answers(receive(by=acteur, enveloppes=_envelopes(request))))
    except BadBody:
        return _refused(400)


def put_in_tray(request: HttpRequest) -> HttpResponse:
    """Put in the sealed tray what a departed author left here; each envelope proves itself (S-29)."""
    try:
        return _json(_answers(deposit(enveloppes=_envelopes(request))))
    except BadBody:
        return _refused(400)


def evening(request: HttpRequest) -> HttpResponse:
    """Return tonight's words, places and notes to whoever writes."""
    acteur, _ = writer(request)
    if acteur is None:
        return _refused(401)
    with within_the_wall(acteur):
        return _json({"reference": reference(acteur), "notes": tonight(acteur)})


def _team(service: UUID) -> list[Poste]:
    """Return those of the service who chose their six digits."""
    return list(
        Poste.objects.filter(
            active_on(clock.today()),
            service=service,
            role__in=devices.FIELD,
            lecture_seule=False,
            professionnel__compte__code_carnet__isnull=False,
        )
        .select_related("professionnel")
        .order_by("professionnel__prenom", "professionnel__nom", "pk")
    )


def _shift(opened: devices.Opened) -> dict[str, str]:
    proof = base64.b64encode(devices.proof_key(opened.ouverture.pk)).decode("ascii")
    return {
        "id": str(opened.ouverture.pk),
        "preuve": proof,
        "jeton": opened.jeton,
        "expire": opened.ouverture.expire_le.isoformat(),
    }


def _envelopes(request: HttpRequest) -> list[Enveloppe]:
    listed = _object(request).get("enveloppes")
    if not isinstance(listed, list) or len(listed) > BATCH:
        raise BadBody
    return [_envelope(raw) for raw in listed]


def _envelope(raw: Any) -> Enveloppe:
    try:
        sealed = base64.b64decode(raw["scelle"], validate=True)
        if len(sealed) > LIMIT or not isinstance(raw["cle"], str):
            raise BadBody
        return Enveloppe(UUID(raw["id"]), UUID(raw["ouverture"]), raw["cle"], sealed)
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise BadBody from error


def _object(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadBody from error
    if not isinstance(body, dict):
        raise BadBody
    return body


def _answers(received: list[Recu]) -> list[dict[str, str]]:
    return [{"id": str(one.id), "statut": one.statut.value, "motif": one.motif} for one in received]


def _json(body: object, status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def _refused(status: int, sentence: str = "") -> JsonResponse:
    return _json({"erreur": sentence or SENTENCES[status]}, status)
