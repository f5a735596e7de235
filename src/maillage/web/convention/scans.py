"""The signed paper beside its version: attached by a direction, opened by any member as a download."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from maillage.conventions import actions
from maillage.conventions.models import Convention
from maillage.documents.attachments import EXTENSIONS
from maillage.web.convention.forms import ScanForm
from maillage.web.convention.refusals import answered, beside
from maillage.web.convention.views import SCAN_ID, show_page
from maillage.web.door import acteur_of
from maillage.web.partenariat.views import partnership_of
from maillage.web.uploads import attachment_answer


def attach(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Attach a scan to a version; 422 with the sentence beside its form when it cannot be kept."""
    acteur = acteur_of(request)
    partenariat = partnership_of(acteur, code)
    row = Convention.objects.filter(partenariat=partenariat, version=version).first()
    if row is None:
        raise Http404
    form = ScanForm(request.POST, request.FILES, auto_id=SCAN_ID.format(version))
    if form.is_valid():
        with answered(), beside(form):
            actions.attach_scan(by=acteur, convention=row.pk, piece=form.cleaned_data["fichier"])
    if form.errors:
        return show_page(request, acteur, partenariat, scan=form)
    messages.success(request, f"Exemplaire signé joint à la version {version}.")
    return redirect("convention:page", code)


def download(request: HttpRequest, numerisation: UUID, sorte: str) -> HttpResponse:
    """Give a scan back, always to save; opening it leaves a line."""
    with answered():
        row, piece = actions.open_scan(by=acteur_of(request), numerisation=numerisation)
    if sorte != EXTENSIONS[piece.genre]:
        raise Http404
    name = f"convention-{row.partenariat.code}-version-{row.convention.version}-signee"
    return attachment_answer(piece, name, save=True)


def withdraw(request: HttpRequest, numerisation: UUID) -> HttpResponse:
    """Take back a scan attached by mistake."""
    with answered():
        row = actions.withdraw_scan(by=acteur_of(request), numerisation=numerisation)
    messages.success(request, "Fichier retiré. La trace de son dépôt reste.")
    return redirect("convention:page", row.partenariat.code)
