"""What either side does of an orientation; each act is one POST, then the page again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.directory.models import Poste, Service
from maillage.orientations.actions import (
    abandon_draft,
    accept_orientation,
    answer_relais,
    decline_orientation,
    propose_relais,
    reassign_porteur,
    record_suite,
    redirect_orientation,
    withdraw,
)
from maillage.orientations.enums import EtatRelais, MotifDecline, MotifReorientation, Suite
from maillage.orientations.faces import AlreadyTaken
from maillage.orientations.models import Orientation, Relais
from maillage.sharing.actions import complete_task
from maillage.sharing.errors import BadAnswer, Withheld
from maillage.sharing.models import Tache
from maillage.web.door import acteur_of, answered, colleagues
from maillage.web.orientations.faces import SENT, services_for, show_received, show_sent, side_of
from maillage.web.orientations.forms import (
    DeclineForm,
    GiverForm,
    PorteurForm,
    RedirectForm,
    RelaisAnswerForm,
    SuiteForm,
)
from maillage.web.orientations.panel import withheld_sentence


def row_of(orientation: UUID) -> Orientation:
    """Return the orientation's row for an action, which decides who may. Raises Http404."""
    row = (
        Orientation.objects.select_related("partenariat", "service_emetteur", "service_destinataire")
        .filter(pk=orientation)
        .first()
    )
    if row is None:
        raise Http404
    return row


def abandon(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Give up a draft."""
    with answered():
        abandon_draft(orientation=row_of(orientation), by=acteur_of(request))
    messages.success(request, "Brouillon abandonné. Ce qu'il disait de ce jeune est effacé.")
    return redirect("orientations:liste")


def withdraw_page(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """«Le jeune a changé d'avis»: ask who, then stop everything that rested on the accord."""
    acteur = acteur_of(request)
    side = side_of(acteur, orientation)
    form = GiverForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "orientation": orientation, "sender": side == SENT}
        return render(request, "orientations/retirer.html", context, status=status)
    with answered():
        withdraw(
            orientation=row_of(orientation),
            by=acteur,
            donneur=form.cleaned_data["donneur"],
            lien=form.cleaned_data["lien"],
        )
    messages.success(request, "C'est arrêté, des deux côtés.")
    return redirect("orientations:fiche", orientation=orientation)


def take(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """«Je prends»: one winner; the other is told who."""
    with answered():
        outcome = accept_orientation(orientation=row_of(orientation), by=acteur_of(request))
    if isinstance(outcome, AlreadyTaken):
        messages.warning(request, f"{outcome.referent.professionnel} l'a prise juste avant vous.")
    else:
        messages.success(request, "Vous êtes référent de cet accompagnement. À vous de le rencontrer.")
    return redirect("orientations:fiche", orientation=orientation)


def decline(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Decline with a coded reason that stays inside the service."""
    acteur, row = acteur_of(request), row_of(orientation)
    form = DeclineForm(request.POST, prefix="decliner")
    if not form.is_valid():
        return show_received(request, acteur, orientation, forms={"decline": form}, status=422)
    with answered():
        decline_orientation(orientation=row, by=acteur, motif=MotifDecline(form.cleaned_data["motif"]))
    messages.success(request, "Noté, dans votre service seulement.")
    return redirect("orientations:fiche", orientation=orientation)


def redirect_away(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Note that another service is better placed; nothing is sent to it."""
    acteur, row = acteur_of(request), row_of(orientation)
    form = RedirectForm(request.POST, prefix="rediriger", services=services_for(acteur))
    if not form.is_valid():
        return show_received(request, acteur, orientation, forms={"redirect": form}, status=422)
    named = form.cleaned_data["vers"]
    with answered():
        redirect_orientation(
            orientation=row,
            by=acteur,
            motif=MotifReorientation(form.cleaned_data["motif"]),
            vers=Service.objects.get(pk=named) if named else None,
        )
    messages.success(request, "Noté, dans votre service seulement. Rien n'est envoyé à l'autre service.")
    return redirect("orientations:fiche", orientation=orientation)


def note_suite(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Note what followed, inside the receiving service."""
    acteur, row = acteur_of(request), row_of(orientation)
    form = SuiteForm(request.POST, prefix="suite")
    if not form.is_valid():
        return show_received(request, acteur, orientation, forms={"suite": form}, status=422)
    with answered():
        record_suite(orientation=row, by=acteur, code=Suite(form.cleaned_data["code"]))
    messages.success(request, "Noté, dans votre service seulement.")
    return redirect("orientations:fiche", orientation=orientation)


def hand_over(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Let a colleague of the sending service carry it, after a departure for instance."""
    acteur, row = acteur_of(request), row_of(orientation)
    form = PorteurForm(request.POST, posts=colleagues(acteur))
    if side_of(acteur, orientation) != SENT:
        raise Http404
    if not form.is_valid():
        return show_sent(request, acteur, orientation, porteur=form, status=422)
    with answered():
        reassign_porteur(
            orientation=row, by=acteur, porteur=Poste.objects.get(pk=form.cleaned_data["porteur"])
        )
    messages.success(request, "Le relais est passé.")
    return redirect("orientations:fiche", orientation=orientation)


def finish_task(request: HttpRequest, orientation: UUID, tache: UUID) -> HttpResponse:
    """Say that something owed about this orientation is done."""
    acteur = acteur_of(request)
    side_of(acteur, orientation)
    row = Tache.objects.filter(pk=tache, echange__orientation=orientation).first()
    if row is None:
        raise Http404
    with answered():
        complete_task(by=acteur, tache=row)
    messages.success(request, "Noté.")
    return redirect("orientations:fiche", orientation=orientation)


def offer_relais(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Offer a meeting of three."""
    try:
        with answered():
            propose_relais(orientation=row_of(orientation), by=acteur_of(request))
    except Withheld as error:
        messages.warning(request, withheld_sentence(error))
    else:
        messages.success(request, "Relais à trois proposé. C'est le jeune qui parlera.")
    return redirect("orientations:fiche", orientation=orientation)


def answer(request: HttpRequest, orientation: UUID, relais: UUID) -> HttpResponse:
    """Agree on a day, say it was held, or take the offer back."""
    acteur = acteur_of(request)
    side_of(acteur, orientation)
    row = Relais.objects.filter(pk=relais, orientation=orientation).first()
    if row is None:
        raise Http404
    form = RelaisAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("orientations:fiche", orientation=orientation)
    try:
        with answered():
            answer_relais(
                relais=row,
                by=acteur,
                etat=EtatRelais(form.cleaned_data["etat"]),
                date_convenue=form.cleaned_data["date_convenue"],
            )
    except BadAnswer as error:
        messages.error(request, str(error))
    except Withheld as error:
        messages.warning(request, withheld_sentence(error))
    else:
        messages.success(request, "Noté.")
    return redirect("orientations:fiche", orientation=orientation)
