"""The JSON interface: the rooms' own queries and actions, so the same rules and the same ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token

from maillage.main_courante.actions import NoteResult, write_notes
from maillage.main_courante.actions.notes import BATCH_LIMIT
from maillage.main_courante.enums import Statut
from maillage.main_courante.queries import messages_received, messages_sent, notes_of_service
from maillage.main_courante.queries.notes import BadCursor
from maillage.main_courante.saisie import NoteData, Refused, parse_note
from maillage.orientations.queries import received_list, sent_list
from maillage.sharing.queries import list_accompagnements
from maillage.web.api import shapes
from maillage.web.door import acteur_of, answered
from maillage.web.errors import Refusal
from maillage.web.rules import ENCADREMENT

PAGE = 50
LAST_PAGE = 10_000
Line = TypeVar("Line")


def session(request: HttpRequest) -> JsonResponse:
    """Return who is signed in and a fresh CSRF token, never cached: asked before each sending."""
    return _json({"utilisateur": shapes.user(acteur_of(request)), "csrf": get_token(request)})


def openapi(request: HttpRequest) -> JsonResponse:
    """Return the description of this interface, OpenAPI 3.1."""
    return _json(document())


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document, read once."""
    text = (Path(__file__).parent / "openapi.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def notes(request: HttpRequest) -> JsonResponse:
    """List the service's notes, or write a list of them: one answer for each, in order."""
    acteur = acteur_of(request)
    if request.method == "POST":
        read = [_read(raw) for raw in _body(request)]
        written = iter(write_notes(by=acteur, batch=[one for one in read if isinstance(one, NoteData)]))
        results = [next(written) if isinstance(one, NoteData) else one for one in read]
        return _json([shapes.result(one) for one in results])
    try:
        page = notes_of_service(acteur, suite=request.GET.get("suite", ""), limite=PAGE)
    except BadCursor as error:
        raise Refusal("Le paramètre « suite » n'est pas celui d'une page reçue.") from error
    hierarchy = acteur.role in ENCADREMENT
    lines = [shapes.note(line, hierarchy=hierarchy) for line in page.lignes]
    return _json({"resultats": lines, "suite": page.suite or None})


def messages(request: HttpRequest) -> JsonResponse:
    """List the messages of place received, or sent with `sens=envoyes`; unanswered ones first."""
    acteur = acteur_of(request)
    query = messages_sent if _way(request, "recus", "envoyes") == "envoyes" else messages_received
    shape = partial(shapes.message, hierarchy=acteur.role in ENCADREMENT)
    return _paged(request, lambda limit, offset: query(acteur, limit=limit, offset=offset), shape)


def orientations(request: HttpRequest) -> JsonResponse:
    """List the orientations sent, or received with `sens=recues`: each its own face."""
    acteur = acteur_of(request)
    if _way(request, "envoyees", "recues") == "recues":
        return _paged(
            request, lambda limit, offset: received_list(acteur, limit=limit, offset=offset), shapes.flat
        )
    return _paged(request, lambda limit, offset: sent_list(acteur, limit=limit, offset=offset), shapes.flat)


def accompagnements(request: HttpRequest) -> JsonResponse:
    """List the service's accompagnements under way, or ended with `sens=clos`."""
    acteur = acteur_of(request)
    ended = _way(request, "en_cours", "clos") == "clos"
    return _paged(
        request,
        lambda limit, offset: list_accompagnements(acteur, clos=ended, limit=limit, offset=offset),
        shapes.flat,
    )


def _paged(
    request: HttpRequest,
    query: Callable[[int, int], Sequence[Line]],
    shape: Callable[[Line], dict[str, Any]],
) -> JsonResponse:
    number = _page(request.GET.get("suite", "1"))
    with answered():
        lines = query(PAGE + 1, (number - 1) * PAGE)
    following = str(number + 1) if len(lines) > PAGE else None
    return _json({"resultats": [shape(line) for line in lines[:PAGE]], "suite": following})


def _read(raw: object) -> NoteData | NoteResult:
    try:
        return parse_note(raw)
    except Refused as refusal:
        return NoteResult(_told_id(raw), Statut.REFUSE, motif=str(refusal))


def _told_id(raw: object) -> UUID | None:
    """Return the identifier of a note that could not be read, so that the phone finds it again."""
    try:
        return UUID(str(raw["id"])) if isinstance(raw, dict) else None
    except (KeyError, ValueError):
        return None


def _body(request: HttpRequest) -> list[object]:
    try:
        sent = json.loads(request.body)
    except RequestDataTooBig as error:
        raise Refusal(
            "L'envoi est trop volumineux : envoyez moins de notes à la fois.", status=413
        ) from error
    except (ValueError, RecursionError) as error:
        raise Refusal("Le corps de la demande n'est pas du JSON.") from error
    if not isinstance(sent, list):
        raise Refusal("Envoyez une liste de notes.")
    if len(sent) > BATCH_LIMIT:
        raise Refusal(f"{BATCH_LIMIT} notes au plus par envoi.", status=413)
    return sent


def _way(request: HttpRequest, usual: str, other: str) -> str:
    asked = request.GET.get("sens", usual)
    if asked not in {usual, other}:
        raise Refusal(f"Le paramètre « sens » vaut « {usual} » ou « {other} ».")
    return asked


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= LAST_PAGE):
        raise Refusal("Le paramètre « suite » n'est pas celui d'une page reçue.")
    return int(text)


def _json(body: object) -> JsonResponse:
    return JsonResponse(body, safe=False, json_dumps_params={"ensure_ascii": False})
