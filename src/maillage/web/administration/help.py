"""Help from both sides: a service opens its technical state for a while; an administrator looks at it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.administration import actions
from maillage.administration.models import Assistance
from maillage.administration.state import technical_state
from maillage.directory.enums import Role
from maillage.web.administration.forms import HelpForm
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.convention.refusals import answered, status_of, typed
from maillage.web.door import acteur_of

PAST = 20


@requires_fresh_second_factor
def help_page(request: HttpRequest) -> HttpResponse:
    """Let who heads a service open an assistance, see who looked, and close it."""
    acteur = acteur_of(request)
    form = HelpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with typed(form):
            actions.open_help(
                by=acteur, motif=form.cleaned_data["motif"], minutes=int(form.cleaned_data["minutes"])
            )
            messages.success(request, "Ouverte. Les administrateurs voient l'état technique, rien d'autre.")
            return redirect("administration:assistance")
    with answered():
        live = actions.live_helps(acteur).first()
    context = {
        "form": form,
        "live": live,
        "past": Assistance.objects.filter(service=acteur.service).order_by("-ouverte_le")[:PAST],
    }
    return render(request, "administration/assistance.html", context, status=status_of(form))


def helps_page(request: HttpRequest) -> HttpResponse:
    """List what is open now, for the administrators."""
    with answered():
        rows = actions.live_helps(acteur_of(request))
    return render(request, "administration/assistances.html", {"rows": rows})


def state_page(request: HttpRequest, assistance: UUID) -> HttpResponse:
    """Show the technical state of the service that opened this assistance."""
    with answered():
        row = actions.read_as_helper(by=acteur_of(request), assistance=assistance)
    context = {"row": row, "state": technical_state(row.service)}
    return render(request, "administration/etat.html", context)


def close_help_view(request: HttpRequest, assistance: UUID) -> HttpResponse:
    """Close an assistance before its time."""
    acteur = acteur_of(request)
    with answered():
        actions.close_help(by=acteur, assistance=assistance)
    messages.success(request, "L'assistance est fermée.")
    administrator = acteur.role == Role.ADMINISTRATEUR
    return redirect("administration:assistances" if administrator else "administration:assistance")
