"""The notebook's own files: its page, its manifest, its service worker. The same for everyone."""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from maillage.web.danger.numbers import NUMBERS
from maillage.web.templatetags.maillage import DIST, asset

LOCK_SECONDS = 300
FILES = ("app.css", "carnet.css", "carnet.js", "icons.svg", "mark.svg")
SHELL = {"verrou": LOCK_SECONDS, "numbers": NUMBERS}
FONT = "atkinson-hyperlegible-next-latin-wght-normal"


def page(request: HttpRequest) -> HttpResponse:
    """Return the notebook's page: it says nothing of anyone, so that a telephone may keep it."""
    return render(request, "carnet/page.html", SHELL)


def manifest(request: HttpRequest) -> HttpResponse:
    """Return what lets a telephone install the notebook on its home screen."""
    described = {
        "name": "Maillage, carnet de terrain",
        "short_name": "Carnet",
        "lang": "fr",
        "start_url": "/carnet/",
        "scope": "/carnet/",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#11141a",
        "theme_color": "#11141a",
        "icons": [
            {"src": asset("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            *(
                {"src": asset(f"mark-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
                for side in (192, 512)
            ),
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")


def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker; its first line changes with any file of the notebook, page included."""
    files = [*(asset(name) for name in FILES), *_fonts()]
    shell = render_to_string("carnet/page.html", SHELL)
    code = (DIST / asset("carnet-sw.js").rsplit("/", 1)[1]).read_text(encoding="utf-8")
    version = hashlib.sha256("\n".join([*files, shell, code]).encode()).hexdigest()[:16]
    first = f"const COQUILLE = {json.dumps({'version': version, 'fichiers': files})};\n"
    return HttpResponse(first + code, content_type="text/javascript; charset=utf-8")


def _fonts() -> list[str]:
    """Return the address of the one font file that French needs."""
    folder = asset("mark.svg").rsplit("/", 1)[0]
    return [f"{folder}/{found.name}" for found in sorted(DIST.glob(f"{FONT}-*.woff2"))]
