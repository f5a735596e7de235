"""Withdrawals seen by who had received something: what to confirm, and what others still owe."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.sharing.actions import acknowledge_withdrawal
from maillage.sharing.queries import receipts_asked, receipts_owed
from maillage.web.door import acteur_of, answered


def list_page(request: HttpRequest) -> HttpResponse:
    """List the receipts that my service owes, and those it waits for; nobody is named."""
    acteur = acteur_of(request)
    context = {"owed": receipts_owed(acteur), "asked": receipts_asked(acteur)}
    return render(request, "accompagnements/retraits.html", context)


def acknowledge(request: HttpRequest, recu: UUID) -> HttpResponse:
    """Confirm that my service no longer uses what a withdrawal took back."""
    with answered():
        acknowledge_withdrawal(by=acteur_of(request), recu=recu)
    messages.success(request, "Confirmé.")
    return redirect("accompagnements:retraits")
