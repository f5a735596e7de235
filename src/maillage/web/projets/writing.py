"""Every act on a project: one POST each; what was typed comes back when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.queries import lieux_of
from maillage.projets import actions
from maillage.projets.enums import GenreProjet
from maillage.projets.models import OffreChantier
from maillage.projets.offres import decline_offer, offers_waiting, take_offer
from maillage.projets.queries import project_of
from maillage.sharing import enrolments
from maillage.web.door import acteur_of
from maillage.web.door import answered as door
from maillage.web.projets.forms import (
    DayForm,
    FinishForm,
    LineForm,
    ProposeForm,
    SessionForm,
    SupporterForm,
    cents,
)
from maillage.web.projets.views import project_view
from maillage.web.reunions.views import answered, chosen_partnership


def propose_view(request: HttpRequest) -> HttpResponse:
    """Propose a project, from nothing or from what a bailleur offers (`offre`)."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    offer = _offer(request, acteur, partenariat)
    places = lieux_of(partenariat).select_related("territoire").order_by("nom")
    context = {"partenariat": partenariat, "offre": offer}
    if request.method != "POST":
        form = ProposeForm(places, initial=_from_offer(offer, request.GET.get("lieu", "")))
        return render(request, "projets/nouveau.html", context | {"form": form})
    form = ProposeForm(places, request.POST)
    made: list[UUID] = []

    def act() -> None:
        data = form.data_of()
        if offer is None:
            row = actions.propose_project(by=acteur, partenariat=partenariat, data=data)
        else:
            row = take_offer(by=acteur, partenariat=partenariat, offre=offer.pk, data=data)
        made.append(row.pk)

    if not _done(form, act):
        return render(request, "projets/nouveau.html", context | {"form": form}, status=422)
    messages.success(request, "C'est proposé, et signé pour votre service. L'autre métier signe à son tour.")
    return redirect("projets:page", projet=made[0])


def decline_view(request: HttpRequest, offre: UUID) -> HttpResponse:
    """Tell a bailleur that its chantier is not for us."""
    acteur = acteur_of(request)
    with answered():
        partenariat = chosen_partnership(request, acteur)
        decline_offer(by=acteur, partenariat=partenariat, offre=offre)
    messages.success(request, "C'est dit : le bailleur le lit par son lien.")
    return redirect("projets:liste")


def sign_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Sign the finding for one's service."""
    with answered():
        actions.sign_finding(by=acteur_of(request), projet=projet)
    messages.success(request, "Constat signé pour votre service.")
    return redirect("projets:page", projet=projet)


def begin_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Say the first day."""
    acteur, form = acteur_of(request), DayForm(request.POST)
    return act_on(
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

    return act_on(request, projet, "session", form, act)


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

    return act_on(request, projet, "line", form, act)


def supporter_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """Say who stands behind the project."""
    acteur, form = acteur_of(request), SupporterForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        actions.add_supporter(
            by=acteur,
            projet=projet,
            genre=data["genre"],
            nom=data["nom"],
            apport=data["apport"],
            prevu=cents(data["prevu"]),
            realise=cents(data["realise"]),
            le=data["le"],
        )

    return act_on(request, projet, "supporter", form, act)


def finish_view(request: HttpRequest, projet: UUID) -> HttpResponse:
    """End the project with its bilan."""
    acteur, form = acteur_of(request), FinishForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        actions.finish(by=acteur, projet=projet, le=data["le"], bilan=data["bilan"])

    return act_on(request, projet, "finish", form, act)


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


def _offer(request: HttpRequest, acteur: Acteur, partenariat: Partenariat) -> OffreChantier | None:
    """Return the offer a proposal answers, none when it answers none. Raises Http404."""
    asked = (request.POST if request.method == "POST" else request.GET).get("offre", "")
    if not asked:
        return None
    with answered():
        rows = [one for one in offers_waiting(acteur, partenariat) if str(one.pk) == asked]
    if not rows:
        raise Http404
    return rows[0]


def _from_offer(offer: OffreChantier | None, lieu: str) -> dict[str, str]:
    if offer is None:
        return {"lieu": lieu}
    return {
        "titre": offer.travail[: actions.LIMITS["titre"]],
        "genre": GenreProjet.CHANTIER_EDUCATIF,
        "lieu": str(offer.lieu_id),
        "finalite": offer.travail,
        "commanditaire": str(offer.guichet),
        "materiel": "Fourni par le commanditaire" if offer.materiel_fourni else "",
    }


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


def act_on(
    request: HttpRequest, projet: UUID, name: str, form: Form, act: Callable[[], object]
) -> HttpResponse:
    """Do it and return to the project's page; refused, show the page with `form` as typed (its `name`)."""
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
