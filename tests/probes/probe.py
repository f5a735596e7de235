"""Asking: one request, undone at once, compared with what the table says and with an absent object."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from maillage.base import clock
from maillage.directory.models import Service
from tests.probes import table
from tests.probes.payloads import PAYLOADS
from tests.probes.people import IN, Who
from tests.probes.seeded import Seeded
from tests.probes.table import Line

# The partnership that each member's form names as its own.
HOMES = {**dict.fromkeys(table.MEMBERS, "ici"), **dict.fromkeys(table.ELSEWHERE, "ailleurs")}
READING = frozenset({"GET", "HEAD"})
REFUSALS = frozenset({401, 403, 404, 405})
# The status of each refusal; what the table calls « objet » is judged by its twin, the absent object.
STATUS = {
    "visiteur": {302, 401},
    "role": {404},
    "methode": {405},
    "lecture": {403},
    "absent": {404},
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
# What an address takes besides objects: a day, a month, a kind of file.
GIVEN: dict[str, Any] = {
    "jour": "2027-01-10", "mois": "2026-12", "forme": "pdf", "genre": "pdf", "kind": "csv", "sorte": "pdf",
    "alinea": 1, "question": "U-1", "papier": "registre", "cle": "reunions", "cas": "il-est-d-accord",
    "ville": "orleans", "username": "personne", "numero": 1, "version": 1, "verbe": "annuler",
    "regle": "CASF-L121-6-2-al1",
}  # fmt: skip
PER_VIEW: dict[str, dict[str, Any]] = {
    "convention:ecrire_charte": {"genre": "confidentialite"},
    "convention:fichier_charte": {"genre": "confidentialite"},
    "etude:territoire": {"genre": "commune", "code": "99001"},
    "etude:pratique": {"cle": "evaluation-annuelle"},
    "etude:brouillon": {"cle": "evaluation-annuelle"},
    "droit:texte": {"code": "rgpd-4"},
    "equipes:carte": {"carte": "equipes"},
    "metiers:page": {"metier": "mediation_sociale"},
    "metiers:ecrire": {"metier": "mediation_sociale"},
    "notice:papier": {"service": "relais", "papier": "donnees"},
}
ABSENT = UUID("01234567-89ab-7def-8123-456789abcdef")
VARYING = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    rb'|name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|csrftoken=\w+'
)


@dataclass(frozen=True)
class Answer:
    """What came back, without what changes at every request."""

    status: int
    length: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


@dataclass
class Tally:
    """How many were asked, and each fault in a sentence."""

    asked: int = 0
    granted: int = 0
    leaks: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def said(self) -> str:
        """Return the figures in words."""
        return (
            f"{self.asked} sondes, {self.granted} permises, {len(self.leaks)} fuite, "
            f"{len(self.refused)} refus à tort"
        )


@dataclass
class Prober:
    """Asks about the seeded objects; `left` when ALM and Le Relais left the partnership."""

    seeded: Seeded
    askers: list[Who]
    services: dict[str, Service]
    left: bool = False
    tally: Tally = field(default_factory=Tally)
    listen: Callable[[Who, str, HttpResponse], None] = lambda who, address, answer: None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def leave(self) -> None:
        """Let ALM and Le Relais leave the partnership: what it held for them is absent from then on."""
        yesterday = clock.today() - timedelta(days=1)
        gone = [self.seeded.cast.services[key] for key in table.LEAVING]
        self.seeded.cast.ici.participations.filter(service__in=gone).update(fin=yesterday)
        self.left = True

    def probe(self, who: Who, line: Line, method: str) -> None:
        """Ask for the real object and an absent one, with nothing sent, then with a full form."""
        for data in self._sent(line, method):
            real = self._ask(who, line, method, data, absent=False)
            if real.status >= 500:
                self.tally.other.append(f"panne {real.status} : {who} {method} {line.view}")
            said = self.expected(who, line, method)
            never = self._ask(who, line, method, data, absent=True) if line.objects else None
            what = f"{who} {method} {line.view}{' (rempli)' if data else ''}"
            self._judge(what, said, line, not data, real, never)

    def _sent(self, line: Line, method: str) -> list[Mapping[str, str]]:
        full = PAYLOADS.get(line.view) if method == "POST" and "POST" in line.methods else None
        return [{}, full] if full else [{}]

    def expected(self, who: Who, line: Line, method: str) -> str:
        """Say what the table answers: visiteur, role, methode, lecture, absent, objet, reserve or oui."""
        if not line.public:
            if who.state not in IN:
                return "visiteur"
            if who.role not in line.roles | line.readers:
                return "role"
        if method not in line.allowed:
            return "methode"
        writes = not line.public and method not in READING
        if writes and (who.role not in line.roles or (who.state == "lecture" and not line.own)):
            return "lecture"
        if not line.reaches(who.service, who.role, left=self.left):
            return "objet" if line.objects else "absent"
        return "reserve" if line.kept_from(who.service, who.role) else "oui"

    def _judge(
        self, what: str, said: str, line: Line, empty: bool, real: Answer, never: Answer | None
    ) -> None:
        if said == "oui":
            self.tally.granted += 1
            # An empty form may be refused for being empty: the full one says more.
            same = never is not None and real == never
            if (real.status in REFUSALS - line.spoken or same) and not (empty and line.view in PAYLOADS):
                self.tally.refused.append(f"{what} : {real.status}")
            return
        if said in STATUS and real.status not in STATUS[said]:
            self.tally.other.append(f"{what} : {real.status} au lieu de {said}")
        if said in {"objet", "reserve"} and real.status < 400:
            self.tally.leaks.append(f"{what} : {real.status}")
        if said != "reserve" and never is not None and real != never:
            self.tally.leaks.append(f"{what} ({said}) : {differs(real, never)}")

    def _ask(self, who: Who, line: Line, method: str, data: Mapping[str, Any], *, absent: bool) -> Answer:
        """Ask, then undo whatever the answer did."""
        self.tally.asked += 1
        address, hidden = self.address(line, absent=absent)
        cache.clear()
        self._wear(who)
        words = {**self.seeded.real, "moi": who.poste, "chez_moi": HOMES.get(who.service, "")}
        sent = {name: value.format(**words) for name, value in data.items()}
        with transaction.atomic():
            answer = ask(self.client, method, address, sent)
            transaction.set_rollback(True)
        self.listen(who, address, answer)
        names = {*hidden, *(quote(one, safe="") for one in hidden)}
        return shown(answer, sorted(names, key=len, reverse=True))

    def get(self, who: Who, address: str) -> HttpResponse:
        """Ask for a page as someone, and undo what the reading wrote."""
        cache.clear()
        self._wear(who)
        with transaction.atomic():
            answer = ask(self.client, "GET", address, {})
            transaction.set_rollback(True)
        return answer

    def _wear(self, who: Who) -> None:
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: who.session} if who.session else {})

    def address(
        self, line: Line, *, absent: bool = False, given: Mapping[str, Any] | None = None
    ) -> tuple[str, list[str]]:
        """Return the address, and the words in it that name the object; absent is the last object named."""
        found, hidden, last = {}, [], [*line.objects][-1:]
        chosen = {**GIVEN, **PER_VIEW.get(line.view, {}), **(given or {})}
        for name in arguments(line.view):
            kind = line.objects.get(name)
            if kind is None:
                found[name] = chosen[name]
            else:
                found[name] = self._object(kind, absent=absent and name in last)
                hidden.append(str(found[name]))
        made = reverse(line.view, kwargs=found)
        return made, [made, *(one for one in hidden if len(one) > 8)]

    def _object(self, kind: str, *, absent: bool) -> Any:
        if kind.startswith("lien_"):
            live, _ended = self.seeded.links[kind.removeprefix("lien_")]
            return "A" * len(live) if absent else live
        real = self.seeded.real[kind]
        if not absent:
            return real
        return ABSENT if isinstance(real, UUID) else 999_999 if isinstance(real, int) else "nulle-part"


def ask(client: Client, method: str, address: str, data: Mapping[str, Any]) -> HttpResponse:
    """Send one request; a form only with POST."""
    if method == "POST":
        return client.post(address, data)  # type: ignore[return-value]
    return client.generic(method, address)  # type: ignore[return-value]


def shown(answer: HttpResponse, hidden: list[str]) -> Answer:
    """Return what counts of an answer; the object's own name is left out, it was in the question."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    for name in hidden:
        body = body.replace(name.encode(), b"")
    headers = sorted((name, _plain(value, hidden)) for name, value in answer.headers.items())
    names = tuple(("cookie", name) for name in sorted(answer.cookies))
    plain = VARYING.sub(b"", body)
    return Answer(answer.status_code, len(plain), plain, (*headers, *names))


