"""Everything an account can ask: each address that reads, each kind of file, each link met on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.http import HttpResponse

from tests.probes.people import Who
from tests.probes.probe import Prober, arguments
from tests.probes.table import Line

# The files an address gives, by the name of its argument.
KINDS: Mapping[str, tuple[str, ...]] = {
    "genre": ("pdf", "docx", "json"),
    "kind": ("pdf", "docx", "csv", "geojson", "json"),
    "forme": ("pdf", "csv"),
    "sorte": ("pdf", "docx", "jpg"),
    "papier": ("registre", "aipd", "accord", "donnees", "facile", "partage"),
    "cle": ("reunions", "decisions", "formations", "projets", "diagnostics", "desaccords", "echanges"),
    "jour": ("2027-01-12", "2027-01-11"),
}
LINK = re.compile(r'(?:href|action|hx-get|src)="(/[^"#]*)')
OUTSIDE = ("/etude/", "/droit/", "/static/", "/style/", "/demo/")


def addresses(prober: Prober, line: Line) -> Iterator[str]:
    """Return the addresses of a line, one for each kind of file it may give."""
    made, _ = prober.address(line)
    yield made
    for name in arguments(line.view):
        for kind in KINDS.get(name, ()) if name not in line.objects else ():
            yield prober.address(line, given={name: kind})[0]


def crawl(prober: Prober, who: Who, table: list[Line], *, most: int) -> Iterator[tuple[str, HttpResponse]]:
    """Ask every address that the table lets them read, then at most `most` others that pages lead to."""
    waiting = [
        one
        for line in table
        if "GET" in line.methods and prober.expected(who, line, "GET") == "oui" and not links(line)
        for one in addresses(prober, line)
        if not one.startswith(OUTSIDE)
    ]
    seen, followed = set(waiting), 0
    while waiting:
        address = waiting.pop(0)
        answer = prober.get(who, address)
        yield address, answer
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            for found in LINK.findall(answer.content.decode()):
                found = found.replace("&amp;", "&")
                if found not in seen and followed < most and not found.startswith(OUTSIDE):
                    seen.add(found)
                    followed += 1
                    waiting.append(found)


def links(line: Line) -> bool:
    """Say whether an address opens by a secret link."""
    return any(kind.startswith("lien_") for kind in line.objects.values())
