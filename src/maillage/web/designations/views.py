"""The mayor's acts step by step, their paper, and the coordonnateur's families."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariats_of
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.sharing import designations as acts
from maillage.sharing.errors import BadAnswer
from maillage.web import persons
from maillage.web.connexion.fresh import requires_fresh_second_factor
from maillage.web.designations.forms import OpenForm, SignForm, StepForm, VersionForm
from maillage.web.designations.paper import act_document, subjects
from maillage.web.door import acteur_of, answered
from maillage.web.papers import file_answer, mention


def list_page(request: HttpRequest) -> HttpResponse:
    """Show the coordonnateur the families of the acts in force; the mayor, the acts."""
    acteur = acteur_of(request)
    if acteur.role == Role.COORDONNATEUR:
        with answered():
            families = acts.coordinated_families(acteur)
        context = {"families": [(one, _ages(one)) for one in families]}
        return render(request, "designations/familles.html", context)
    return _list(request, acteur, _open_form(acteur))


def open_act(request: HttpRequest) -> HttpResponse:
    """Begin an act; nothing opens."""
    acteur = acteur_of(request)
    form = _open_form(acteur, request)
    if not form.is_valid():
        return _list(request, acteur, form, 422)
    said = form.cleaned_data
    try:
        with answered():
            row = acts.open_designation(
                by=acteur,
                partenariat=Partenariat.objects.get(pk=said["partenariat"]),
                coordonnateur=Poste.objects.get(pk=said["coordonnateur"]),
                saisine=said["saisine"],
                sujets=said["sujets"],
            )
    except BadAnswer as error:
        form.add_error(error.champ, str(error))
        return _list(request, acteur, form, 422)
    return redirect("designations:acte", designation=row.pk)


@requires_fresh_second_factor
def act_page(request: HttpRequest, designation: UUID) -> HttpResponse:
    """Show one act and its next step."""
    return _act(request, acteur_of(request), designation)


def note_opinion(request: HttpRequest, designation: UUID) -> HttpResponse:
    """Date the agreement of the authority, then the department's opinion."""
    acteur, form = acteur_of(request), StepForm(request.POST)
    if not form.is_valid():
        return _act(request, acteur, designation, status=422)
    try:
        with answered():
            acts.note_step(
                by=acteur,
                designation=designation,
                step=form.cleaned_data["etape"],
                version=form.cleaned_data["version"],
            )
    except BadAnswer:
        return _act(request, acteur, designation, status=422)
    return redirect("designations:acte", designation=designation)


@requires_fresh_second_factor
def sign(request: HttpRequest, designation: UUID) -> HttpResponse:
    """Sign the act: its scope opens on the first day."""
    acteur, form = acteur_of(request), SignForm(request.POST)
    if not form.is_valid():
        return _act(request, acteur, designation, form, 422)
    try:
        with answered():
            acts.sign_designation(by=acteur, designation=designation, **form.cleaned_data)
    except BadAnswer as error:
        form.add_error(error.champ, str(error))
        return _act(request, acteur, designation, form, 422)
    messages.success(request, "Acte signé.")
    return redirect("designations:acte", designation=designation)


def end(request: HttpRequest, designation: UUID) -> HttpResponse:
    """End the act: access ceases at once."""
    acteur, form = acteur_of(request), VersionForm(request.POST)
    if not form.is_valid():
        return _act(request, acteur, designation, status=422)
    with answered():
        acts.end_designation(by=acteur, designation=designation, version=form.cleaned_data["version"])
    messages.success(request, "Acte fini : l'accès est fermé.")
    return redirect("designations:acte", designation=designation)


@requires_fresh_second_factor
def act_file(request: HttpRequest, designation: UUID, genre: str) -> HttpResponse:
    """Give the act to print and sign; people are written in by hand, never by the product."""
    with answered():
        row = acts.designation_of(acteur_of(request), designation)
    return file_answer(act_document(row, mention()), f"designation-{str(row.pk)[:8]}", genre)


def _open_form(acteur: Acteur, request: HttpRequest | None = None) -> OpenForm:
    return OpenForm(
        request.POST if request else None,
        partenariats=[(str(one.pk), str(one)) for one in partenariats_of(acteur)],
        postes=[(str(one.pk), str(one.professionnel)) for one in acts.candidates(acteur)],
    )


def _list(request: HttpRequest, acteur: Acteur, form: OpenForm, status: int = 200) -> HttpResponse:
    with answered():
        rows = acts.designations_of(acteur)
    return render(request, "designations/liste.html", {"rows": rows, "form": form}, status=status)


def _act(
    request: HttpRequest, acteur: Acteur, designation: UUID, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    with answered():
        row = acts.designation_of(acteur, designation)
    context = {
        "row": row,
        "sujets": subjects(row),
        "form": form or SignForm(initial={"version": row.version}),
    }
    return render(request, "designations/acte.html", context, status=status)


def _ages(family: acts.CoordinatedFamily) -> list[tuple[acts.Coordinated, str]]:
    return [(one, persons.age(one.tranche_age)) for one in family.personnes]
