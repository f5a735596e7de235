"""Services and partnerships."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from maillage.administration import actions
from maillage.administration.actions import PartenariatVoulu, ServiceVoulu
from maillage.administration.actions.partnerships import RHYTHM
from maillage.administration.effects import rhythm_effect
from maillage.administration.enums import Objet
from maillage.administration.queries import grounds, history, services_of_city
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import TRADES
from maillage.directory.models import Service
from maillage.web.administration.forms import JoinForm, PartnershipForm, RhythmForm, ServiceForm
from maillage.web.administration.pages import form_page, ground_choices
from maillage.web.convention.refusals import status_of, typed
from maillage.web.door import acteur_of


def list_page(request: HttpRequest) -> HttpResponse:
    """Show every service, by trade."""
    return render(request, "administration/services.html", {"services": services_of_city()})


def new_page(request: HttpRequest) -> HttpResponse:
    """Create a service."""
    form = ServiceForm(request.POST if request.method == "POST" else None, communes=grounds())
    if form.is_valid():
        metier = form.cleaned_data.pop("metier")
        with typed(form):
            row = actions.create_service(by=acteur_of(request), metier=metier, voulu=_wanted(form))
    if form.is_bound and not form.errors:
        messages.success(request, f"{row} est enregistré.")
        return redirect("administration:services")
    return form_page(
        request,
        form,
        titre="Un service",
        chapeau="Une équipe d'un seul métier, et la structure qui la porte.",
        geste="Enregistrer le service",
        retour="services",
    )


def service_page(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said of a service; its history is under the form."""
    row = get_object_or_404(Service.objects.select_related("structure"), code=code)
    typed_in = request.POST if request.method == "POST" else None
    form = ServiceForm(typed_in, communes=grounds(), known=True, initial=ServiceForm.initial_of(row))
    if form.is_valid():
        with typed(form):
            actions.change_service(by=acteur_of(request), service=row.pk, voulu=_wanted(form))
    if form.is_bound and not form.errors:
        messages.success(request, "Le service est enregistré.")
        return redirect("administration:services")
    return form_page(
        request,
        form,
        titre=row.nom_court,
        chapeau=f"{row.get_metier_display()}. Le métier d'un service ne change pas.",
        geste="Enregistrer",
        retour="services",
        mots=row.code if row.metier in TRADES else "",
        historique=history(Objet.SERVICE, row.pk),
    )


def _wanted(form: ServiceForm) -> ServiceVoulu:
    data: dict[str, Any] = dict(form.cleaned_data)
    data["ville"] = UUID(data["ville"]) if data["ville"] else None
    return ServiceVoulu(**data)


def partnerships_page(request: HttpRequest) -> HttpResponse:
    """Show the partnerships, their services and their ground."""
    rows = Partenariat.objects.prefetch_related("participations__service", "territoires").order_by(
        "nom", "pk"
    )
    return render(request, "administration/partenariats.html", {"partenariats": rows})


def new_partnership_page(request: HttpRequest) -> HttpResponse:
    """Create a partnership of both trades."""
    form = PartnershipForm(
        request.POST if request.method == "POST" else None,
        grounds=ground_choices(),
        services=services_of_city(),
    )
    if form.is_valid():
        data = form.cleaned_data
        wanted = PartenariatVoulu(
            nom=data["nom"],
            territoires=[UUID(one) for one in data["territoires"]],
            services=[UUID(one) for one in data["services"]],
            rythme=form.rhythm(),
        )
        with typed(form):
            row = actions.create_partnership(by=acteur_of(request), voulu=wanted)
    if form.is_bound and not form.errors:
        messages.success(request, f"« {row} » commence aujourd'hui, informel tant que rien n'est signé.")
        return redirect("administration:partenariats")
    return form_page(
        request,
        form,
        titre="Un partenariat",
        chapeau="Le mur : ce qui s'échange dedans ne se voit pas dehors. "
        "Sa forme et ses clauses, les directions les écriront.",
        geste="Créer le partenariat",
        retour="partenariats",
    )


def partnership_page(request: HttpRequest, code: str) -> HttpResponse:
    """Change a partnership's rhythm; ask that a service joins; read its history."""
    row = get_object_or_404(Partenariat, code=code)
    form = RhythmForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(row, name) for name in RHYTHM},
    )
    if form.is_valid() and request.POST.get("geste") == "voir":
        effects = rhythm_effect(row, form.rhythm())
        return _partnership(request, row, form, JoinForm(services=_others(row)), effects)
    if form.is_valid():
        with typed(form):
            actions.change_rhythm(by=acteur_of(request), partenariat=row.pk, rythme=form.rhythm())
    if form.is_bound and not form.errors:
        messages.success(request, "Le rythme est enregistré ; ce qui est déjà envoyé garde ses dates.")
        return redirect("administration:partenariat", code)
    return _partnership(request, row, form, JoinForm(services=_others(row)))


def join_view(request: HttpRequest, code: str) -> HttpResponse:
    """Ask that a service joins; a second administrator confirms."""
    row = get_object_or_404(Partenariat, code=code)
    form = JoinForm(request.POST, services=_others(row))
    if form.is_valid():
        with typed(form):
            actions.ask_participation(
                by=acteur_of(request), partenariat=row.pk, service=UUID(form.cleaned_data["service"])
            )
    if form.errors:
        rhythm = RhythmForm(initial={name: getattr(row, name) for name in RHYTHM})
        return _partnership(request, row, rhythm, form)
    messages.success(request, "La demande attend une seconde personne qui administre.")
    return redirect("administration:partenariat", code)


def _others(row: Partenariat) -> list[Service]:
    inside = set(row.participations.values_list("service", flat=True))
    return [service for service in services_of_city() if service.pk not in inside]


def _partnership(
    request: HttpRequest,
    row: Partenariat,
    form: RhythmForm,
    joining: JoinForm,
    effects: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "effects": effects,
        "partenariat": row,
        "participations": row.participations.select_related("service").order_by(
            "place", "service__nom_court"
        ),
        "territoires": row.territoires.order_by("nom", "pk"),
        "form": form,
        "joining": joining,
        "others": bool(_others(row)),
        "historique": history(Objet.PARTENARIAT, row.pk),
    }
    status = status_of(form, joining)
    return render(request, "administration/partenariat.html", context, status=status)
