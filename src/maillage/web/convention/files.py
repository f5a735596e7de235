"""The convention and the charters to keep, as DOCX or PDF."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.papiers import charter_document, convention_document, version_to_print
from maillage.conventions.queries import charters
from maillage.web.door import acteur_of
from maillage.web.papers import MENTION, file_answer
from maillage.web.partenariat.views import partnership_of


def convention_file(request: HttpRequest, code: str, sorte: str) -> HttpResponse:
    """Give the version `?version=N`, without it the one in force, or else the one waiting for signatures."""
    partenariat = partnership_of(acteur_of(request), code)
    asked = request.GET.get("version", "")
    if asked and not (asked.isdecimal() and len(asked) <= 4):
        raise Http404
    version = version_to_print(partenariat, clock.today(), int(asked) if asked else None)
    if version is None:
        raise Http404
    document = convention_document(version, mention=_mention(partenariat, version.invente))
    return file_answer(document, f"convention-{code}-version-{version.version}", sorte)


def charter_file(request: HttpRequest, code: str, genre: str, sorte: str) -> HttpResponse:
    """Give a charter in force today."""
    partenariat = partnership_of(acteur_of(request), code)
    found = [row for row in charters(partenariat, clock.today()) if row.genre == genre]
    if not found:
        raise Http404
    document = charter_document(found[0], mention=_mention(partenariat, found[0].invente))
    return file_answer(document, f"charte-{genre}-{code}-version-{found[0].version}", sorte)


def _mention(partenariat: Partenariat, invented: bool) -> str:
    return MENTION if settings.MAILLAGE_DEMO or partenariat.invente or invented else ""
