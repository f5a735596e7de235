"""Every act on a project: one POST each; what was typed comes back when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.conventions.errors import BadAnswer
from maillage.conventions.queries import members
from maillage.directory.queries import lieux_of
from maillage.projets import actions
from maillage.projets.queries import project_of
from maillage.sharing import enrolments
from maillage.web.door import acteur_of
from maillage.web.door import answered as door
from maillage.web.projets.forms import DayForm, FinishForm, LineForm, ProposeForm, SessionForm, cents
from maillage.web.projets.views import project_view
from maillage.web.reunions.views import answered, chosen_partnership


def propose_view(request: HttpRequest) -> HttpResponse:
    """Propose a project."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    places = lieux_of(partenariat).select_related("territoire").order_by("nom")
    if request.method != "POST":
        form = ProposeForm(places, initial={"lieu": request.GET.get("lieu", "")})
        return render(request, "projets/nouveau.html", {"form": form, "partenariat": partenariat})
    form = ProposeForm(places, request.POST)
    made: list[UUID] = []

    def act() -> None:
        made.append(actions.propose_project(by=acteur, partenariat=partenariat, data=form.data_of()).pk)

    if not _done(form, act):
        context = {"form": form, "partenariat": partenariat}
        return render(request, "projets/nouveau.html", context, status=422)
    messages.success(request, "C'est proposé, et signé pour votre service. L'autre métier signe à son tour.")
    return redirect("projets:page", projet=made[0])


def sign_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Sign the finding for one's service."""
    with answered():
        actions.sign_finding(by=acteur_of(request), projet=projet)
    messages.success(request, "Constat signé pour votre service.")
    return redirect("projets:page", projet=projet)


def begin_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Say the first day."""
    acteur, form = acteur_of(request), DayForm(request.POST)
    return _act(
        request,
        projet,
        "begin",
        form,
        lambda: actions.begin(by=acteur, projet=projet, le=form.cleaned_data["le"]),
    )


def session_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Add a day of the project."""
    acteur = acteur_of(request)
    with answered():
        row = project_of(acteur, projet)
    form = SessionForm(members(row.partenariat), request.POST)

    def act() -> None:
        data = form.cleaned_data
        actions.add_session(
            by=acteur,
            projet=projet,
            le=data["le"],
            services=[UUID(one) for one in data["services"]],
            minutes=form.minutes,
            taux_centimes=cents(data["taux"]),
        )

    return _act(request, projet, "session", form, act)


def line_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Add a line of money."""
    acteur, form = acteur_of(request), LineForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        actions.add_line(
            by=acteur,
            projet=projet,
            poste=data["poste"],
            libelle=data["libelle"],
            prevu=cents(data["prevu"]),
            realise=cents(data["realise"]),
            le=data["le"],
        )

    return _act(request, projet, "line", form, act)


def finish_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """End the project with its bilan."""
    acteur, form = acteur_of(request), FinishForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        actions.finish(by=acteur, projet=projet, le=data["le"], bilan=data["bilan"])

    return _act(request, projet, "finish", form, act)


def give_up_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Give the project up."""
    with answered():
        actions.give_up(by=acteur_of(request), projet=projet)
    messages.success(request, "Projet abandonné ; ce qui était écrit reste.")
    return redirect("projets:page", projet=projet)


def enrol_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Enrol someone whom the service accompanies."""
    with _both():
        actions.enrol(by=acteur_of(request), projet=projet, accompagnement=_person(request))
    messages.success(request, "Inscription notée. Un retrait d'adhésion l'efface aussitôt.")
    return redirect("projets:page", projet=projet)


def leave_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Take someone out of the project."""
    acteur = acteur_of(request)
    with _both():
        row = project_of(acteur, projet)
        enrolments.leave(by=acteur, accompagnement=_person(request), projet=row.pk)
    messages.success(request, "C'est noté : cette personne n'est plus inscrite.")
    return redirect("projets:page", projet=projet)


@contextmanager
def _both() -> Iterator[None]:
    """Answer the refusals of the project and those of the door."""
    with answered(), door():
        yield


def _person(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("accompagnement", ""))
    except ValueError as error:
        raise Http404 from error


def _act(
    request: HttpRequest, projet: UUID, name: str, form: Form, act: Callable[[], object]
) -> HttpResponse:
    if not _done(form, act):
        return project_view(request, acteur_of(request), projet, **{name: form})
    messages.success(request, "C'est noté.")
    return redirect("projets:page", projet=projet)


def _done(form: Form, act: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        with answered():
            act()
    except BadAnswer as refusal:
        known = {"minutes": "heures"}
        field = known.get(refusal.champ, refusal.champ)
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True
