"""The living style page."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def style_page(request: HttpRequest) -> HttpResponse:
    """Show every component; exists in a demonstration only (404 elsewhere)."""
    if not settings.MAILLAGE_DEMO:
        raise Http404
    return render(request, "style/page.html")