def _plain(value: str, hidden: list[str]) -> str:
    for name in hidden:
        value = value.replace(name, "")
    return VARYING.sub(b"", value.encode()).decode()


def differs(real: Answer, never: Answer) -> str:
    """Say where two answers differ."""
    if real.status != never.status:
        return f"{real.status} au lieu de {never.status}"
    if real.headers != never.headers:
        return f"en-têtes {set(real.headers) ^ set(never.headers)}"
    return (
        f"{real.length} octets au lieu de {never.length}" if real != never else f"{real.status} pour les deux"
    )


def arguments(view: str) -> list[str]:
    """Return the names that a view's address takes."""
    area, _, name = view.partition(":")
    for pattern in get_resolver().url_patterns:
        found = getattr(pattern, "namespace", None) == area
        for inner in pattern.url_patterns if found else ():
            if inner.name == name:
                return list(inner.pattern.converters)
    raise KeyError(view)


def questions(table: Sequence[Line]) -> list[tuple[Line, str]]:
    """Return every address with every method; one that no line allows is asked once, of the first line."""
    found, first = [], {}
    allowed = defaultdict(set)
    for line in table:
        first.setdefault(line.view, line)
        allowed[line.view] |= line.allowed
    for line in table:
        found += [
            (line, method)
            for method in METHODS
            if method in line.allowed or (line is first[line.view] and method not in allowed[line.view])
        ]
    return found
