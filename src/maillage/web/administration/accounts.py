"""Posts, invitations, lost accesses; what a second administrator confirms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from maillage.administration import actions
from maillage.administration.actions import PosteDemande
from maillage.administration.effects import effect_of
from maillage.administration.enums import Objet
from maillage.administration.queries import SHOWN, history, post_lines, services_of_city, waiting
from maillage.base import clock
from maillage.comptes.installation import CODE
from maillage.comptes.models import Compte
from maillage.directory.models import Poste, Professionnel, Service
from maillage.web.administration.forms import LastDayForm, PostForm
from maillage.web.administration.links import Delivered, deliver
from maillage.web.administration.pages import form_page
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.convention.refusals import answered, status_of, typed
from maillage.web.door import acteur_of


def list_page(request: HttpRequest) -> HttpResponse:
    """Show who works where, of one service or of all, and whether they ever came in; each service invites."""
    code = request.GET.get("service", "")
    chosen = get_object_or_404(Service, code=code) if code else None
    lines = post_lines(chosen)
    context = {
        "lines": lines,
        "services": _services(),
        "chosen": chosen,
        "cut": chosen is None and len(lines) == SHOWN,
        "attend": waiting().count(),
    }
    return render(request, "administration/postes.html", context)


def _services() -> list[Service]:
    """Return the city's services, then the administration's own."""
    return [*services_of_city(), *Service.objects.filter(code=CODE)]


def new_page(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a post in this service, for someone new or for someone known (`?personne=`)."""
    service = get_object_or_404(Service, code=code)
    person = _person(request)
    form = PostForm(
        request.POST if request.method == "POST" else None,
        service=service,
        known=person is not None,
        initial={"debut": clock.today()},
    )
    if form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        with typed(form):
            actions.ask_post(
                by=acteur_of(request),
                voulu=PosteDemande(service=service.pk, personne=person.pk if person else None, **data),
            )
    if form.is_bound and not form.errors:
        messages.success(request, "La demande attend une seconde personne qui administre.")
        return redirect("administration:postes")
    return form_page(
        request,
        form,
        titre=f"Un autre poste pour {person}" if person else "Inviter quelqu'un",
        chapeau=f"{service}, {service.get_metier_display().lower()}. Une seconde personne confirme.",
        geste="Demander ce poste",
        retour="postes",
    )


def _person(request: HttpRequest) -> Professionnel | None:
    asked = request.GET.get("personne", "")
    if not asked:
        return None
    try:
        return get_object_or_404(Professionnel, pk=UUID(asked))
    except ValueError as error:
        raise Http404 from error


@requires_fresh_second_factor
def post_page(request: HttpRequest, poste: UUID) -> HttpResponse:
    """Show a post; give it its last day, invite its holder again, close their account."""
    row = get_object_or_404(Poste.objects.select_related("professionnel", "service"), pk=poste)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with typed(form):
            actions.end_one_post(by=acteur_of(request), poste=poste, **form.cleaned_data)
    if form.is_bound and not form.errors:
        messages.success(request, "Le dernier jour est écrit : l'accès se ferme ce soir-là.")
        return redirect("administration:poste", poste)
    compte = Compte.objects.filter(professionnel=row.professionnel).first()
    changes = [*history(Objet.POSTE, poste), *(history(Objet.COMPTE, compte.pk) if compte else [])]
    context = {
        "poste": row,
        "compte": compte,
        "form": form,
        "services": _services(),
        "historique": sorted(changes, key=lambda one: one.le, reverse=True),
    }
    return render(request, "administration/poste.html", context, status=status_of(form))


@requires_fresh_second_factor
def return_view(request: HttpRequest, compte: UUID) -> HttpResponse:
    """Ask that someone who lost telephone and codes is invited again."""
    with answered():
        actions.ask_return(by=acteur_of(request), compte=compte)
    messages.success(request, "La demande attend une seconde personne qui administre.")
    return redirect("administration:postes")


@requires_fresh_second_factor
def close_view(request: HttpRequest, compte: UUID) -> HttpResponse:
    """Close an account at once."""
    with answered():
        actions.close_account(by=acteur_of(request), compte=compte)
    messages.success(request, "Le compte est fermé, ses sessions aussi.")
    return redirect("administration:postes")


@requires_fresh_second_factor
def waiting_page(request: HttpRequest) -> HttpResponse:
    """Show what waits; confirm or set aside those chosen, then show each invitation once."""
    acteur = acteur_of(request)
    delivered: list[Delivered] = []
    if request.method == "POST":
        chosen = _chosen(request)
        with answered():
            if request.POST.get("geste") == "ecarter":
                actions.set_aside(by=acteur, demandes=chosen)
                messages.success(request, "Écarté : rien n'a été donné.")
                return redirect("administration:confirmations")
            invited = actions.confirm(by=acteur, demandes=chosen)
        delivered = [deliver(one) for one in invited]
        if not delivered:
            messages.success(request, "Confirmé.")
            return redirect("administration:confirmations")
    rows = [
        (row, row.demandee_par.professionnel_id != acteur.professionnel_id, effect_of(row))
        for row in waiting()
    ]
    context = {
        "rows": rows,
        "ours": any(confirms for _row, confirms, _effect in rows),
        "delivered": delivered,
    }
    return render(request, "administration/confirmations.html", context)


def _chosen(request: HttpRequest) -> list[UUID]:
    """Return the requests ticked. Raises Http404 for what is not an identifier."""
    try:
        return [UUID(one) for one in request.POST.getlist("demande")]
    except ValueError as error:
        raise Http404 from error
