"""The installer's list of first names, for the guard that reads on the phone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from maillage.main_courante.imports.prenoms import given, stored


def _mark(request: HttpRequest) -> str:
    place = stored()
    return f'"{place.stat().st_mtime_ns:x}"' if place.exists() else '"aucun"'


@condition(etag_func=_mark)
def names(request: HttpRequest) -> HttpResponse:
    """Return the names, parted by spaces, without accents; the browser keeps them for a week."""
    headers = {"Content-Encoding": "gzip", "Cache-Control": "private, max-age=604800"}
    return HttpResponse(given(), content_type="text/plain; charset=utf-8", headers=headers)
